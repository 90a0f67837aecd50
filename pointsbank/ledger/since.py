"""What moved on an account since an entry, page by page, or since a moment, in one go."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank.ledger.constants import account_of
from pointsbank.ledger.models import PostingRow, TransactionRow
from pointsbank.ledger.statements import ON_SQLITE, StatementLine, page_from
from pointsbank.prepared import fetch

_FIRST = 2**62, 0
_PAGE = 200


class Moved(NamedTuple):
    """The number of an entry that moved something on an account, and when it was recorded."""

    log_index: int
    recorded_at: datetime


def _side(side: str) -> Any:
    """Return the entries since a moment in which an account is the source or the destination."""
    return (
        select_columns(col(PostingRow.log_index), col(TransactionRow.recorded_at))
        .select_from(PostingRow)
        .join(TransactionRow, TransactionRow.in_entry_of(PostingRow))
        .with_hint(PostingRow, ON_SQLITE.format(f"posting_village_id_{side}_account_id_log_index"), "sqlite")
        .where(
            PostingRow.in_village(bindparam("village")),
            getattr(PostingRow, f"{side}_account_id") == bindparam("account"),
            col(TransactionRow.recorded_at) >= bindparam("moment"),
        )
    )


_both = union_all(_side("source"), _side("destination")).subquery()
_MOVED = select_columns(_both.c.log_index, _both.c.recorded_at).order_by(_both.c.log_index.desc())


def moved_since(
    session: Session, moment: datetime, *, village: str, participant: str, unit: str
) -> list[Moved]:
    """Return the entries that moved something on a participant's account since a moment, newest first.

    One that moved it twice is there twice.

    Example:
        moved_since(session, begun, village="chayuan", participant=wang.id, unit="honour")[0].log_index  # 17
    """
    asked = {"village": village, "account": account_of(participant, unit), "moment": moment}
    return fetch(session, _MOVED, asked, into=Moved).all()


def lines_since(
    session: Session, index: int, *, village: str, participant: str, unit: str
) -> list[StatementLine]:
    """Return the lines of a participant's account after an entry of the log, newest first.

    Example:
        lines_since(session, 17, village="chayuan", participant=wang.id, unit="honour")[0].amount  # -300
    """
    found: list[StatementLine] = []
    place: tuple[int, int] | None = _FIRST
    while place is not None:
        page = page_from(session, place, village=village, participant=participant, unit=unit, limit=_PAGE)
        found += [one for one in page.lines if one.index > index]
        is_reached = bool(page.lines) and page.lines[-1].index <= index
        entry, _, line = (page.next or "").partition(".")
        place = (int(entry), int(line)) if page.next and not is_reached else None
    return found
