"""What was posted for a source, so that bringing the same thing in again can see that it is there."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.ledger.constants import is_village_account
from pointsbank.ledger.models import PostingRow, TransactionRow
from pointsbank.points import Points

_posting = table_of(PostingRow)
_transaction = table_of(TransactionRow)
_CHUNK = 500


def posted_amounts(
    session: Session, *, village: str, source_kind: str, ids: Sequence[str]
) -> dict[str, dict[str, Points]]:
    """Of these sources those already posted, with what the participant got of each unit (gave: below 0)."""
    same = (_posting.c.village_id == _transaction.c.village_id) & (
        _posting.c.log_index == _transaction.c.log_index
    )
    query = (
        select(
            _transaction.c.source_id, _posting.c.unit, _posting.c.amount, _posting.c.destination_account_id
        )
        .select_from(_transaction.outerjoin(_posting, same))
        .where(_transaction.c.village_id == village, _transaction.c.source_kind == source_kind)
    )
    found: dict[str, dict[str, Points]] = {}
    for start in range(0, len(ids), _CHUNK):
        for row in execute(session, query.where(_transaction.c.source_id.in_(ids[start : start + _CHUNK]))):
            amounts = found.setdefault(row.source_id, {})
            if row.unit is not None:
                gained = -row.amount if is_village_account(row.destination_account_id) else row.amount
                amounts[row.unit] = Points(amounts.get(row.unit, 0) + gained)
    return found
