"""The boards of one month on one page, with full names: for the committee; the wall's page is publicity's."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank.boards.listings import BLACK, RED, Listing, listings
from pointsbank.boards.resolutions import black_board_resolution
from pointsbank.boards.standing import GroupLine, StandingLine, group_standing, is_frozen, standing
from pointsbank.dates import day_of, parse_month


@dataclass(frozen=True, slots=True)
class Board:
    """A month's boards: what hangs now, everything proposed or ended, the ranking of households and groups.

    `black` is None where the village has no black board.
    """

    month: str
    frozen: bool
    red: tuple[Listing, ...]
    black: tuple[Listing, ...] | None
    listings: tuple[Listing, ...]
    standing: tuple[StandingLine, ...]
    groups: tuple[GroupLine, ...]


def board(session: Session, *, village: str, month: str, at: datetime) -> Board:
    """The boards of a month as they hang at this moment: nothing expired, nothing under objection."""
    parse_month(month)
    every = listings(session, village=village, month=month)
    shown = [one for one in every if one.shown_on(day_of(at))]
    resolved = black_board_resolution(session, village=village) is not None
    lines = standing(session, village=village, month=month)
    return Board(
        month=month,
        frozen=is_frozen(session, village=village, month=month),
        red=tuple(one for one in shown if one.board == RED),
        black=tuple(one for one in shown if one.board == BLACK) if resolved else None,
        listings=tuple(every),
        standing=tuple(lines),
        groups=tuple(group_standing(session, village=village, lines=lines)),
    )
