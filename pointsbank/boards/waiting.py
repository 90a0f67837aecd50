"""What of the boards waits for people: proposals, answers, warnings whose days are over."""

from collections import Counter
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from pointsbank import objections, villages
from pointsbank.boards.kinds import LISTINGS
from pointsbank.boards.models import ListingDecisionRow, ListingEndRow, ListingRow
from pointsbank.boards.records import records
from pointsbank.boards.states import RED, UP


def undecided(session: Session, *, village: str) -> Counter[str]:
    """Return how many proposals of each month wait for a vote; those for the red board lapse with the month.

    Example:
        undecided(session, village="chayuan")  # Counter({"2026-09": 3})
    """
    query = select(ListingRow.month, ListingRow.board).where(
        ListingRow.in_village(village), _lacks(ListingDecisionRow), _lacks(ListingEndRow)
    )
    closed = set(villages.closed_months(session, village=village))
    return Counter(month for month, board in session.exec(query) if board != RED or month not in closed)


def answers_due(session: Session, *, village: str) -> list[tuple[date, str]]:
    """Return last day and listing (id) of each open objection to a listing, the earliest first.

    Example:
        answers_due(session, village="chayuan")  # [(date(2026, 9, 10), "7qk…")]
    """
    return objections.answers_due(session, LISTINGS, village=village)


def expired(session: Session, *, village: str, day: date) -> list[str]:
    """Return the warnings (ids) that are shown no more on this day and that nobody has taken down.

    Example:
        expired(session, village="chayuan", day=date(2026, 10, 9))  # ["a7…"]
    """
    # `records` joins each step, taken or not.
    not_ended = col(ListingEndRow.listing_id).is_(None)
    standing = records(session, village, col(ListingRow.board) == "black", not_ended)
    return [
        one.row.id
        for one in standing
        if one.status == UP and one.expires_on is not None and one.expires_on <= day
    ]


def _lacks(step: type[ListingDecisionRow | ListingEndRow]) -> ColumnElement[bool]:
    """Return the condition that a listing has not taken a step."""
    taken = select(step.listing_id).where(
        step.in_village_of(ListingRow), col(step.listing_id) == col(ListingRow.id)
    )
    return ~taken.exists()
