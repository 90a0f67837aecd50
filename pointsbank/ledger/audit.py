"""The audit: walks the whole log in short reads and names what contradicts what, and where.

Every row is read as it is stored (see `raw_rows`): whoever edited the database wrote anything anywhere. The
walk keeps the peaks of the tree and the balances of what it has seen, so each entry is read once; entries
with a private part are passed to the `Verifier` of each capability, which compares its own rows with them.
Rows that were told as digests are compared afterwards, table by table (`audit_rows`). A wrong balance is
carried on as it is stored, so one edit is one finding and not one for each later entry.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session, col

from pointsbank.database import Database, table_of
from pointsbank.ledger.audit_accounts import account_faults
from pointsbank.ledger.audit_digests import Finding, RowAudit
from pointsbank.ledger.audit_entry import faults_of_entry, parts_of_entry
from pointsbank.ledger.audit_rows import row_faults
from pointsbank.ledger.audit_tree import TreeWalk
from pointsbank.ledger.models import (
    EntryTable,
    LogEntryRow,
    LogHeadRow,
    LogPrivateRow,
    PostingRow,
    RowBatchRow,
    RowWitnessRow,
    TransactionRow,
)
from pointsbank.ledger.witnessing import root_of
from pointsbank.raw_rows import UNREADABLE, any_unreadable, raw_rows, unreadable
from pointsbank.village_tables import VillageTable

_CHUNK = 500
_MAXIMUM_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class VerifiedEntry:
    """An entry whose private part matches its commitment, for the capability whose rows it names."""

    index: int
    kind: str
    recorded_at: datetime
    private: Mapping[str, Any]
    postings: Sequence[Any]
    leaf: bytes


class Verifier(Protocol):
    """A capability that compares its own rows with what the log has of them."""

    def check_entries(
        self, session: Session, entries: Sequence[VerifiedEntry], *, village: str
    ) -> Iterable[Finding]:
        """Return what contradicts these entries."""

    def check_ends(self, session: Session, posted: Mapping[str, int], *, village: str) -> Iterable[str]:
        """Return what contradicts the whole log.

        Args:
            posted: the number of transactions of each kind of source, and of entries of each other kind.
        """


@dataclass
class Audit:
    """State of the walk: the tree and the balances so far, and the findings."""

    village: str
    walk: TreeWalk = field(default_factory=TreeWalk)
    findings: list[Finding] = field(default_factory=list)
    balances: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    sources: Counter[str] = field(default_factory=Counter)
    ended: set[str | None] = field(default_factory=set)
    wordless: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)
    rows: RowAudit = field(default_factory=RowAudit)

    def find(self, index: int | None, sentence: str) -> None:
        """Note something wrong, unless enough was noted already."""
        self.note(Finding(index, sentence))

    def note(self, finding: Finding) -> None:
        """Keep a finding, unless there are enough."""
        if not self.too_many_findings:
            self.findings.append(finding)

    @property
    def too_many_findings(self) -> bool:
        """True once there are so many findings that more would only repeat them."""
        return len(self.findings) >= _MAXIMUM_FINDINGS


def audit(
    database: Database, *, village: str, verifiers: Sequence[Verifier] = (), seals: Set[int] = frozenset()
) -> Audit:
    """Check a village's log, postings, balances and told rows against each other; verifiers check theirs.

    Reads 500 entries or rows a time, each in a short transaction, so that the till never waits; what was read
    before cannot change behind it, since the log only grows. Ends at 50 findings.

    Args:
        seals: indexes of the entries at which the tree and the sums are to be kept.

    Example:
        audit(database, village="chayuan").findings  # []; or [Finding(7, "叶子哈希与公开内容不符"), …]
    """
    state = Audit(village, TreeWalk(seals))
    while not state.too_many_findings:
        with database.reading() as session:
            head = _head(session, state)
            if head is None:
                break
            start = state.walk.size
            _check_chunk(session, state, start, min(start + _CHUNK, head.size), verifiers)
            if not state.too_many_findings and state.walk.size >= head.size:
                _check_ends(session, state, head)
                for verifier in verifiers:
                    for sentence in verifier.check_ends(session, state.sources, village=village):
                        state.find(None, sentence)
                break
    for finding in row_faults(database, village=village, seen=state.rows):
        state.note(finding)
        if state.too_many_findings:
            break
    return state


def _head(session: Session, state: Audit) -> Any | None:
    """Return the row with the size of the log, or note a finding and return None."""
    rows = _rows(session, LogHeadRow, state.village)
    if not rows:
        state.find(None, "日志的树头不见了")
    elif unreadable(rows[0]) or rows[0].size < 0:
        state.find(None, "日志的树头无法读取")
    else:
        return rows[0]
    return None


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The rows of some entries, by index; the postings of each in order."""

    entries: Mapping[int, Any]
    privates: Mapping[int, Any]
    transactions: Mapping[int, Any]
    postings: Mapping[int, list[Any]]
    roots: Mapping[int, bytes]


def _read_chunk(session: Session, state: Audit, start: int, end: int) -> _Chunk:
    """Read the rows of these entries; those that cannot be read are findings and left out."""
    entries, privates, transactions = (
        {row.log_index: row for row in _readable(session, state, model, start, end)}
        for model in (LogEntryRow, LogPrivateRow, TransactionRow)
    )
    lines = _readable(session, state, PostingRow, start, end)
    postings = _by_entry(sorted(lines, key=lambda posting: (posting.log_index, posting.line)))
    witnesses = _by_entry(_readable(session, state, RowWitnessRow, start, end))
    batches = _by_entry(_readable(session, state, RowBatchRow, start, end))
    vouching = witnesses.keys() | batches.keys()
    roots = {index: root_of(witnesses.get(index, ()), batches.get(index, ())) for index in vouching}
    return _Chunk(entries, privates, transactions, postings, roots)


