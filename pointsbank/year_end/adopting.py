"""What a village resolves for the end of its points year: from a day on, replaced later, never edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, villages
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.labels.year_end_honour import YEAR_END_HONOUR
from pointsbank.labels.year_end_points import YEAR_END_POINTS
from pointsbank.law import Use
from pointsbank.points import Points, show
from pointsbank.text import clean_required
from pointsbank.year_end.models import YearEndRuleRow
from pointsbank.year_end.rule import ANEW, CEILING, STAY, TO_HONOUR, Terms
from pointsbank.year_end.states import due_day

_FARTHEST_DAYS = 366
_MAXIMUM_RATE = 10_000


class YearEndRuleInvalid(Invalid):
    """The choices do not fit together."""

    code = "year_end_rule_invalid"
    sentence = "{what}"
    at = ("points",)


class YearEndRuleTooEarly(Refused):
    """A rule does not begin before those that are known already."""

    code = "year_end_rule_too_early"
    sentence = "已有从{day}起的结转办法，新的不能更早，请改日期。"
    fixed_by = "村委"


class YearEndRuleTooFar(Invalid):
    """It begins so far ahead that it is a slip of the pen."""

    code = "year_end_rule_too_far"
    sentence = "施行日期最晚到{last}，请改日期。"
    at = ("from_date",)


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of points and honour, from a day on; `ceiling` and `rate` as in `Terms`.

    `keeps_gifts`, `keeps_base`: gifts, and base points that buy goods, are kept apart and stay.
    `month`, `day`: of the next year, from when it may be posted.
    """

    number: int
    points: str
    ceiling: Points | None
    rate: int | None
    keeps_gifts: bool
    keeps_base: bool
    honour: str
    month: int
    day: int
    resolution: str
    from_date: date
    adopted_at: datetime

    @property
    def terms(self) -> Terms:
        """The numbers alone."""
        return Terms(self.points, self.ceiling, self.rate, self.honour)

    @property
    def is_posted(self) -> bool:
        """Whether anything is posted at all."""
        return self.points != STAY or self.honour == ANEW

    def due_on(self, year: int) -> date:
        """Return the day from which this year's end may be posted."""
        return due_day(year, month=self.month, day=self.day, known_on=day_of(self.adopted_at))

    @property
    def in_words(self) -> list[str]:
        """Each choice in words, as pages and the board say it."""
        return rule_in_words(
            self.terms, month=self.month, day=self.day, apart=(self.keeps_gifts, self.keeps_base)
        )


def rule_in_words(terms: Terms, *, month: int, day: int, apart: tuple[bool, bool]) -> list[str]:
    """Return a rule in sentences without their ends.

    >>> rule_in_words(Terms(CEILING, ceiling=Points(20000)), month=1, day=10, apart=(True, False))[0]
    '上一年没用完的可用积分，200分以内留用，多出的次年1月10日清零'
    """
    when = f"次年{month}月{day}日"
    words = {
        STAY: "可用积分全部留到下一年",
        CEILING: f"上一年没用完的可用积分，{show(terms.ceiling or 0)}分以内留用，多出的{when}清零",
        TO_HONOUR: f"上一年没用完的可用积分{when}折成荣誉积分，1分折{show(terms.rate or 0)}分",
    }.get(terms.points, f"上一年没用完的可用积分{when}清零")
    kept = [name for name, stays in zip(("赠送的积分", "能兑换的基础分"), apart, strict=True) if stays]
    beside = [f"{'、'.join(kept)}另算，照常留用"] if kept and terms.points != STAY else []
    honour = f"荣誉积分{when}起按新的一年重新算" if terms.honour == ANEW else "荣誉积分永久保留"
    return [words, *beside, honour]


def adopt_rule(
    session: Session,
    *,
    village: str,
    points: str,
    ceiling: Points | None = None,
    rate: int | None = None,
    keeps_gifts: bool = False,
    keeps_base: bool = False,
    honour: str = "kept",
    month: int = 1,
    day: int = 10,
    resolution: str,
    from_date: date,
    by: str,
    at: datetime,
) -> Rule:
    """Put a rule for the year's end into force by a recorded resolution; the same again is one adoption.

    Locks the village. It counts for the first year that ends on `from_date` or later.

    Args:
        points, honour: codes of `labels.year_end_points` and `labels.year_end_honour`.
        ceiling, rate: as `Terms`; given where `points` asks for them, and only there.
        month, day: of the next year, 1 January to 31 March.
        resolution: which meeting resolved it, 1 to 200 characters.

    Raises:
        VillageUnknown: there is no such village.
        YearEndRuleInvalid: the choices do not fit together, or there is no such day.
        TextInvalid: the resolution is empty or too long.
        Wording, NamesSomebody: it holds what may not be shown, or names somebody; as `law.check`.
        YearEndRuleTooFar: it would begin more than a year from now.
        YearEndRuleTooEarly: there is one from a later day.

    And those of `ledger.record`.

    Example:
        year_end.adopt_rule(
            session, points="clear", resolution="村民会议", from_date=day, **common
        ).due_on(2026)  # date(2027, 1, 10)
    """
    villages.lock(session, village=village)
    written = clean_required(resolution, maximum=200)
    check_choices(points, honour, ceiling=ceiling, rate=rate, month=month, day=day)
    farthest = day_of(at) + timedelta(days=_FARTHEST_DAYS)
    if from_date > farthest:
        raise YearEndRuleTooFar(last=day_in_words(farthest))
    people = governing.named_people(session, village=village)
    law.check(written, Use.HEADING, field="决议", people=people, at=("resolution",))
    known = rules(session, village=village)
    last = known[0] if known else None
    if last is not None and from_date < last.from_date:
        raise YearEndRuleTooEarly(day=last.from_date)
    fields: dict[str, Any] = {
        "points": points,
        "ceiling": ceiling,
        "rate": rate,
        "honour": honour,
        "keeps_gifts": keeps_gifts,
        "keeps_base": keeps_base,
        "month": month,
        "day": day,
        "resolution": written,
        "from_date": from_date,
    }
    if last is not None and all(getattr(last, name) == value for name, value in fields.items()):
        return last
    fields["number"] = last.number + 1 if last else 1
    session.add(YearEndRuleRow(village_id=village, **fields, adopted_at=at, adopted_by=by))
    session.flush()
    words = fields | {"from_date": from_date.isoformat()}
    ledger.record(session, village=village, kind="year_end_adopted", by=by, at=at, words=words)
    return Rule(**fields, adopted_at=at)


