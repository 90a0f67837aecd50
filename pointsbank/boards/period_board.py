"""Boards of a quarter, a half-year or a year: from closed months alone, so that a past one never changes.

The months are added up, or averaged over those in which somebody was there, as the village's setting said
when the last of them was closed. Equal figures share a place: what is not seen in the figure parts nobody.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.boards.kept_off import kept_off_red
from pointsbank.boards.leaving import who_left
from pointsbank.boards.month_board import closing_entry
from pointsbank.boards.period_lines import PeriodLine, frozen_months, period_lines
from pointsbank.boards.periods import Period, parse_period, periods_touched
from pointsbank.boards.ranking import front_runners, rank

MEASURE = "period_measure"
_EVERY_CHANGE = 100_000


@dataclass(frozen=True, slots=True)
class PeriodBoard:
    """A period as its closed months have it; `is_final` once the last of them is closed."""

    period: Period
    measure: str
    closed: tuple[str, ...]
    is_final: bool
    lines: tuple[PeriodLine, ...]


def period_board(session: Session, *, village: str, period: str) -> PeriodBoard:
    """Return the board of a period by its closed months, by kind and place.

    Raises:
        BoardPeriodInvalid: it is no period.
        VillageUnknown: there is no such village.

    Example:
        boards.period_board(session, village="cy", period="2026-Q3").lines[0].place  # 1
    """
    asked = parse_period(period)
    every = villages.closed_months(session, village=village)
    closed = tuple(month for month in every if month in asked.months)
    measure = measure_of(session, village=village, period=asked)
    lines: tuple[PeriodLine, ...] = ledger.kept_under(
        session,
        village=village,
        about=("period", asked.code),
        version=(closed, measure),
        make=lambda: tuple(period_lines(frozen_months(session, village=village, months=closed), measure)),
        size=len,
    )
    return PeriodBoard(asked, measure, closed, asked.last in closed, lines)


def measure_of(session: Session, *, village: str, period: Period) -> str:
    """Return how the months of a period count: as the setting was when the last of them was closed.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        boards.measure_of(session, village="cy", period=parse_period("2026-Q3"))  # "sum"
    """
    return ledger.kept(
        session,
        village=village,
        about=("period measure", period.last),
        make=lambda: _measure_of(session, village, period),
        but_sales=True,
    )


def _measure_of(session: Session, village: str, period: Period) -> str:
    """Return how the months of a period count, as the log has it."""
    now = villages.settings(session, village=village).period_measure
    closing = closing_entry(session, village, period.last)
    if closing is None:
        return now
    later = ledger.log_entries(
        session, village=village, kinds=("settings_changed",), from_index=closing + 1, limit=_EVERY_CHANGE
    )
    changes = [
        str(old)
        for entry in later
        for name, old, _ in (entry.words or {}).get("changes", ())
        if name == MEASURE
    ]
    # The newest entry comes first: what the first change after the closing replaced was in force then.
    return changes[-1] if changes else now


def periods_closed(session: Session, *, village: str) -> list[Period]:
    """Return the periods of which a month is closed, the latest first.

    Example:
        [one.code for one in boards.periods_closed(session, village="cy")]  # ["2026", "2026-H2", "2026-Q3"]
    """
    return periods_touched(villages.closed_months(session, village=village))


def last_final(session: Session, *, village: str) -> list[Period]:
    """Return the last quarter, half-year and year that are closed whole, those that there are.

    Example:
        [one.code for one in boards.last_final(session, village="cy")]  # ["2026-Q3", "2026-H1"]
    """
    closed = set(villages.closed_months(session, village=village))
    found: dict[int, Period] = {}
    for one in periods_touched(sorted(closed)):
        if one.last in closed:
            found.setdefault(len(one.months), one)
    return [found[length] for length in sorted(found)]


def first_places(
    session: Session, *, village: str, board: PeriodBoard, kind: str, wanted: int, at: datetime
) -> list[PeriodLine]:
    """Return who leads a period among a kind of participant: with honour above zero, at most `wanted` places.

    Who is kept off the red board or left all boards is left out and the place goes to the next, as in the
    draft of the red board: no paper says of whom it was.

    Example:
        first_places(session, village="cy", board=board, kind="household", wanted=10, at=now)[0].place  # 1
    """
    sealed_at = villages.closed_at(session, village=village, month=board.period.last)
    off = {*kept_off_red(session, village=village, at=sealed_at or at), *who_left(session, village=village)}
    able = {
        one.participant: one
        for one in board.lines
        if one.kind == kind and one.place and one.figure > 0 and one.participant not in off
    }
    places = rank({key: one.figure for key, one in able.items()})
    return [able[key]._replace(place=places[key]) for key in front_runners(places, wanted)]
