"""What moved on an account since an entry, page by page; since a moment, or on all of them, in one go."""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, literal, union_all
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank.ledger.constants import account_of
from pointsbank.ledger.models import AccountRow, PostingRow, TransactionRow
from pointsbank.ledger.statements import ON_SQLITE, StatementLine, page_from
from pointsbank.prepared import fetch

_FIRST = 2**62, 0
_PAGE = 200


class Moved(NamedTuple):
    """The number of an entry that moved something on an account, and when it was recorded."""

    log_index: int
    recorded_at: datetime


class Transfer(NamedTuple):
    """A posting on the account of a participant (id): entry, kind, hundredths, < 0 off the account."""

    participant_id: str
    log_index: int
    kind: str
    amount: int
    reverses: int | None
    source_kind: str | None
    source_id: str | None


def _everybody(side: str, sign: int) -> Any:
    """Return the postings after an entry that participants' accounts of a unit send or receive."""
    return (
        select_columns(
            col(AccountRow.participant_id),
            col(PostingRow.log_index),
            col(TransactionRow.kind),
            (col(PostingRow.amount) * literal(sign)).label("amount"),
            col(TransactionRow.reverses),
            col(TransactionRow.source_kind),
            col(TransactionRow.source_id),
        )
        .select_from(PostingRow)
        .join(TransactionRow, TransactionRow.in_entry_of(PostingRow))
        .join(
            AccountRow,
            AccountRow.in_village_of(PostingRow)
            & (col(AccountRow.id) == getattr(PostingRow, f"{side}_account_id")),
        )
        .where(
            PostingRow.in_village(bindparam("village")),
            col(PostingRow.log_index) > bindparam("index"),
            col(PostingRow.unit) == bindparam("unit"),
            col(AccountRow.participant_id).is_not(None),
        )
    )


_TRANSFERS = union_all(_everybody("source", -1), _everybody("destination", 1))


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


def transfers_since(session: Session, index: int, *, village: str, unit: str) -> dict[str, list[Transfer]]:
    """Return what moved on every participant's (id) account of a unit after an entry, in one question.

    Example:
        transfers_since(session, 17, village="chayuan", unit="honour")[wang.id][0].amount  # -300
    """
    found: dict[str, list[Transfer]] = defaultdict(list)
    asked = {"village": village, "index": index, "unit": unit}
    for one in fetch(session, _TRANSFERS, asked, into=Transfer).all():
        found[one.participant_id].append(one)
    return found
