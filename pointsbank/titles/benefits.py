"""Benefits (礼遇) of a title: which were given, until when, and which were not and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger, scoring
from pointsbank.dates import day_in_words, day_of
from pointsbank.errors import Invalid, NotFound
from pointsbank.labels.title_state import TITLE_STATE
from pointsbank.titles.kinds import Benefit
from pointsbank.titles.models import TitleBenefitNoteRow
from pointsbank.titles.reading import Title
from pointsbank.titles.recording import lawful, locked_title
from pointsbank.titles.rules import check_day
from pointsbank.titles.states import STANDING, TitleStands


class TitleBenefitUnknown(NotFound):
    """The rule has no such benefit."""

    code = "title_benefit_unknown"
    sentence = "这个称号的办法里没有这一项礼遇，请刷新页面重新选。"
    fixed_by = "本人"


class TitleBenefitReason(Invalid):
    """A benefit was not given, and nobody says why."""

    code = "title_benefit_reason"
    sentence = "没有给的，请写明原因。"
    fixed_by = "本人"
    at = ("words",)


@dataclass(frozen=True, slots=True)
class OwnBenefit:
    """A benefit of one title: given or not (None while nobody says), since when, until when."""

    benefit: Benefit
    given: bool | None = None
    day: date | None = None
    until_on: date | None = None
    words: str = ""

    def stands(self, one: Title, today: date) -> bool:
        """Return whether its holder has it: given, not over, and the title stands."""
        return (
            one.state == STANDING and self.given is True and (self.until_on is None or today <= self.until_on)
        )

    @property
    def until(self) -> str:
        """Its last day in words: 到2027年9月1日, or as long as the title stands."""
        return f"到{day_in_words(self.until_on)}" if self.until_on else self.benefit.lasts


def note_benefit(
    session: Session,
    *,
    village: str,
    title_id: str,
    benefit: int,
    given: bool,
    words: str = "",
    on: date | None = None,
    by: str,
    at: datetime,
) -> OwnBenefit:
    """Record that a benefit of a title was given, or was not and why; the last word counts.

    Locks the village. The same twice is one.

    Args:
        benefit: its number in the rule.
        words: up to 200 characters; needed where it was not given.
        on: the day, today unless it is given.

    Raises:
        TitleUnknown: there is none.
        TitleBenefitUnknown: the rule has no such benefit.
        TitleBenefitReason: it was not given, and no reason is.
        TitleStands: the title does not stand.
        TitleDayInvalid: the day is before it was given, or yet to come.
        TextInvalid: the words are too long.
        Wording, NamesSomebody: they say what is said of nobody, or name somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record`.

    Example:
        titles.note_benefit(session, village="cy", title_id=id, benefit=1, given=True, by="li", at=now).until
    """
    one = locked_title(session, village, title_id)
    offered = next((each for each in one.kind.benefits if each.number == benefit), None)
    if offered is None:
        raise TitleBenefitUnknown()
    if one.state != STANDING or one.given_on is None:
        raise TitleStands(
            who=one.who, title=one.kind.name, state=TITLE_STATE.name(one.state), step="登记礼遇"
        )
    why = lawful(session, village, words, "说明", "words")
    if not given and not why:
        raise TitleBenefitReason()
    day = check_day(on or day_of(at), earliest=one.given_on, today=day_of(at))
    until = scoring.months_later(day, offered.months) if given and offered.months else None
    noted = OwnBenefit(offered, given, day, until, why)
    earlier = [each for each in _notes(session, village, [one.id]) if each.benefit == benefit]
    if earlier and _own(offered, earlier[-1]) == noted:
        return noted
    row = TitleBenefitNoteRow(
        village_id=village,
        title_id=one.id,
        benefit=benefit,
        number=len(earlier) + 1,
        given=given,
        day=day,
        until_on=until,
        words=why,
        recorded_at=at,
        recorded_by=by,
    )
    session.add(row)
    session.flush()
    entry = {
        "title": one.id,
        "participant": one.participant.id,
        "name": one.kind.name,
        "benefit": benefit,
        "benefit_words": offered.words,
        "number": row.number,
        "given": given,
        "day": day.isoformat(),
        "until_on": until.isoformat() if until else None,
    }
    ledger.record(session, village=village, kind="title_benefit_noted", by=by, at=at, words=entry)
    return noted


def benefits_of(session: Session, found: Sequence[Title], *, village: str) -> dict[str, list[OwnBenefit]]:
    """Return the benefits of these titles by their ids, each with the last word about it.

    Example:
        titles.benefits_of(session, [one], village="chayuan")[one.id][0].given  # True
    """
    last: dict[tuple[str, int], TitleBenefitNoteRow] = {}
    for note in _notes(session, village, [one.id for one in found]):
        last[note.title_id, note.benefit] = note
    return {
        one.id: [
            _own(each, last[one.id, each.number]) if (one.id, each.number) in last else OwnBenefit(each)
            for each in one.kind.benefits
        ]
        for one in found
    }


def _own(benefit: Benefit, note: TitleBenefitNoteRow) -> OwnBenefit:
    return OwnBenefit(benefit, note.given, note.day, note.until_on, note.words)


def _notes(session: Session, village: str, ids: Sequence[str]) -> list[TitleBenefitNoteRow]:
    """Return what was said of the benefits of titles (ids), in order."""
    row = TitleBenefitNoteRow
    mine = (row.in_village(village), col(row.title_id).in_(ids))
    return list(session.exec(select(row).where(*mine).order_by(col(row.number)))) if ids else []


@ledger.describes("title_benefit_noted")
def _noted(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 清洁户：免费体检一次，已给."""
    return f"{words['name']}：{words['benefit_words']}，{'已给' if words['given'] else '没有给'}"
