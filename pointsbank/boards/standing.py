"""Who stands where in a month: counted from the scores while it is open, frozen once closed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, select

from pointsbank import roster, scoring, villages
from pointsbank.boards.models import StandingRow
from pointsbank.boards.ranking import rank
from pointsbank.database import execute, table_of
from pointsbank.dates import parse_month
from pointsbank.errors import Refused
from pointsbank.points import Points
from pointsbank.raw_rows import raw_rows
from pointsbank.roster import Participant
from pointsbank.scoring import MonthTotal

HOUSEHOLD = "household"

_STANDING = table_of(StandingRow)

_NOTHING = MonthTotal(honour=Points(0), plus=Points(0), minus=Points(0), late=Points(0))


class StandingFrozen(Refused):
    """The month's standing is frozen; it cannot be frozen twice."""

    code = "standing_frozen"
    sentence = "{month} 的积分排名已经定榜，不能重复定榜。"


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One participant's month: honour won and lost, and the place among those of its own kind."""

    participant: str
    kind: str
    group_id: str | None
    honour: Points
    plus: Points
    minus: Points
    late: Points
    place: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group's month: the honour of its households together and for each household on average."""

    group_id: str
    name: str
    households: int
    honour: Points
    average: Points
    place: int


def standing(session: Session, *, village: str, month: str) -> list[StandingLine]:
    """Everybody's month, by kind and place: frozen if the month was closed, else as it stands now."""
    frozen = _frozen(session, village, parse_month(month))
    return frozen or _counted(session, village, month)


def standing_as_stored(session: Session, *, village: str, month: str) -> list[Any]:
    """The rows of a frozen standing as they stand, for whoever checks them."""
    return raw_rows(session, _STANDING, _STANDING.c.village_id == village, _STANDING.c.month == month)


def is_frozen(session: Session, *, village: str, month: str) -> bool:
    """Whether the month's standing has been frozen."""
    query = select(StandingRow.participant_id).where(
        StandingRow.village_id == village, StandingRow.month == month
    )
    return session.exec(query.limit(1)).first() is not None


def freeze_standing(session: Session, *, village: str, month: str, at: datetime) -> int:
    """Write the month's standing down for good, when the month is closed; gives the number of rows."""
    if is_frozen(session, village=village, month=parse_month(month)):
        raise StandingFrozen(month=month)
    rows = []
    for line in _counted(session, village, month):
        values = asdict(line)
        rows.append(
            {"village_id": village, "month": month, "participant_id": values.pop("participant"), **values}
        )
    if rows:
        execute(session, insert(table_of(StandingRow)), rows)
    return len(rows)


def group_standing(session: Session, *, village: str, lines: Iterable[StandingLine]) -> list[GroupLine]:
    """The groups by honour per household, so that a small group stands beside a big one."""
    honours: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        if line.kind == HOUSEHOLD and line.group_id is not None:
            honours[line.group_id].append(line.honour)
    places = rank({key: Fraction(sum(marks), len(marks)) for key, marks in honours.items()})
    names = {group.id: group.name for group in villages.groups(session, village=village)}
    return [
        GroupLine(
            group_id=key,
            name=names.get(key, ""),
            households=len(honours[key]),
            honour=Points(sum(honours[key])),
            average=Points(round(Fraction(sum(honours[key]), len(honours[key])))),
            place=place,
        )
        for key, place in places.items()
    ]


def _counted(session: Session, village: str, month: str) -> list[StandingLine]:
    """The standing as the scores give it now."""
    totals = scoring.month_totals(session, village=village, month=month)
    people = [
        one for one in roster.everyone(session, village=village) if one.status != "closed" or one.id in totals
    ]
    places = _places(people, totals)
    lines = [_line(one, totals.get(one.id, _NOTHING), places[one.id]) for one in people]
    codes = {one.id: one.code for one in people}
    return sorted(lines, key=lambda line: (line.kind, line.place, codes[line.participant]))


def _places(people: Iterable[Participant], totals: Mapping[str, MonthTotal]) -> dict[str, int]:
    """Everybody's place among those of their own kind: a household does not compete with an organisation."""
    marks: dict[str, dict[str, int]] = defaultdict(dict)
    for one in people:
        marks[one.kind][one.id] = totals.get(one.id, _NOTHING).honour
    return {key: place for of_kind in marks.values() for key, place in rank(of_kind).items()}


def _line(participant: Participant, total: MonthTotal, place: int) -> StandingLine:
    """One participant's line."""
    return StandingLine(
        participant=participant.id,
        kind=participant.kind,
        group_id=participant.group_id,
        honour=total.honour,
        plus=total.plus,
        minus=Points(abs(total.minus)),
        late=total.late,
        place=place,
    )


def _frozen(session: Session, village: str, month: str) -> list[StandingLine]:
    """The standing as it was written down at the month's close."""
    query = select(StandingRow).where(StandingRow.village_id == village, StandingRow.month == month)
    lines = [
        StandingLine(
            participant=row.participant_id,
            kind=row.kind,
            group_id=row.group_id,
            honour=Points(row.honour),
            plus=Points(row.plus),
            minus=Points(row.minus),
            late=Points(row.late),
            place=row.place,
        )
        for row in session.exec(query)
    ]
    return sorted(lines, key=lambda line: (line.kind, line.place, line.participant))
