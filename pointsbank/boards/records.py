"""A listing's row with the rows of the steps it has taken, read together."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from pointsbank import villages
from pointsbank.boards import due_process, states
from pointsbank.boards.models import (
    ListingDecisionRow,
    ListingEndRow,
    ListingNotificationRow,
    ListingRow,
)
from pointsbank.boards.states import RED
from pointsbank.errors import NotFound


class ListingUnknown(NotFound):
    """There is no such listing in this village."""

    code = "listing_unknown"
    sentence = "没有找到这条上榜记录，请从列表中重新选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Record:
    """One listing as it is stored; a step that has not been taken is None.

    Attributes:
        is_sealed: its month is closed.
    """

    row: ListingRow
    notified: ListingNotificationRow | None
    decided: ListingDecisionRow | None
    ended: ListingEndRow | None
    is_sealed: bool = False

    @property
    def status(self) -> str:
        """The word for its state."""
        votes = (self.decided.votes_for, self.decided.votes_against) if self.decided else None
        lapsed = self.is_sealed and self.row.board == RED
        return states.state(votes, ended=self.ended is not None, lapsed=lapsed)

    @property
    def expires_on(self) -> date | None:
        """The day on which a black listing that people put up comes down by itself."""
        if self.decided is None or self.row.days_up is None or self.status == states.REJECTED:
            return None
        return due_process.last_shown(self.decided.decided_on, self.row.days_up)


def records(session: Session, village: str, *conditions: ColumnElement[bool]) -> list[Record]:
    """Return the listings under these conditions on `ListingRow`."""
    query = select(ListingRow, ListingNotificationRow, ListingDecisionRow, ListingEndRow)
    for step in (ListingNotificationRow, ListingDecisionRow, ListingEndRow):
        own = and_(step.in_village_of(ListingRow), col(step.listing_id) == col(ListingRow.id))
        query = query.outerjoin(step, own)
    found = session.exec(
        query.where(ListingRow.in_village(village), *conditions).order_by(col(ListingRow.id))
    )
    rows = found.all()
    closed = set(villages.closed_months(session, village=village)) if rows else set()
    return [Record(*row, is_sealed=row[0].month in closed) for row in rows]


def find(session: Session, village: str, listing: str) -> Record:
    """Return one listing (id).

    Raises:
        ListingUnknown: there is no such listing.
    """
    found = records(session, village, col(ListingRow.id) == listing)
    if not found:
        raise ListingUnknown()
    return found[0]


def lock(session: Session, village: str, *conditions: ColumnElement[bool]) -> list[Record]:
    """Lock listings, in order of their ids, and return them as they are behind the lock.

    Every step of a listing, and every objection to it, locks its row first.
    """
    chosen = select(ListingRow.id).where(ListingRow.in_village(village), *conditions)
    ids = session.exec(chosen.order_by(col(ListingRow.id)).with_for_update()).all()
    # The steps are read by a statement of their own: what was joined to a row that had to be waited for would
    # be as old as the wait.
    return records(session, village, col(ListingRow.id).in_(ids))


def lock_one(session: Session, village: str, listing: str) -> Record:
    """Lock one listing (id) and return it.

    Raises:
        ListingUnknown: there is no such listing.
    """
    found = lock(session, village, col(ListingRow.id) == listing)
    if not found:
        raise ListingUnknown()
    return found[0]
