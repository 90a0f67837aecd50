"""The place of one participant in a month, told to itself alone: also where it stands on no board.

A household's own page asks for it after every write of a busy till: of an open month it is counted without
making everybody's line, of a closed one by the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank import roster, scoring
from pointsbank.boards.leaving import who_left
from pointsbank.boards.models import StandingRow
from pointsbank.boards.standing import AWAY, is_frozen
from pointsbank.dates import parse_month
from pointsbank.points import Points
from pointsbank.prepared import fetch


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A month's place in the village and in the group, each of how many; without a group 0 of 0.

    `honour` is the month's, in hundredths.
    """

    month: str
    place: int
    of: int
    group_place: int
    group_of: int
    honour: Points


class Mark(NamedTuple):
    """What a participant's place is counted by: its group (id) and the month's honour, in hundredths."""

    participant: str
    group_id: str | None
    honour: int


def own_place(session: Session, *, village: str, participant: str, month: str) -> OwnPlace | None:
    """Return where a participant (id) stands among those of its kind, whether it left all boards or not.

    None before anything counted, and for who is away all year or was not there yet.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.
        ParticipantUnknown: there is no such participant, though it stood in that month.

    Example:
        boards.own_place(session, village="chayuan", participant=wang.id, month="2026-09").place  # 12
    """
    if is_frozen(session, village=village, month=parse_month(month)):
        return _frozen(session, village, participant, month)
    totals = scoring.month_totals(session, village=village, month=month)
    if not any(one.plus or one.minus for one in totals.values()):
        return None
    people = roster.counted(session, village=village)
    who = next((one for one in people if one.id == participant), None)
    if who is None or who.status == AWAY:
        return None
    if not any(one.kind == who.kind and _is_scored(totals.get(one.id)) for one in people):
        return None
    left = who_left(session, village=village)
    marks = [
        Mark(one.id, one.group_id, totals[one.id].honour if one.id in totals else 0)
        for one in people
        if one.kind == who.kind
        and (one.id == participant or (one.status != AWAY and one.id not in left))
        and (one.status != "closed" or one.id in totals)
    ]
    return place_of(participant, marks, month)


def place_of(participant: str, marks: Iterable[Mark], month: str) -> OwnPlace | None:
    """Return the place of a participant (id) among these marks; None where it has none among them.

    Example:
        >>> marks = [Mark("a", "g", 500), Mark("b", "g", 300), Mark("c", "h", 300), Mark("d", "h", 100)]
        >>> one = place_of("c", marks, "2026-09")
        >>> (one.place, one.of, one.group_place, one.group_of)
        (2, 4, 1, 2)
    """
    every = list(marks)
    own = next((one for one in every if one.participant == participant), None)
    if own is None:
        return None
    group = [one for one in every if own.group_id is not None and one.group_id == own.group_id]
    return OwnPlace(
        month=month,
        place=sum(one.honour > own.honour for one in every) + 1,
        of=len(every),
        group_place=sum(one.honour > own.honour for one in group) + 1 if group else 0,
        group_of=len(group),
        honour=Points(own.honour),
    )


class _Frozen(NamedTuple):
    """A row of a closed month's standing."""

    kind: str
    group_id: str | None
    place: int
    honour: int


class _Others(NamedTuple):
    """How many have a place in a closed month, and how many a better one; the same of the own group.

    `scored`: how many of its kind, placed or not, anything counted for.
    """

    scored: int
    every: int
    above: int
    group: int
    group_above: int


_HERE = (StandingRow.in_village(bindparam("village")), col(StandingRow.month) == bindparam("month"))
_MINE = select_columns(*StandingRow.columns_of(_Frozen)).where(
    *_HERE, col(StandingRow.participant_id) == bindparam("participant")
)
_placed = col(StandingRow.place) > 0
_above = _placed & (col(StandingRow.honour) > bindparam("honour"))
_same_group = _placed & (col(StandingRow.group_id) == bindparam("own_group"))
_OTHERS = select_columns(
    func.count().filter((col(StandingRow.plus) != 0) | (col(StandingRow.minus) != 0)).label("scored"),
    func.count().filter(_placed).label("every"),
    func.count().filter(_above).label("above"),
    func.count().filter(_same_group).label("group"),
    func.count().filter(_above & _same_group).label("group_above"),
).where(*_HERE, col(StandingRow.kind) == bindparam("kind"))


def _is_scored(total: scoring.MonthTotal | None) -> bool:
    """Return whether anything counted."""
    return total is not None and bool(total.plus or total.minus)


def _frozen(session: Session, village: str, participant: str, month: str) -> OwnPlace | None:
    """Return the place in a closed month; who had none then, having left, is counted as if it had one."""
    here = {"village": village, "month": month}
    own = fetch(session, _MINE, here | {"participant": participant}, into=_Frozen).first()
    if own is None or roster.by_id(session, village=village, id=participant).status == AWAY:
        return None
    among = here | {"kind": own.kind, "honour": own.honour, "own_group": own.group_id or ""}
    [(scored, of, place, group_of, group_place)] = fetch(session, _OTHERS, among, into=_Others).all()
    if not scored:
        return None
    itself = 0 if own.place else 1
    in_group = own.group_id is not None
    return OwnPlace(
        month=month,
        place=place + 1,
        of=of + itself,
        group_place=group_place + 1 if in_group else 0,
        group_of=group_of + itself if in_group else 0,
        honour=Points(own.honour),
    )
