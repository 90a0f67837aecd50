"""What the ledger moved within some days, kind by kind, for a report of numbers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case
from sqlmodel import Session, col, func, select

from pointsbank.ledger.constants import HONOUR, POINTS
from pointsbank.ledger.models import PostingRow, TransactionRow
from pointsbank.points import Points


@dataclass(frozen=True, slots=True)
class MovedOfKind:
    """What transactions of one kind moved: how many there were, hundredths of points and of honour."""

    entries: int
    points: Points
    honour: Points


def moved_in(session: Session, *, village: str, first: date, last: date) -> dict[str, MovedOfKind]:
    """Return what happened from the first to the last of some days, kind by kind, as the log has it now.

    Example:
        moved_in(session, village="chayuan", first=date(2026, 9, 1), last=date(2026, 9, 30))["gift"].entries
        # 3
    """
    unit, amount = col(PostingRow.unit), col(PostingRow.amount)
    query = (
        select(
            col(TransactionRow.kind),
            func.count(func.distinct(col(TransactionRow.log_index))),
            func.sum(case((unit == POINTS, amount), else_=0)),
            func.sum(case((unit == HONOUR, amount), else_=0)),
        )
        .select_from(TransactionRow)
        # One that moved nothing, as a deduction from an empty account, is counted.
        .outerjoin(PostingRow, PostingRow.in_entry_of(TransactionRow))
        .where(TransactionRow.in_village(village), col(TransactionRow.occurred_on).between(first, last))
        .group_by(col(TransactionRow.kind))
    )
    return {
        kind: MovedOfKind(entries, Points(int(points)), Points(int(honour)))
        for kind, entries, points, honour in session.exec(query)
    }