def _by_entry(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Return rows by the index of their entry."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.log_index].append(row)
    return found


def _check_chunk(
    session: Session, state: Audit, start: int, end: int, verifiers: Sequence[Verifier] = ()
) -> None:
    """Check the entries from `start` up to `end`."""
    chunk = _read_chunk(session, state, start, end)
    entries: list[VerifiedEntry] = []
    for index in range(start, end):
        if state.too_many_findings:
            return
        entries += _check_entry(state, index, chunk)
    for verifier in verifiers:
        try:
            for finding in verifier.check_entries(session, entries, village=state.village):
                state.note(finding)
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError):
            # Words that this program never wrote, with every hash made to fit.
            state.find(None, f"第{start}至{end - 1}条里有无法核对的内容")


def _check_entry(state: Audit, index: int, chunk: _Chunk) -> Sequence[VerifiedEntry]:
    """Check one entry, carry on tree, time and balances, and return what its private part has."""
    entry, private = chunk.entries.get(index), chunk.privates.get(index)
    transaction, postings = chunk.transactions.get(index), chunk.postings.get(index, [])
    if entry is None:
        state.find(index, "日志缺少这一条")
        state.walk.missing()
        return ()
    rows_root = chunk.roots.get(index)
    parts = parts_of_entry(entry, private, postings, village=state.village, rows_root=rows_root)
    hidden = parts.verified_private
    about = (entry, private, transaction, postings)
    for fault in faults_of_entry(*about, village=state.village, parts=parts, rows_root=rows_root):
        state.find(index, fault)
    if state.walk.moment is not None and entry.recorded_at < state.walk.moment:
        state.find(index, "入账时间早于前一条")
    if private is None:
        state.wordless.add(index)
    if entry.kind == "erasure" and entry.ref is not None:
        state.erased.add(entry.ref)
    if entry.kind == "household_closed":
        state.ended.add(_participant(hidden))
    source = entry.kind if transaction is None else transaction.source_kind
    if source is not None:
        state.sources[source] += 1
    _follow_balances(state, index, postings)
    state.walk.add(entry, postings)
    if hidden is None:
        return ()
    return (VerifiedEntry(index, entry.kind, entry.recorded_at, hidden, postings, entry.leaf),)


def _participant(hidden: Mapping[str, Any] | None) -> str | None:
    """Return whom an entry is about, or None if that was erased."""
    return str(hidden["words"].get("participant")) if hidden is not None else None


def _follow_balances(state: Audit, index: int, postings: Sequence[Any]) -> None:
    """Carry the balances on and hold the stored running balances against them."""
    for posting in postings:
        state.balances[posting.source_account_id] -= posting.amount
        state.balances[posting.destination_account_id] += posting.amount
        running = (state.balances[posting.source_account_id], state.balances[posting.destination_account_id])
        stored = (posting.source_balance, posting.destination_balance)
        if running != stored:
            state.find(index, "分录上的余额与历史不符")
            # Go on from what is stored: one edit is one finding, not one for each later entry.
            state.balances[posting.source_account_id] = posting.source_balance
            state.balances[posting.destination_account_id] = posting.destination_balance


def _check_ends(session: Session, state: Audit, head: Any) -> None:
    """Check what needs the whole log: the tree head, the balances, and that no row lies beyond the log."""
    frontier = state.walk.frontier
    if (head.size, head.peaks) != (frontier.size, frontier.pack()):
        state.find(None, "日志的树头与各条目不符")
    if frontier.size and head.recorded_at != state.walk.moment:
        state.find(None, "日志树头的时间与最后一条不符")
    for model in (LogEntryRow, LogPrivateRow, TransactionRow, PostingRow, RowWitnessRow, RowBatchRow):
        index: Any = col(model.log_index)
        beyond = (index >= head.size) | (index < 0)
        if model not in (RowWitnessRow, RowBatchRow):
            beyond |= index.is_(None)
        for row in _rows(session, model, state.village, beyond, maximum=1):
            state.find(_index_of(row), f"{model.__tablename__} 有日志之外的记录")
    for wordless in sorted(state.wordless - state.erased):
        state.find(wordless, "私有内容不见了，却没有删除登记")
    for sentence in account_faults(
        session, village=state.village, balances=state.balances, ended=state.ended
    ):
        state.find(None, sentence)


def _readable(
    session: Session,
    state: Audit,
    model: type[EntryTable | RowWitnessRow | RowBatchRow],
    start: int,
    end: int,
) -> list[Any]:
    """Return a table's rows of the entries from `start` up to `end`; unreadable ones become findings."""
    index: Any = col(model.log_index)
    rows = _rows(session, model, state.village, index >= start, index < end)
    if not any_unreadable(rows):
        return rows
    for row in rows:
        if spoiled := unreadable(row):
            state.find(_index_of(row), f"{model.__tablename__} 的 {'、'.join(spoiled)} 无法读取")
    return [row for row in rows if not unreadable(row)]


def _index_of(row: Any) -> int | None:
    """Return the index of a row's entry, or None if it cannot be read."""
    return None if row.log_index is UNREADABLE else int(row.log_index)


def _rows(
    session: Session, model: type[VillageTable], village: str, *conditions: Any, maximum: int | None = None
) -> list[Any]:
    """Return the village's rows of a table under these conditions, as they are stored."""
    return raw_rows(session, table_of(model), model.in_village(village), *conditions, maximum=maximum)
