"""The places of a month: counted from the scores while it is open, frozen once it is closed."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, insert
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import ledger, roster, scoring, villages
from pointsbank.boards.leaving import who_left
from pointsbank.boards.models import StandingRow
from pointsbank.boards.ranking import rank
from pointsbank.dates import parse_month
from pointsbank.errors import Refused
from pointsbank.points import Points
from pointsbank.prepared import chunks, execute_many, fetch
from pointsbank.roster import Counted
from pointsbank.scoring import MonthTotal

HOUSEHOLD = "household"
AWAY = "away"
UNPLACED = 0

_INSERT = insert(StandingRow)
_NOTHING = MonthTotal(honour=Points(0), plus=Points(0), minus=Points(0), late=Points(0))


class StandingFrozen(Refused):
    """The month's standing is frozen; it cannot be frozen twice."""

    code = "standing_frozen"
    sentence = "{month}的积分排名已经定榜，不能重复定榜。"
    fixed_by = "村委"


class StandingLine(NamedTuple):
    """One participant's month: honour won and lost, and the place among those of its own kind.

    `place` is 0 for who is away all year, and for who left all boards: such a household may be scored, and is
    kept out of all places, averages and counts.
    """

    participant: str
    kind: str
    group_id: str | None
    honour: Points
    plus: Points
    minus: Points
    late: Points
    place: int


_FROZEN = select_columns(
    *StandingRow.columns_of(StandingLine, participant=col(StandingRow.participant_id))
).where(StandingRow.in_village(bindparam("village")), col(StandingRow.month) == bindparam("month"))


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
    """Return the month of every participant, by kind and place: frozen, or as the scores give it now.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        standing(session, village="chayuan", month="2026-09")[0].place  # 1
    """
    if is_frozen(session, village=village, month=parse_month(month)):
        # Nothing changes it any more, whatever is written.
        frozen: list[StandingLine] = ledger.kept_under(
            session,
            village=village,
            about=("frozen standing", month),
            version=True,
            make=lambda: _frozen(session, village, month),
            size=len,
        )
        return list(frozen)
    counted: list[StandingLine] = ledger.kept(
        session,
        village=village,
        about=("standing", month),
        make=lambda: _counted(session, village, month),
        size=len,
    )
    return list(counted)


def has_scores(lines: Iterable[StandingLine]) -> bool:
    """Return whether anything counted in a month: before that all have the same place, which is none.

    Example:
        boards.has_scores(boards.standing(session, village="chayuan", month="2026-09"))  # True
    """
    return any(line.plus or line.minus for line in lines)


def scored_kinds(lines: Iterable[StandingLine]) -> set[str]:
    """Return the kinds of participant of which anybody was scored: of the others nobody has a place yet.

    Example:
        boards.scored_kinds(boards.standing(session, village="chayuan", month="2026-09"))  # {"household"}
    """
    return {line.kind for line in lines if line.plus or line.minus}


def group_places(lines: Iterable[StandingLine]) -> dict[str, int]:
    """Return by participant (id) the place among those of its kind in its group; who is away has none.

    Example:
        boards.group_places(boards.standing(session, village="chayuan", month="2026-09"))[wang.id]  # 1
    """
    marks: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for line in lines:
        if line.place and line.group_id is not None:
            marks[line.kind, line.group_id][line.participant] = line.honour
    return {key: place for of_group in marks.values() for key, place in rank(of_group).items()}


def is_frozen(session: Session, *, village: str, month: str) -> bool:
    """Return whether the month's standing has been frozen.

    Example:
        is_frozen(session, village="chayuan", month="2026-09")  # True
    """
    return ledger.kept(
        session,
        village=village,
        about=("standing frozen", month),
        make=lambda: _is_frozen(session, village, month),
        but_sales=True,
    )


def _is_frozen(session: Session, village: str, month: str) -> bool:
    """Return whether there are rows of a month's standing."""
    query = select(StandingRow.participant_id).where(*_of_month(village, month))
    return session.exec(query.limit(1)).first() is not None


