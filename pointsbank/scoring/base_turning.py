"""What the turn of a year does with base points: how much of the old was taken back, how much was given."""

from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from pointsbank.scoring.base_models import BaseGrantRow


class BaseTurn(NamedTuple):
    """Of one participant, in hundredths of honour: taken back of the old year's, given for the new one.

    `open`: how many old grants are still to be ended.
    """

    taken: int = 0
    given: int = 0
    open: int = 0


def base_at_turn(session: Session, *, village: str, year: int) -> dict[str, BaseTurn]:
    """Return by participant (id) what ends with a year and what begins with the next; others are left out.

    Example:
        scoring.base_at_turn(session, village="cy", year=2026)[wang.id]  # BaseTurn(taken=900, given=1200)
    """
    row = BaseGrantRow
    last, first = date(year, 12, 31), date(year + 1, 1, 1)
    ends = select(row).where(row.in_village(village), col(row.clears), col(row.ends_on) == last)
    begins = select(row).where(row.in_village(village), col(row.clears), col(row.begins_on) == first)
    found: dict[str, BaseTurn] = {}
    for one in session.exec(ends):
        before = found.get(one.participant_id, BaseTurn())
        found[one.participant_id] = before._replace(
            taken=before.taken + (one.taken_honour or 0), open=before.open + (one.ended_at is None)
        )
    for one in session.exec(begins):
        before = found.get(one.participant_id, BaseTurn())
        found[one.participant_id] = before._replace(given=before.given + one.amount)
    return found


def spendable_base(session: Session, *, village: str, start: int, end: int) -> dict[str, int]:
    """Return by participant (id) the base points that buy goods and stay, given from an entry to another.

    Args:
        start, end: entries of the log, without `end`.

    Returns:
        hundredths, > 0.

    Example:
        scoring.spendable_base(session, village="cy", start=0, end=1812)  # {wang.id: 1000}
    """
    row = BaseGrantRow
    query = select(row.participant_id, row.amount).where(
        row.in_village(village),
        col(row.redeemable),
        col(row.clears).is_(False),
        col(row.log_index) >= start,
        col(row.log_index) < end,
    )
    found: dict[str, int] = {}
    for participant, amount in session.exec(query):
        found[participant] = found.get(participant, 0) + amount
    return found
