"""What becomes of points when the year is over, by which resolution, how the last one ended: sums alone."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import governing, villages, year_end
from pointsbank.dates import day_of
from pointsbank.disclosure.base import Section
from pointsbank.disclosure.facts import may_hang
from pointsbank.law import Cleared
from pointsbank.points import Points

_BEFORE, _SOON = "没用完的请在那以前到超市换。", "没用完的请尽快到超市换。"
_FEW = 5
"""Of so few accounts a sum would say what each of them had."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How the last year ended; sums are None where few accounts had anything."""

    year: int
    day: date
    accounts: int
    gone: Points | None
    honour: Points | None


@dataclass(frozen=True, slots=True)
class YearsEnd:
    """The rule in force in sentences, its resolution; what comes soon, and what was done last."""

    rule: tuple[str, ...]
    resolution: Cleared
    coming: str
    ended: Ended | None


def gather(session: Session, *, village: str, at: datetime) -> YearsEnd | None:
    """Return what everybody may read of the year's end; None where the village resolved nothing.

    Raises:
        VillageUnknown: there is no such village.
    """
    villages.get(session, village)
    today = day_of(at)
    rule = year_end.rule_of(session, village=village, year=today.year)
    coming = year_end.coming(session, village=village, at=at)
    last = next((one for one in year_end.runs(session, village=village) if one.undone_at is None), None)
    if last is not None and last.year < today.year - 1:
        last = None
    if rule is None and coming is None and last is None:
        return None
    people = governing.named_people(session, village=village)
    return YearsEnd(
        rule=tuple(rule.in_words) if rule else (),
        resolution=may_hang(rule.resolution if rule else "", "村里的决议", people),
        coming=f"{coming.in_words}{_SOON if coming.due_on <= today else _BEFORE}" if coming else "",
        ended=_ended(last) if last else None,
    )


def _ended(one: year_end.YearEnd) -> Ended:
    """Return how a year ended."""
    are_many = one.accounts >= _FEW
    return Ended(
        one.year,
        day_of(one.posted_at),
        one.accounts,
        one.points_gone if are_many else None,
        one.honour_given if are_many and one.honour_given else None,
    )


SECTION = Section(name="year_end", title="年终结转", position=58, gather=gather, by_day=True)
