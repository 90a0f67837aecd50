"""The place of one participant in a quarter, half-year or year, told to itself alone: no other is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from pointsbank import roster, villages
from pointsbank.boards.leaving import who_left
from pointsbank.boards.own_place import Mark, place_of
from pointsbank.boards.period_board import PeriodBoard, period_board
from pointsbank.boards.period_lines import FrozenLine, PeriodLine, frozen_months, line_of
from pointsbank.boards.periods import Period, periods_of, periods_touched
from pointsbank.boards.standing import AWAY
from pointsbank.dates import day_of
from pointsbank.labels.period_measure import PERIOD_MEASURE
from pointsbank.points import Points


@dataclass(frozen=True, slots=True)
class OwnPeriod:
    """A place in a period and in the group, each of how many; without a group 0 of 0.

    `figure` is what it stands by, in hundredths; `measure` says how it was made, in words.
    """

    title: str
    measure: str
    is_final: bool
    place: int
    of: int
    group_place: int
    group_of: int
    figure: Points


def own_periods(session: Session, *, village: str, participant: str) -> list[OwnPeriod]:
    """Return where a participant (id) stands in the quarter, half-year and year by their closed months.

    None of who is away all year, and none of a period in which nobody of its kind was scored. Who left all
    boards is counted as if it had not.

    Raises:
        VillageUnknown: there is no such village.
        ParticipantUnknown: there is no such participant.
        BoardPeriodInvalid: raised by `period_board`, and not here.

    Example:
        boards.own_periods(session, village="cy", participant=wang.id)[0].title  # "2026年第三季度"
    """
    if roster.by_id(session, village=village, id=participant).status == AWAY:
        return []
    shown = periods_to_show(villages.closed_months(session, village=village))
    boards = (period_board(session, village=village, period=one.code) for one in shown)
    return [own for one in boards if (own := _own(session, village, one, participant)) is not None]


def periods_to_show(closed: Sequence[str]) -> list[Period]:
    """Return the quarter, the half-year and the year that say more than the last closed month.

    Of each length the one that the last closed month lies in; while that has this month alone, the last
    that is closed whole. One that has the same months as a shorter one says nothing new until it is over.

    Args:
        closed: the closed months, the earliest first.

    Example:
        >>> [one.code for one in periods_to_show(["2026-08", "2026-09"])]
        ['2026-Q3']
        >>> [one.code for one in periods_to_show([f"2026-{month:02}" for month in range(1, 11)])]
        ['2026-Q3', '2026-H2', '2026']
        >>> periods_to_show([]), periods_to_show(["2026-08"])
        ([], [])
    """
    if not closed:
        return []
    known = set(closed)
    found: list[Period] = []
    seen = {frozenset(closed[-1:])}
    for current in periods_of(closed[-1]):
        alike = [one for one in periods_touched(closed) if len(one.months) == len(current.months)]
        whole = next((one for one in alike if one.last in known), None)
        for one in (current, whole):
            if one is None:
                continue
            months = frozenset(known.intersection(one.months))
            if months not in seen or (one.last in known and len(months) > 1):
                seen.add(months)
                found.append(one)
                break
    return found


def _own(session: Session, village: str, board: PeriodBoard, participant: str) -> OwnPeriod | None:
    """Return a participant's place on the board of a period; None where nothing of its kind was scored."""
    own = next((one for one in board.lines if one.participant == participant), None)
    if own is None or not any(one.kind == own.kind and (one.plus or one.minus) for one in board.lines):
        return None
    signed_on = who_left(session, village=village).get(participant)
    if signed_on is not None or not own.place:
        own = _as_if_there(session, village, board, own, signed_on)
    marks = [
        Mark(one.participant, one.group_id, one.figure)
        for one in board.lines
        if one.kind == own.kind and one.place and one.participant != participant
    ]
    found = place_of(participant, [*marks, Mark(participant, own.group_id, own.figure)], board.period.code)
    if found is None:
        raise AssertionError("it is among the marks")
    return OwnPeriod(
        title=board.period.title,
        measure=PERIOD_MEASURE.name(board.measure),
        is_final=board.is_final,
        place=found.place,
        of=found.of,
        group_place=found.group_place,
        group_of=found.group_of,
        figure=found.honour,
    )


def _as_if_there(
    session: Session, village: str, board: PeriodBoard, own: PeriodLine, signed_on: date | None
) -> PeriodLine:
    """Return the period of who left all boards, with the months closed since, or of who had none."""
    rows = frozen_months(session, village=village, months=board.closed, participant=own.participant)
    counted = [
        row._replace(place=1) if signed_on is None or _closed_since(session, village, row, signed_on) else row
        for row in rows
    ]
    return line_of(counted, board.measure)


def _closed_since(session: Session, village: str, row: FrozenLine, day: date) -> bool:
    """Return whether a month was closed on a day or later: it has no place then because it had left."""
    at = villages.closed_at(session, village=village, month=row.month)
    return at is not None and day_of(at) >= day
