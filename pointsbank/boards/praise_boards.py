"""Boards of one kind of praise: who stands on them now, of a month or for as long as the board stands."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col

from pointsbank import villages
from pointsbank.boards.kept_off import kept_off_red
from pointsbank.boards.leaving import who_left
from pointsbank.boards.listings import Listing, views
from pointsbank.boards.models import ListingRow
from pointsbank.boards.praise_kinds import PraiseKind, praise_kinds
from pointsbank.boards.praise_places import STANDING
from pointsbank.boards.records import records
from pointsbank.boards.states import RED, UP
from pointsbank.dates import day_of


def standing_praise(session: Session, *, village: str, at: datetime) -> list[Listing]:
    """Return who stands on the standing boards at this moment, kind by kind; of months that are closed.

    Until its month is closed praise may be objected to; who is kept off or left all boards is on none.

    Example:
        boards.standing_praise(session, village="cy", at=now)[0].kind  # "见义勇为"
    """
    kinds = [one for one in praise_kinds(session, village=village) if one.span == STANDING]
    if not kinds:
        return []
    closed = set(villages.closed_months(session, village=village))
    return [one for one in _up(session, village, [one.name for one in kinds], at) if one.month in closed]


def praise_board(session: Session, *, village: str, kind: PraiseKind, at: datetime) -> list[Listing]:
    """Return all that stands of one kind at this moment, the latest month first: for those inside.

    Example:
        boards.praise_board(session, village="cy", kind=kind, at=now)[0].month  # "2026-09"
    """
    found = _up(session, village, [kind.name], at)
    return sorted(found, key=lambda one: one.month, reverse=True)


def praise_proposed(session: Session, *, village: str, kind: PraiseKind) -> list[Listing]:
    """Return everything that was proposed for one kind, with what became of it.

    Example:
        boards.praise_proposed(session, village="cy", kind=kind)[0].status  # "proposed"
    """
    own = (col(ListingRow.board) == RED, col(ListingRow.rule) == kind.name)
    return views(session, village, records(session, village, *own))


def _up(session: Session, village: str, names: Collection[str], at: datetime) -> list[Listing]:
    """Return the listings of these kinds that may be shown."""
    own = (col(ListingRow.board) == RED, col(ListingRow.rule).in_(names))
    found = [one for one in records(session, village, *own) if one.status == UP]
    if not found:
        return []
    off = {*kept_off_red(session, village=village, at=at), *who_left(session, village=village)}
    today = day_of(at)
    return [
        one for one in views(session, village, found) if one.shown_on(today) and one.participant.id not in off
    ]
