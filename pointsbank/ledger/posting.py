"""Posting: the one door through which points and honour move.

A transaction is a kind, a day and postings, each an amount of one unit from one account to another; what one
account loses another gains, so a unit sums to zero over a village. It becomes four kinds of rows of one
number, the log index: `log_entry` (its public bytes and their hash), `log_private` (who and why, salted),
`transaction` and one `posting` for each movement, with both running balances.

The trick is the order of locks: participants' accounts ascending by id, then the village's log head. All is
decided in memory under the first (see `accounts`), so a refusal has written nothing; the head is held only
while rows are written, and whoever holds it may move the village's own accounts and has the next number.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col

from pointsbank.errors import Problem, Refused
from pointsbank.ledger.accounts import (
    AppliedPostings,
    LockedAccounts,
    forget_accounts,
    lock_accounts_by_id,
    locked_accounts,
)
from pointsbank.ledger.constants import is_village_account
from pointsbank.ledger.log import HANDFUL, Head, LogPosition, LogRecord, append, head_of, head_question
from pointsbank.ledger.models import AccountRow, PostingRow, TransactionRow
from pointsbank.ledger.reading import posted_amounts
from pointsbank.ledger.requests import ASKED
from pointsbank.ledger.values import NewTransaction, PostedTransaction
from pointsbank.prepared import execute_many, fetch_together

_INSERT_TRANSACTION = insert(TransactionRow)
_INSERT_POSTING = insert(PostingRow)
SET_BALANCE = (
    update(AccountRow)
    .where(AccountRow.in_village(bindparam("key_village")), col(AccountRow.id) == bindparam("key_account"))
    .values(balance=bindparam("new_balance"), may_overdraw=bindparam("new_may_overdraw"))
)


class AlreadyPosted(Refused):
    """A score, a redemption or another source was posted before; it is posted at most once."""

    code = "already_posted"
    sentence = "这一项已经入账，不会重复入账；请刷新后查看。"
    fixed_by = "本人"


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

    Raises:
        AlreadyPosted: a source was posted before, or is given twice.
        InsufficientPoints, AccountUnknown, AccountClosed, ValueError: see `LockedAccounts.apply`.
        VillageUnknown: the village has no log.

    Example:
        line = Posting(account_of(wang.id, POINTS), village_account("market", POINTS), POINTS, Points(200))
        sale = NewTransaction("redemption", today, (line,), {"participant": wang.id, "item": "兑换 洗洁精"})
        post(session, [sale], village="chayuan", by=clerk, at=now)
        # [PostedTransaction(index=17, leaf=b"…", recorded_at=now, balances={"….points": 49800, …})]
    """
    touched = {id for entry in entries for one in entry.postings for id in (one.source, one.destination)}
    accounts = lock_accounts_by_id(
        session, [id for id in touched if not is_village_account(id)], village=village
    )
    head = lock_head_and_accounts(session, [id for id in touched if is_village_account(id)], village=village)
    _refuse_posted_sources(session, entries, village=village)

    moves = _apply(session, accounts, entries)
    asked = session.info.get(ASKED)
    signed: dict[str, Any] = {"actor": by, "request": request_id}
    if asked is not None and asked[0] == request_id:
        signed["asked"] = asked[1]
    # Records, and then rows, live a few hundred at a time: a meeting has thousands of them.
    records = (_record(entry, move, signed) for entry, move in zip(entries, moves, strict=True))
    positions = append(session, head, records, village=village, at=at)
    same = {"village_id": village, "actor_id": by, "request_id": request_id}
    for start in range(0, len(entries), HANDFUL):
        some = slice(start, start + HANDFUL)
        _write(session, same, entries[some], moves[some], positions[some])
    execute_many(session, SET_BALANCE, *accounts.changes(village))
    return [
        PostedTransaction(place.index, place.leaf, place.recorded_at, move.balances)
        for move, place in zip(moves, positions, strict=True)
    ]


def lock_head_and_accounts(session: Session, own: Iterable[str], *, village: str) -> Head:
    """Lock the village's log, then these of its own accounts, and return the head.

    The accounts are guarded by the head, nobody posts without it: so both questions travel together, and the
    tills of a village wait for one journey to the server less.

    Raises VillageUnknown.
    """
    locked = locked_accounts(session, village=village)
    found, *accounts = fetch_together(
        session, head_question(village), *locked.questions(own, village=village)
    )
    head = head_of(found)
    for some in accounts:
        locked.load(some.all())
    return head


def _apply(
    session: Session, accounts: LockedAccounts, entries: Sequence[NewTransaction]
) -> list[AppliedPostings]:
    """Move the balances by every entry; where one is refused, what the others moved is forgotten too."""
    try:
        return [accounts.apply(entry.kind, entry.postings) for entry in entries]
    except Problem:
        forget_accounts(session)
        raise


def _write(
    session: Session,
    same: Mapping[str, Any],
    entries: Sequence[NewTransaction],
    moves: Sequence[AppliedPostings],
    positions: Sequence[LogPosition],
) -> None:
    """Write the rows of some entries, each transaction and its postings; `same` are columns all share."""
    transactions, postings = [], []
    for entry, move, place in zip(entries, moves, positions, strict=True):
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


def _record(entry: NewTransaction, move: AppliedPostings, signed: Mapping[str, Any]) -> LogRecord:
    """Return a transaction's log record: amounts in the open, all columns and words behind the salt.

    Args:
        signed: what all records of a call share: who acts, in which request, and what that asked for.
    """
    private = {
        **signed,
        "occurred_on": entry.occurred_on.isoformat(),
        "postings": [
            [c["source_account_id"], c["destination_account_id"], c["unit"], c["amount"]]
            for c in move.columns
        ],
        "source": list(entry.source) if entry.source else None,
        "words": entry.words,
    }
    amounts = [[c["unit"], c["amount"]] for c in move.columns]
    return LogRecord(entry.kind, private, ref=entry.reverses, amounts=amounts)


def _refuse_posted_sources(session: Session, entries: Sequence[NewTransaction], *, village: str) -> None:
    """Raise AlreadyPosted for a source that was posted before, or is given twice in this call."""
    sources = [entry.source for entry in entries if entry.source]
    if len(set(sources)) < len(sources):
        raise AlreadyPosted()
    by_kind: dict[str, list[str]] = {}
    for entry in entries:
        if entry.source and not entry.new_source:
            by_kind.setdefault(entry.source[0], []).append(entry.source[1])
    for kind, ids in by_kind.items():
        if posted_amounts(session, village=village, source_kind=kind, ids=ids):
            raise AlreadyPosted()
