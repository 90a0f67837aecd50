"""The boards of one month with full names, for the committee; publicity makes the public page of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col

from pointsbank import ledger, roster, villages
from pointsbank.boards.kept_off import kept_off_red
from pointsbank.boards.leaving import who_left
from pointsbank.boards.listings import Listing, listings, views
from pointsbank.boards.models import ListingRow
from pointsbank.boards.records import find, records
from pointsbank.boards.red_numbers import with_numbers_of_now
from pointsbank.boards.resolutions import black_board_resolution
from pointsbank.boards.standing import (
    GroupLine,
    StandingLine,
    frozen_lines,
    group_standing,
    is_frozen,
    standing,
)
from pointsbank.boards.states import BLACK, RED, UP
from pointsbank.dates import day_of, first_day, parse_month, start_of_day
from pointsbank.roster import Restriction

_MONTHS = 1200
"""A hundred years of them."""


@dataclass(frozen=True, slots=True)
class Board:
    """A month's boards: what is shown now, everything proposed or ended, households and groups by place.

    `black` is None where the village has no black board. `kept_off`: who (id) is left out of the red one by a
    veto, with what says why: for those inside alone.
    """

    month: str
    frozen: bool
    red: tuple[Listing, ...]
    black: tuple[Listing, ...] | None
    listings: tuple[Listing, ...]
    standing: tuple[StandingLine, ...]
    groups: tuple[GroupLine, ...]
    kept_off: Mapping[str, Restriction]


def board(session: Session, *, village: str, month: str, at: datetime) -> Board:
    """Return the boards of a month as they are at this moment: nothing expired, nothing under objection.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        board(session, village="chayuan", month="2026-09", at=now).red  # (Listing(…), …)
    """
    parse_month(month)
    lines = standing(session, village=village, month=month)
    every = ledger.kept(
        session,
        village=village,
        about=("listed", month),
        make=lambda: _listed(session, village, month, lines),
        size=len,
    )
    shown = [one for one in every if one.shown_on(day_of(at))]
    # A closed month stays as it was when it was closed, whatever came or went since.
    closed_at = villages.closed_at(session, village=village, month=month)
    kept_off = kept_off_red(session, village=village, at=closed_at or at)
    # Who asked for it is shown on none from that moment on, on that of a closed month neither.
    off_red = {*kept_off, *who_left(session, village=village)}
    resolved = black_board_resolution(session, village=village) is not None
    return Board(
        month=month,
        frozen=is_frozen(session, village=village, month=month),
        red=tuple(one for one in shown if one.board == RED and one.participant.id not in off_red),
        black=tuple(one for one in shown if one.board == BLACK) if resolved else None,
        listings=every,
        standing=tuple(lines),
        groups=ledger.kept(
            session,
            village=village,
            about=("groups", month),
            make=lambda: tuple(group_standing(session, village=village, lines=lines)),
        ),
        kept_off=kept_off,
    )


def red_board(session: Session, *, village: str, month: str, at: datetime) -> list[Listing]:
    """Return who is praised in a month at this moment: of a closed one without reading everybody's month.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        red_board(session, village="chayuan", month="2026-09", at=now)[0].place  # 1
    """
    closed_at = villages.closed_at(session, village=village, month=parse_month(month))
    if closed_at is None:
        return list(board(session, village=village, month=month, at=at).red)
    of_month = (col(ListingRow.month) == month, col(ListingRow.board) == RED)
    praised = records(session, village, *of_month)
    who = [one.row.participant_id for one in praised]
    lines = frozen_lines(session, village=village, month=month, participants=who)
    shown = _of_month(session, village, month, views(session, village, praised), lines)
    kept_off = kept_off_red(session, village=village, at=closed_at)
    off_red = {*kept_off, *who_left(session, village=village)}
    return [one for one in shown if one.shown_on(day_of(at)) and one.participant.id not in off_red]


def warnings_up(session: Session, *, village: str, at: datetime) -> list[Listing] | None:
    """Return what stands on the black board at this moment, of whatever month; None where there is none.

    Example:
        warnings_up(session, village="chayuan", at=now)[0].expires_on  # date(2026, 10, 8)
    """
    if black_board_resolution(session, village=village) is None:
        return None
    found = records(session, village, col(ListingRow.board) == BLACK)
    today = day_of(at)
    live = [one for one in found if one.status == UP and (one.expires_on is None or one.expires_on > today)]
    return [one for one in views(session, village, live) if one.shown_on(today)] if live else []


def listing(session: Session, *, village: str, listing_id: str) -> Listing:
    """Return one listing, a red one with the place and honour of now.

    Raises:
        ListingUnknown: there is no such listing.
        MonthInvalid: raised by `standing`.

    Example:
        listing(session, village="chayuan", listing_id="7qk…").status  # "up"
    """
    [one] = views(session, village, [find(session, village, listing_id)])
    if one.board != RED:
        return one
    lines = standing(session, village=village, month=one.month)
    return with_numbers_of_now(session, [one], lines, village=village, month=one.month)[0]


def _listed(session: Session, village: str, month: str, lines: Sequence[StandingLine]) -> tuple[Listing, ...]:
    """Return the listings of a month, with the names of its closing where it is closed."""
    return _of_month(session, village, month, listings(session, village=village, month=month), lines)


def _of_month(
    session: Session, village: str, month: str, every: list[Listing], lines: Sequence[StandingLine]
) -> tuple[Listing, ...]:
    """Return listings of a month with the names of its closing, and with the places of these lines."""
    if (closing := closing_entry(session, village, month)) is not None:
        # The month's poster hangs: a board of it keeps the names and groups of its time.
        people = {one.participant.id: one.participant for one in every}
        then = roster.as_of(session, village=village, people=people, index=closing)
        every = [replace(one, participant=then[one.participant.id]) for one in every]
    return tuple(with_numbers_of_now(session, every, lines, village=village, month=month))


def closing_entry(session: Session, village: str, month: str) -> int | None:
    """Return the number of the entry that closed a month; None while it is open.

    Example:
        closing_entry(session, "chayuan", "2026-08")  # 412
    """
    closed_at = villages.closed_at(session, village=village, month=month)
    if closed_at is None:
        return None
    # It never changes, and is looked for among all that was written since.
    return ledger.kept_under(
        session,
        village=village,
        about=("closing", month),
        version=closed_at,
        make=lambda: _entry_closing(session, village, month),
    )


def _entry_closing(session: Session, village: str, month: str) -> int | None:
    """Return the number of the entry that closed a month, as the log has it."""
    # No month is closed before it has begun.
    begun = start_of_day(first_day(month))
    entries = ledger.log_entries(
        session, village=village, kinds=("month_closed",), since=begun, limit=_MONTHS
    )
    return next((one.index for one in entries if one.words and one.words["month"] == month), None)