def check_choices(
    points: str, honour: str, *, ceiling: int | None, rate: int | None, month: int, day: int
) -> None:
    """Refuse choices that do not fit together.

    Raises:
        YearEndRuleInvalid: they do not, or there is no such day.

    >>> check_choices("clear", "kept", ceiling=None, rate=None, month=1, day=10)
    >>> check_choices("ceiling", "kept", ceiling=None, rate=None, month=1, day=10)
    Traceback (most recent call last):
    pointsbank.year_end.adopting.YearEndRuleInvalid: 选了结转有上限的，请填最多留多少分。
    >>> check_choices("clear", "kept", ceiling=None, rate=0, month=1, day=10)
    Traceback (most recent call last):
    pointsbank.year_end.adopting.YearEndRuleInvalid: 没有选折成荣誉的，1分折多少请空着。
    """
    if points not in YEAR_END_POINTS.codes or honour not in YEAR_END_HONOUR.codes:
        raise YearEndRuleInvalid(what="没有这种办法，请重新选择。")
    if not _fits(ceiling, points == CEILING):
        raise YearEndRuleInvalid(
            what="选了结转有上限的，请填最多留多少分。"
            if points == CEILING
            else "没有选结转有上限的，最多留多少分请空着。"
        )
    if not _fits(rate, points == TO_HONOUR, maximum=_MAXIMUM_RATE):
        raise YearEndRuleInvalid(
            what="选了折成荣誉的，请填1分折多少荣誉，大于0，最多100。"
            if points == TO_HONOUR
            else "没有选折成荣誉的，1分折多少请空着。"
        )
    if month not in (1, 2, 3) or not 1 <= day <= (31, 28, 31)[month - 1]:
        raise YearEndRuleInvalid(what="办理日期请填次年1月1日至3月31日之间的一天，2月最晚28日。")


def _fits(amount: int | None, is_asked: bool, *, maximum: int | None = None) -> bool:
    """Return whether an amount is there where it is asked for, and nowhere else; 0 is an amount, and none.

    >>> _fits(None, False), _fits(0, False), _fits(0, True), _fits(5, True, maximum=4)
    (True, False, False, False)
    """
    if not is_asked or amount is None:
        return is_asked == (amount is not None)
    return amount >= 1 and (maximum is None or amount <= maximum)


def rules(session: Session, *, village: str) -> list[Rule]:
    """Return every rule that was adopted, the latest first.

    Example:
        year_end.rules(session, village="chayuan")[0].points  # "clear"
    """
    row = YearEndRuleRow
    rows = session.exec(select(row).where(row.in_village(village)).order_by(col(row.number).desc()))
    return [one.into(Rule) for one in rows]


def rule_of(session: Session, *, village: str, year: int) -> Rule | None:
    """Return the rule that counts for a year: the latest that was in force on its last day.

    Example:
        year_end.rule_of(session, village="chayuan", year=2026)  # None: everything stays
    """
    known = rules(session, village=village)
    return next((one for one in known if one.from_date <= date(year, 12, 31)), None)


def rules_query(*, village: str) -> Select[Any]:
    """Return the statement that selects the rules, for lists.

    Example:
        session.execute(year_end.rules_query(village="chayuan"))
    """
    row = YearEndRuleRow
    names = (
        *("number", "points", "ceiling", "rate", "keeps_gifts", "keeps_base", "honour", "month", "day"),
        *("resolution", "from_date", "adopted_at", "adopted_by"),
    )
    columns: list[Any] = [col(getattr(row, name)).label(name) for name in names]
    return select_columns(*columns).where(row.in_village(village))


@ledger.describes("year_end_adopted")
def _adopted(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 清零，2026年12月1日起."""
    return (
        f"{YEAR_END_POINTS.name(words['points'])}，{day_in_words(date.fromisoformat(words['from_date']))}起"
    )