def freeze_standing(session: Session, *, village: str, month: str, at: datetime) -> int:
    """Freeze the month's standing for good, when the month is closed; return the number of rows.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.
        StandingFrozen: it was frozen before.

    Example:
        freeze_standing(session, village="chayuan", month="2026-09", at=now)  # 86
    """
    if is_frozen(session, village=village, month=parse_month(month)):
        raise StandingFrozen(month=month)
    rows = []
    for line in _counted(session, village, month):
        values = line._asdict()
        participant = values.pop("participant")
        rows.append({"village_id": village, "month": month, "participant_id": participant, **values})
    execute_many(session, _INSERT, *rows)
    return len(rows)


def frozen_lines(
    session: Session, *, village: str, month: str, participants: Sequence[str]
) -> list[StandingLine]:
    """Return the lines of some participants (ids) as they were frozen; of an open month there are none.

    Example:
        frozen_lines(session, village="chayuan", month="2026-08", participants=[wang.id])[0].place  # 1
    """
    found = (
        session.exec(
            select(StandingRow).where(*_of_month(village, month), col(StandingRow.participant_id).in_(some))
        )
        for some in chunks(participants)
    )
    return [row.into(StandingLine, participant=row.participant_id) for rows in found for row in rows]


def issued_in(session: Session, *, village: str, months: Sequence[str]) -> dict[str, Points]:
    """Return what was given in closed months, deductions apart, in hundredths: as their posters say.

    Example:
        issued_in(session, village="chayuan", months=["2026-08"])  # {"2026-08": 1254300}
    """
    query = select(StandingRow.month, func.sum(col(StandingRow.plus))).where(
        StandingRow.in_village(village), col(StandingRow.month).in_(months)
    )
    return {month: Points(int(plus)) for month, plus in session.exec(query.group_by(col(StandingRow.month)))}


def group_standing(session: Session, *, village: str, lines: Iterable[StandingLine]) -> list[GroupLine]:
    """Return the groups by honour for each household, so that small groups compare with big ones."""
    honours: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        if line.kind == HOUSEHOLD and line.place and line.group_id is not None:
            honours[line.group_id].append(line.honour)
    places = rank({key: Fraction(sum(marks), len(marks)) for key, marks in honours.items()})
    names = {group.id: group.name for group in villages.groups(session, village=village, also_closed=True)}
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


def _of_month(village: str, month: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a row is of this month's standing."""
    return StandingRow.in_village(village), col(StandingRow.month) == month


def _counted(session: Session, village: str, month: str) -> list[StandingLine]:
    """Return the standing as the scores give it now."""
    totals = scoring.month_totals(session, village=village, month=month)
    people = [
        one for one in roster.counted(session, village=village) if one.status != "closed" or one.id in totals
    ]
    places = _places(people, totals, who_left(session, village=village))
    lines = [_line(one, totals.get(one.id, _NOTHING), places[one.id]) for one in people]
    codes = {one.id: one.code for one in people}
    return sorted(lines, key=lambda line: (line.kind, not line.place, line.place, codes[line.participant]))


def _places(
    people: Iterable[Counted], totals: Mapping[str, MonthTotal], left: Container[str]
) -> dict[str, int]:
    """Return the places, each kind for itself: a household does not compete with an organisation.

    Who is away all year, or left all boards, has the place 0, which is none.
    """
    marks: dict[str, dict[str, int]] = defaultdict(dict)
    places: dict[str, int] = {}
    for one in people:
        if one.status == AWAY or one.id in left:
            places[one.id] = UNPLACED
        else:
            marks[one.kind][one.id] = totals.get(one.id, _NOTHING).honour
    return places | {key: place for of_kind in marks.values() for key, place in rank(of_kind).items()}


def _line(participant: Counted, total: MonthTotal, place: int) -> StandingLine:
    """Return one participant's line."""
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
    """Return the standing as it was frozen at the month's close."""
    lines = fetch(session, _FROZEN, {"village": village, "month": month}, into=StandingLine).all()
    return sorted(lines, key=lambda line: (line.kind, not line.place, line.place, line.participant))
