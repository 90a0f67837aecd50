"""The audit: walks the whole log in short reads and says what contradicts what, and where."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from pointsbank.database import Database, execute, table_of
from pointsbank.ledger.audit_entry import faults_of_entry
from pointsbank.ledger.models import (
    AccountRow,
    LogEntryRow,
    LogHeadRow,
    LogPrivateRow,
    PostingRow,
    TransactionRow,
)
from pointsbank.merkle import Frontier

_CHUNK = 1000
_MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold; `index` names the log entry where there is one."""

    index: int | None
    sentence: str


@dataclass
class Audit:
    """What the walk has seen: the tree so far, the balances so far, and what was wrong."""

    village: str
    leaves: list[bytes] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    balances: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    moved: list[tuple[str, list[tuple[str, int]]]] = field(default_factory=list)
    wordless: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)

    def find(self, index: int | None, sentence: str) -> None:
        """Note something wrong, unless enough was noted already."""
        if not self.hopeless:
            self.findings.append(Finding(index, sentence))

    @property
    def hopeless(self) -> bool:
        """Whether enough is wrong that reading on would only repeat it."""
        return len(self.findings) >= _MOST_FINDINGS


def audit(database: Database, *, village: str) -> Audit:
    """Check a village's log, postings and balances against each other.

    Reads a thousand entries a time, each in a short transaction, so that the till never waits; what was
    read before cannot change behind it, since the log only grows.
    """
    state = Audit(village)
    while not state.hopeless:
        with database.reading() as session:
            head = execute(session, _of(LogHeadRow, village)).one_or_none()
            if head is None:
                state.find(None, "日志的树头不见了")
                break
            size, start = head.size, len(state.leaves)
            _check_chunk(session, state, start, min(start + _CHUNK, size))
            if not state.hopeless and len(state.leaves) >= size:
                _check_ends(session, state, head)
                break
    return state


def _check_chunk(session: Session, state: Audit, start: int, end: int) -> None:
    """Check the entries from `start` up to `end`."""
    entries = _rows(session, LogEntryRow, state.village, start, end)
    privates = {row.log_index: row for row in _rows(session, LogPrivateRow, state.village, start, end)}
    transactions = {row.log_index: row for row in _rows(session, TransactionRow, state.village, start, end)}
    postings: dict[int, list[Any]] = defaultdict(list)
    for row in _rows(session, PostingRow, state.village, start, end):
        postings[row.log_index].append(row)
    by_index = {entry.log_index: entry for entry in entries}
    for index in range(start, end):
        if state.hopeless:
            return
        entry = by_index.get(index)
        if entry is None:
            state.find(index, "日志缺少这一条")
            state.leaves.append(b"\0" * 32)
            state.moved.append(("", []))
            continue
        private = privates.get(index)
        for fault in faults_of_entry(
            entry, private, transactions.get(index), postings[index], village=state.village
        ):
            state.find(index, fault)
        if private is None:
            state.wordless.add(index)
        if entry.kind == "erasure" and entry.ref is not None:
            state.erased.add(entry.ref)
        _follow_balances(state, index, postings[index])
        state.leaves.append(bytes(entry.leaf))
        state.moved.append((entry.kind, [(posting.unit, posting.amount) for posting in postings[index]]))


def _follow_balances(state: Audit, index: int, postings: Sequence[Any]) -> None:
    """Carry the balances on and hold the stored running balances against them."""
    for posting in postings:
        state.balances[posting.source_account_id] -= posting.amount
        state.balances[posting.destination_account_id] += posting.amount
        running = (state.balances[posting.source_account_id], state.balances[posting.destination_account_id])
        stored = (posting.source_balance, posting.destination_balance)
        if running != stored:
            state.find(index, "分录上的余额与历史不符")
            # Go on from what stands there: one edit is one finding, not one for each later entry.
            state.balances[posting.source_account_id] = posting.source_balance
            state.balances[posting.destination_account_id] = posting.destination_balance


def _check_ends(session: Session, state: Audit, head: Any) -> None:
    """What can only be said at the end: the tree head, the balances, and that nothing lies beyond the log."""
    frontier = Frontier().extend(state.leaves)
    if (head.size, bytes(head.peaks)) != (frontier.size, frontier.pack()):
        state.find(None, "日志的树头与各条目不符")
    for model in (LogEntryRow, LogPrivateRow, TransactionRow, PostingRow):
        table = table_of(model)
        beyond = select(func.min(table.c.log_index)).where(
            table.c.village_id == state.village, (table.c.log_index >= head.size) | (table.c.log_index < 0)
        )
        index = execute(session, beyond).scalar_one()
        if index is not None:
            state.find(index, f"{table.name} 有日志之外的记录")
    for index in sorted(state.wordless - state.erased):
        state.find(index, "私有内容不见了，却没有删除登记")
    _check_accounts(session, state)


def _check_accounts(session: Session, state: Audit) -> None:
    """Every stored balance is the sum of its postings, and each unit sums to zero."""
    sums: dict[str, int] = defaultdict(int)
    known = set()
    for account in execute(session, _of(AccountRow, state.village)):
        known.add(account.id)
        sums[account.unit] += account.balance
        if account.balance != state.balances.get(account.id, 0):
            state.find(None, f"账户 {account.id} 的余额与分录之和不符")
        if account.balance < 0 and not account.may_overdraw:
            state.find(None, f"账户 {account.id} 透支")
    for unit, total in sums.items():
        if total:
            state.find(None, f"{unit} 的所有余额之和不是零")
    for missing in sorted(set(state.balances) - known):
        state.find(None, f"分录提到的账户 {missing} 不存在")


def _of(model: Any, village: str) -> Any:
    """All rows of a table that belong to the village."""
    table = table_of(model)
    return select(table).where(table.c.village_id == village)


def _rows(session: Session, model: Any, village: str, start: int, end: int) -> Sequence[Any]:
    """A table's rows of the entries from `start` up to `end`, in order."""
    table = table_of(model)
    query = _of(model, village).where(table.c.log_index >= start, table.c.log_index < end)
    order = [table.c.log_index, table.c.line] if "line" in table.c else [table.c.log_index]
    return execute(session, query.order_by(*order)).all()
