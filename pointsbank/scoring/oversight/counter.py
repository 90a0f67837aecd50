"""What was entered at the counter (柜台登记): each day, and by whom, with what was for their relatives."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from pointsbank import panels
from pointsbank.database import execute
from pointsbank.points import Points
from pointsbank.scoring.meeting_models import DAY_BOOK, MeetingRow
from pointsbank.scoring.meetings import meetings
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.oversight.period import Period
from pointsbank.scoring.oversight.standing import standing
from pointsbank.scoring.superseded import PUTS_RIGHT
from pointsbank.scoring.values import Meeting

_ALL = 20_000
"""Day books of a village: more than of 50 years."""

_IN_DAY_BOOK = (
    MeetingRow.in_village_of(StoredScoreRow)
    & (col(MeetingRow.id) == col(StoredScoreRow.meeting_id))
    & (col(MeetingRow.kind) == DAY_BOOK)
)


class DayBookTotal(NamedTuple):
    """A day book, with how many households it has scores of and what they come to, as things stand."""

    book: Meeting
    households: int
    counted: Points


class Entered(NamedTuple):
    """What somebody (id) entered for a household (id) at the counter: how often, signed hundredths."""

    entered_by: str
    participant_id: str
    entries: int
    counted: int


class CounterActs(NamedTuple):
    """What somebody (id) entered at the counter in some months.

    Attributes:
        kin: entries for the own household or near relatives', as far as they are known by now.
        kin_counted: what these came to.
    """

    entered_by: str
    entries: int
    households: int
    counted: Points
    kin: int
    kin_counted: Points


def day_book_totals(session: Session, *, village: str) -> list[DayBookTotal]:
    """Return the day books of a village with what they come to, the latest first.

    Example:
        scoring.day_book_totals(session, village="cy")[0].households  # 12
    """
    query = (
        select(
            col(StoredScoreRow.meeting_id),
            func.count(func.distinct(col(StoredScoreRow.participant_id))),
            func.sum(col(StoredScoreRow.counted_points)),
        )
        .join(MeetingRow, _IN_DAY_BOOK)
        .where(StoredScoreRow.in_village(village), *standing(village))
        .group_by(col(StoredScoreRow.meeting_id))
    )
    found = {row[0]: (int(row[1]), int(row[2])) for row in map(tuple, execute(session, query))}
    books = meetings(session, village=village, limit=_ALL, kind=DAY_BOOK)
    return [
        DayBookTotal(one, households, Points(counted))
        for one in books
        for households, counted in [found.get(one.id, (0, 0))]
    ]


def counter_acts(session: Session, *, village: str, period: Period) -> list[CounterActs]:
    """Return who entered how much at the counter in some months, whoever entered most often first.

    What was put right since is counted as it was entered: it is the acts that are looked at.

    Example:
        scoring.counter_acts(session, village="cy", period=period)[0].kin  # 0
    """
    first, last = period.days
    who = (col(StoredScoreRow.entered_by), col(StoredScoreRow.participant_id))
    query = (
        select(*who, func.count(), func.sum(col(StoredScoreRow.counted_points)))
        .join(MeetingRow, _IN_DAY_BOOK)
        .where(StoredScoreRow.in_village(village), ~PUTS_RIGHT, col(MeetingRow.held_on).between(first, last))
        .group_by(*who)
    )
    found = [Entered(*tuple(row)) for row in execute(session, query)]
    close = {
        one: panels.kin_of(session, village=village, staff=one) for one in {each.entered_by for each in found}
    }
    return put_together(found, close)


def put_together(found: Iterable[Entered], close: dict[str, frozenset[str]]) -> list[CounterActs]:
    """Return what was entered by person.

    Args:
        close: the households (ids) of each person (id) and of near relatives.

    Example:
        >>> found = [Entered("s1", "k1", 2, 400), Entered("s1", "k2", 1, 100)]
        >>> put_together(found, {"s1": frozenset({"k2"})})
        [CounterActs(entered_by='s1', entries=3, households=2, counted=500, kin=1, kin_counted=100)]
    """
    by_person: dict[str, list[Entered]] = {}
    for one in found:
        by_person.setdefault(one.entered_by, []).append(one)
    acts = []
    for person, some in by_person.items():
        kin = [one for one in some if one.participant_id in close.get(person, frozenset())]
        acts.append(
            CounterActs(
                entered_by=person,
                entries=sum(one.entries for one in some),
                households=len(some),
                counted=Points(sum(int(one.counted) for one in some)),
                kin=sum(one.entries for one in kin),
                kin_counted=Points(sum(int(one.counted) for one in kin)),
            )
        )
    return sorted(acts, key=lambda one: (-one.entries, one.entered_by))
