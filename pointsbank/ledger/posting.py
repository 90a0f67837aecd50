"""The one door: every movement of points and honour is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from pointsbank.database import table_of
from pointsbank.errors import Problem, Refused
from pointsbank.ledger.books import AppliedPostings, LockedAccounts, forget_accounts, lock_accounts_by_id
from pointsbank.ledger.constants import is_village_account
from pointsbank.ledger.log import HANDFUL, LogPosition, LogRecord, append, lock_head
from pointsbank.ledger.models import AccountRow, PostingRow, TransactionRow
from pointsbank.points import Points
from pointsbank.prepared import ask, execute_many

_transaction = table_of(TransactionRow)
_posting = table_of(PostingRow)
_account = table_of(AccountRow)

_INSERT_TRANSACTION = insert(_transaction)
_INSERT_POSTING = insert(_posting)
_SET_BALANCE = (
    update(_account)
    .where(_account.c.village_id == bindparam("key_village"), _account.c.id == bindparam("key_account"))
    .values(balance=bindparam("new_balance"), may_overdraw=bindparam("new_may_overdraw"))
)
_POSTED_SOURCES = select(_transaction.c.source_id).where(
    _transaction.c.village_id == bindparam("village"),
    _transaction.c.source_kind == bindparam("kind"),
    _transaction.c.source_id.in_(bindparam("ids", expanding=True)),
)
_CHUNK = 500


class AlreadyPosted(Refused):
    """A score, a redemption or another source was posted before; it is posted at most once."""

    code = "already_posted"
    sentence = "这一项已经入账，不会重复入账；请刷新后查看。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount of one unit from one account to another.

    With `at_most_balance` only what the source account holds is taken (扣完为止), and nothing where it holds
    nothing.
    """

    source: str
    destination: str
    unit: str
    amount: Points
    at_most_balance: bool = False


@dataclass(frozen=True, slots=True)
class NewTransaction:
    """A transaction to be posted; `words` say who and why and stay out of the public part.

    A `new_source` was made in this very write: nobody can have posted it before, and nobody is asked.
    """

    kind: str
    occurred_on: date
    lines: tuple[Posting, ...]
    words: Mapping[str, Any] = field(default_factory=dict)
    source: tuple[str, str] | None = None
    reverses: int | None = None
    new_source: bool = False


@dataclass(frozen=True, slots=True)
class PostedTransaction:
    """A posted transaction: its log index, its leaf, its moment, and the balances it left behind."""

    index: int
    leaf: bytes
    recorded_at: datetime
    balances: Mapping[str, Points]


def post(
    session: Session,
    entries: Sequence[NewTransaction],
    *,
    village: str,
    by: str,
    at: datetime,
    request_id: str | None = None,
) -> list[PostedTransaction]:
    """Post transactions, all or none, in this order; one call serves one sale or a whole meeting.

    Locks the participants' accounts ascending, then the village's log head. Raises InsufficientPoints,
    AlreadyPosted, AccountUnknown.
    """
    accounts = {
        account for entry in entries for line in entry.lines for account in (line.source, line.destination)
    }
    books = lock_accounts_by_id(session, [a for a in accounts if not is_village_account(a)], village=village)
    head = lock_head(session, village=village)
    # The village's own accounts are guarded by the head: nobody posts without it.
    lock_accounts_by_id(session, [a for a in accounts if is_village_account(a)], village=village)
    _refuse_posted_sources(session, entries, village=village)

    moves = _moved(session, books, entries)
    # Records, and then rows, live a few hundred at a time: a meeting has thousands of them.
    records = (
        _record(entry, move, by=by, request_id=request_id) for entry, move in zip(entries, moves, strict=True)
    )
    recorded = append(session, head, records, village=village, at=at)
    for start in range(0, len(entries), HANDFUL):
        some = slice(start, start + HANDFUL)
        same = {"village_id": village, "actor_id": by, "request_id": request_id}
        _write(session, same, entries[some], moves[some], recorded[some])
    execute_many(session, _SET_BALANCE, *books.changes(village))
    return [
        PostedTransaction(place.index, place.leaf, place.recorded_at, move.balances)
        for move, place in zip(moves, recorded, strict=True)
    ]


def _moved(
    session: Session, books: LockedAccounts, entries: Sequence[NewTransaction]
) -> list[AppliedPostings]:
    """Every entry's movement; where one is refused, what the others moved is not remembered either."""
    try:
        return [books.apply(entry.kind, entry.lines) for entry in entries]
    except Problem:
        forget_accounts(session)
        raise


def _write(
    session: Session,
    same: Mapping[str, Any],
    entries: Sequence[NewTransaction],
    moves: Sequence[AppliedPostings],
    recorded: Sequence[LogPosition],
) -> None:
    """Write the rows of some entries, each transaction and its postings; `same` are columns all share."""
    transactions, postings = [], []
    for entry, move, place in zip(entries, moves, recorded, strict=True):
        key = {"village_id": same["village_id"], "log_index": place.index}
        source_kind, source_id = entry.source or (None, None)
        transactions.append(
            {
                **same,
                "log_index": place.index,
                "kind": entry.kind,
                "occurred_on": entry.occurred_on,
                "recorded_at": place.recorded_at,
                "source_kind": source_kind,
                "source_id": source_id,
                "reverses": entry.reverses,
            }
        )
        postings += [{**key, "line": number, **columns} for number, columns in enumerate(move.columns)]
    execute_many(session, _INSERT_TRANSACTION, *transactions)
    execute_many(session, _INSERT_POSTING, *postings)


def _record(entry: NewTransaction, move: AppliedPostings, *, by: str, request_id: str | None) -> LogRecord:
    """The log's record of a transaction: amounts in the open, all columns and words behind the salt."""
    private = {
        "actor": by,
        "occurred_on": entry.occurred_on.isoformat(),
        "postings": [
            [c["source_account_id"], c["destination_account_id"], c["unit"], c["amount"]]
            for c in move.columns
        ],
        "request": request_id,
        "source": list(entry.source) if entry.source else None,
        "words": entry.words,
    }
    amounts = [[c["unit"], c["amount"]] for c in move.columns]
    return LogRecord(entry.kind, private, ref=entry.reverses, amounts=amounts)


def _refuse_posted_sources(session: Session, entries: Sequence[NewTransaction], *, village: str) -> None:
    """Refuse a source that was posted before, or that stands twice in this call."""
    sources = [entry.source for entry in entries if entry.source]
    if len(set(sources)) < len(sources):
        raise AlreadyPosted()
    by_kind: dict[str, list[str]] = {}
    for entry in entries:
        if entry.source and not entry.new_source:
            by_kind.setdefault(entry.source[0], []).append(entry.source[1])
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), _CHUNK):
            asked = {"village": village, "kind": kind, "ids": ids[start : start + _CHUNK]}
            if ask(session, _POSTED_SOURCES, asked).first():
                raise AlreadyPosted()
