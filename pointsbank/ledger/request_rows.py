"""Rows of requests as they are stored, for whoever compares them with the entries that tell of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank.database import table_of
from pointsbank.ledger.models import RequestRow, TransactionRow
from pointsbank.raw_rows import raw_rows_by


def requests_as_stored(
    session: Session, *, village: str, request_ids: Sequence[str]
) -> Mapping[str, list[Any]]:
    """Return the stored rows of these requests by id, unreadable values and all.

    Example:
        requests_as_stored(session, village="chayuan", request_ids=["till-1-000042"])["till-1-000042"]
    """
    return raw_rows_by(session, table_of(RequestRow), "request_id", request_ids, village=village)


def requests_astray(session: Session, *, village: str) -> int:
    """Return how many requests name an entry that is not theirs.

    Example:
        requests_astray(session, village="chayuan")  # 0
    """
    theirs = (
        select(col(TransactionRow.log_index))
        .where(
            TransactionRow.in_village_of(RequestRow),
            col(TransactionRow.log_index) == col(RequestRow.log_index),
            col(TransactionRow.request_id) == col(RequestRow.request_id),
        )
        .exists()
    )
    named = (RequestRow.in_village(village), col(RequestRow.log_index).is_not(None), ~theirs)
    return session.exec(select(func.count()).select_from(RequestRow).where(*named)).one()
