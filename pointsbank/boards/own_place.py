"""The place of one participant in a month, told to itself alone: also where it stands on no board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from pointsbank import roster
from pointsbank.boards.standing import AWAY, StandingLine, has_scores, standing
from pointsbank.points import Points


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


def own_place(session: Session, *, village: str, participant: str, month: str) -> OwnPlace | None:
    """Return where a participant (id) stands among those of its kind, whether it left all boards or not.

    None before anything counted, and for who is away all year or was not there yet.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        boards.own_place(session, village="chayuan", participant=wang.id, month="2026-09").place  # 12
    """
    lines = standing(session, village=village, month=month)
    own = next((one for one in lines if one.participant == participant), None)
    if own is None or not has_scores(lines):
        return None
    if roster.by_id(session, village=village, id=participant).status == AWAY:
        return None
    return place_of(own, lines, month)


def place_of(own: StandingLine, lines: Iterable[StandingLine], month: str) -> OwnPlace:
    """Return the place that a line has, or would have, among those of its kind and of its group."""
    kind = [one for one in lines if one.kind == own.kind and (one.place or one == own)]
    group = [one for one in kind if own.group_id is not None and one.group_id == own.group_id]
    return OwnPlace(
        month=month,
        place=_above(own, kind) + 1,
        of=len(kind),
        group_place=_above(own, group) + 1 if group else 0,
        group_of=len(group),
        honour=own.honour,
    )


def _above(own: StandingLine, others: Sequence[StandingLine]) -> int:
    """Return how many have more honour."""
    return sum(one.honour > own.honour for one in others)
