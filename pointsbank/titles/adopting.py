"""Adopting a kind of title by a resolution, from a day on; replaced by a later one, never edited."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from pointsbank import governing, law, ledger, staff, villages
from pointsbank.database import new_id
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.law import Use
from pointsbank.text import clean_required
from pointsbank.titles.kinds import Benefit, TitleKind, kinds
from pointsbank.titles.models import TitleBenefitRow, TitleCriterionRow, TitleKindRow
from pointsbank.titles.rules import MAXIMUM_BENEFITS, MAXIMUM_CRITERIA

CONTROL = staff.declare(
    staff.Control(
        act="定称号办法",
        controlled="whoever writes down what a title asks, and for how long its loss bars",
        controls="the resolution is named, everybody reads the rule on the public board, the log keeps each",
        where=__name__,
        permissions=(staff.Permission.SCHEME_ADOPT,),
    )
)

FARTHEST_DAYS = 366
_NUMBERS = ("quota", "share", "months", "right_days", "barred_months", "years", "notice_days")


class TitleKindTooEarly(Refused):
    """A kind of title does not begin before what is known of it already."""

    code = "title_kind_too_early"
    sentence = "“{name}”已有从{day}起的办法，新的不能更早，请改日期。"
    fixed_by = "村委"


class TitleKindTooFar(Invalid):
    """It begins so far ahead that it is a slip of the pen."""

    code = "title_kind_too_far"
    sentence = "施行日期最晚到{last}，请改日期。"
    fixed_by = "村委"
    at = ("from_date",)


class TitleCriteriaInvalid(Invalid):
    """No criterion, too many, or one twice."""

    code = "title_criteria_invalid"
    sentence = "请一行写一个条件，写1至{most}个，不要重复。"
    fixed_by = "村委"
    at = ("criteria",)


class TitleBenefitsInvalid(Invalid):
    """Too many benefits, or one twice."""

    code = "title_benefits_invalid"
    sentence = "礼遇请一行写一项，最多{most}项，不要重复。"
    fixed_by = "村委"
    at = ("benefits",)


def adopt_kind(
    session: Session,
    *,
    village: str,
    name: str,
    holder: str,
    criteria: Sequence[str],
    benefits: Sequence[tuple[str, int | None]] = (),
    quota: int | None = None,
    share: int | None = None,
    months: int | None = None,
    right_days: int = 30,
    barred_months: int = 0,
    years: int = 0,
    notice_days: int = 5,
    in_use: bool = True,
    resolution: str,
    from_date: date,
    by: str,
    at: datetime,
) -> TitleKind:
    """Put a kind of title into force from a day on by a resolution; the same again is one adoption.

    Locks the village. A title keeps the rule under which it was nominated.

    Args:
        name: 2 to 20 characters; a later adoption under the same name replaces the earlier one.
        holder: a code of `labels.title_holder`.
        criteria: 1 to 20, each 1 to 60 characters.
        benefits: up to 13 pairs of words and months, None as long as the title stands.
        quota: holders at most in the whole village; None or 0 for no number.
        share: percent of the households, a goal that refuses nobody; None or 0 for none.
        months: 1 to 60 until it is looked at again; None or 0 for no day.
        right_days: days to put right what a plate was taken off for, 1 to 180.
        barred_months: months after a loss in which it may not stand again, 0 to 60.
        years: years running after which it is recommended upward, 0 to 10; 0 never.
        notice_days: days for which the notice hangs, 1 to 60.
        in_use: False says that the village gives this title no more.
        resolution: which meeting resolved it, 1 to 200 characters.

    Raises:
        VillageUnknown: there is no such village.
        TextInvalid: a text is empty or too long.
        Wording, NamesSomebody: one may not be shown, or names somebody; as `law.check`.
        TitleCriteriaInvalid, TitleBenefitsInvalid: too few, too many, or one twice.
        TitleKindTooFar, TitleKindTooEarly: the day is too far off, or before the last adoption's.

    And those of `ledger.record`.

    Example:
        titles.adopt_kind(
            session, village="cy", name="清洁户", holder="household", criteria=["院内干净"],
            resolution="村民会议", from_date=day, by="li", at=now
        ).number  # 1
    """
    villages.lock(session, village=village)
    last_day = day_of(at) + timedelta(days=FARTHEST_DAYS)
    if from_date > last_day:
        raise TitleKindTooFar(last=day_in_words(last_day))
    known = kinds(session, village=village)
    adopted = TitleKind(
        id=new_id(session),
        number=len(known) + 1,
        name=_lawful(session, village, name, 20, "名称", "name"),
        holder=holder,
        quota=quota or None,
        share=share or None,
        months=months or None,
        right_days=right_days,
        barred_months=barred_months,
        years=years,
        notice_days=notice_days,
        in_use=in_use,
        resolution=_lawful(session, village, resolution, 200, "决议", "resolution"),
        from_date=from_date,
        criteria=_criteria(session, village, criteria),
        benefits=_benefits(session, village, benefits),
    )
    same = next((one for one in known if one.name == adopted.name), None)
    if same is not None and _contents(same) == _contents(adopted):
        return same
    if same is not None and from_date < same.from_date:
        raise TitleKindTooEarly(name=same.name, day=day_in_words(same.from_date))
    _store(session, village, adopted, by=by, at=at)
    return adopted


def _contents(kind: TitleKind) -> list[Any]:
    """Return all that an adoption says, but which one it is."""
    return [getattr(kind, name) for name in TitleKind.__slots__ if name not in ("id", "number")]


def _lawful(session: Session, village: str, text: str, maximum: int, field: str, at: str) -> str:
    """Return a text as everybody may read it; raises TextInvalid, Wording, NamesSomebody."""
    written = clean_required(text, maximum=maximum)
    people = governing.named_people(session, village=village)
    law.check(written, Use.HEADING, field=field, people=people, at=(at,))
    return written


def _criteria(session: Session, village: str, given: Sequence[str]) -> tuple[str, ...]:
    """Return criteria as they are kept; raises TitleCriteriaInvalid and those of `_lawful`."""
    found = tuple(_lawful(session, village, one, 60, "条件", "criteria") for one in given)
    if not 1 <= len(found) <= MAXIMUM_CRITERIA or len(set(found)) < len(found):
        raise TitleCriteriaInvalid(most=MAXIMUM_CRITERIA)
    return found


def _benefits(session: Session, village: str, given: Sequence[tuple[str, int | None]]) -> tuple[Benefit, ...]:
    """Return benefits as they are kept; raises TitleBenefitsInvalid and those of `_lawful`."""
    found = tuple(
        Benefit(number, _lawful(session, village, words, 60, "礼遇", "benefits"), months)
        for number, (words, months) in enumerate(given, start=1)
    )
    if len(found) > MAXIMUM_BENEFITS or len({one.words for one in found}) < len(found):
        raise TitleBenefitsInvalid(most=MAXIMUM_BENEFITS)
    return found


def _store(session: Session, village: str, kind: TitleKind, *, by: str, at: datetime) -> None:
    """Write an adoption with its criteria and benefits, and its entry."""
    fields = {
        name: getattr(kind, name) for name in TitleKind.__slots__ if name not in ("criteria", "benefits")
    }
    session.add(TitleKindRow(village_id=village, **fields, adopted_at=at, adopted_by=by))
    session.flush()
    for number, words in enumerate(kind.criteria, start=1):
        session.add(TitleCriterionRow(village_id=village, kind_id=kind.id, number=number, words=words))
    for one in kind.benefits:
        session.add(
            TitleBenefitRow(
                village_id=village, kind_id=kind.id, number=one.number, words=one.words, months=one.months
            )
        )
    session.flush()
    entry = {name: fields[name] for name in ("number", "name", "holder", *_NUMBERS, "in_use", "resolution")}
    entry |= {
        "title_kind": kind.id,
        "from_date": kind.from_date.isoformat(),
        "criteria": list(kind.criteria),
        "benefits": [[one.words, one.months] for one in kind.benefits],
    }
    ledger.record(session, village=village, kind="title_kind_adopted", by=by, at=at, words=entry)


@ledger.describes("title_kind_adopted")
def _adopted(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 清洁户，自2026年9月1日施行."""
    ended = "" if words["in_use"] else "不再评"
    return f"{words['name']}{ended}，自{day_in_words(date.fromisoformat(words['from_date']))}施行"
