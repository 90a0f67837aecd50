"""The audit: walks the whole log in short reads and names what contradicts what, and where.

Every row is read as it is stored (see `raw_rows`): whoever edited the database wrote anything anywhere. The
walk keeps the leaves, balances and moments of what it has seen, so each entry is read once; entries with a
private part are passed to the `Verifier` of each capability, which compares its own rows with them. A wrong
balance is carried on as it is stored, so one edit is one finding and not one for each later entry.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session, col

from pointsbank.database import Database, table_of
from pointsbank.ledger.audit_accounts import account_faults
from pointsbank.ledger.audit_entry import faults_of_entry, parts_of_entry
from pointsbank.ledger.models import (
    EntryTable,
    LogEntryRow,
    LogHeadRow,
    LogPrivateRow,
    PostingRow,
    TransactionRow,
)
from pointsbank.merkle import Frontier
from pointsbank.raw_rows import UNREADABLE, raw_rows, unreadable
from pointsbank.village_tables import VillageTable

_CHUNK = 500
_MAXIMUM_FINDINGS = 50
_NO_LEAF = b"\0" * 32


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold; `index` names the log entry where there is one."""

    index: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class VerifiedEntry:
    """An entry whose private part matches its commitment, for the capability whose rows it names."""

    index: int
    kind: str
    recorded_at: datetime
    private: Mapping[str, Any]
    postings: Sequence[Any]


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
    """State of the walk: the leaves and balances so far, and the findings."""

    village: str
    leaves: list[bytes] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    balances: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    moved: list[tuple[str, tuple[tuple[str, int], ...]]] = field(default_factory=list)
    moments: list[datetime | None] = field(default_factory=list)
    sources: Counter[str] = field(default_factory=Counter)
    ended: set[str | None] = field(default_factory=set)
    wordless: set[int] = field(default_factory=set)
    erased: set[int] = field(default_factory=set)

    def find(self, index: int | None, sentence: str) -> None:
        """Note something wrong, unless enough was noted already."""
        if not self.too_many_findings:
            self.findings.append(Finding(index, sentence))

    @property
    def too_many_findings(self) -> bool:
        """True once there are so many findings that more would only repeat them."""
        return len(self.findings) >= _MAXIMUM_FINDINGS


def audit(database: Database, *, village: str, verifiers: Sequence[Verifier] = ()) -> Audit:
    """Check a village's log, postings and balances against each other, and let verifiers check theirs.

    Reads 500 entries a time, each in a short transaction, so that the till never waits; what was read before
    cannot change behind it, since the log only grows. Ends at 50 findings.

    Example:
        audit(database, village="chayuan").findings  # []; or [Finding(7, "叶子哈希与公开内容不符"), …]
    """
    state = Audit(village)
    while not state.too_many_findings:
        with database.reading() as session:
            head = _head(session, state)
            if head is None:
                break
            start = len(state.leaves)
            _check_chunk(session, state, start, min(start + _CHUNK, head.size), verifiers)
            if not state.too_many_findings and len(state.leaves) >= head.size:
                _check_ends(session, state, head)
                for verifier in verifiers:
                    for sentence in verifier.check_ends(session, state.sources, village=village):
                        state.find(None, sentence)
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


def _read_chunk(session: Session, state: Audit, start: int, end: int) -> _Chunk:
    """Read the rows of these entries; those that cannot be read are findings and left out."""
    entries, privates, transactions = (
        {row.log_index: row for row in _readable(session, state, model, start, end)}
        for model in (LogEntryRow, LogPrivateRow, TransactionRow)
    )
    postings: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(_readable(session, state, PostingRow, start, end), key=lambda p: (p.log_index, p.line)):
        postings[row.log_index].append(row)
    return _Chunk(entries, privates, transactions, postings)


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
                state.find(finding.index, finding.sentence)
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError):
            # Words that this program never wrote, with every hash made to fit.
            state.find(None, f"第{start}到{end - 1}条里有无法核对的内容")


def _check_entry(state: Audit, index: int, chunk: _Chunk) -> Iterator[VerifiedEntry]:
    """Check one entry, carry on tree, time and balances, and return what its private part has."""
    entry, private = chunk.entries.get(index), chunk.privates.get(index)
    transaction, postings = chunk.transactions.get(index), chunk.postings.get(index, [])
    if entry is None:
        state.find(index, "日志缺少这一条")
        state.leaves.append(_NO_LEAF)
        state.moved.append(("", ()))
        state.moments.append(None)
        return
    parts = parts_of_entry(entry, private, postings, village=state.village)
    hidden = parts.verified_private
    about = (entry, private, transaction, postings)
    for fault in faults_of_entry(*about, village=state.village, parts=parts):
        state.find(index, fault)
    _follow_time(state, index, entry.recorded_at)
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
    state.leaves.append(entry.leaf)
    state.moved.append((entry.kind, tuple((posting.unit, posting.amount) for posting in postings)))
    if hidden is not None:
        yield VerifiedEntry(index, entry.kind, entry.recorded_at, hidden, postings)


def _participant(hidden: Mapping[str, Any] | None) -> str | None:
    """Return whom an entry is about, or None if that was erased."""
    return str(hidden["words"].get("participant")) if hidden is not None else None


def _follow_time(state: Audit, index: int, moment: datetime) -> None:
    """Note a finding if an entry is older than the one before it."""
    before = state.moments[-1] if state.moments else None
    if before is not None and moment < before:
        state.find(index, "入账时间早于前一条")
    state.moments.append(moment)


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
    frontier = Frontier().extend(state.leaves)
    if (head.size, head.peaks) != (frontier.size, frontier.pack()):
        state.find(None, "日志的树头与各条目不符")
    if state.moments and head.recorded_at != state.moments[-1]:
        state.find(None, "日志树头的时间与最后一条不符")
    for model in (LogEntryRow, LogPrivateRow, TransactionRow, PostingRow):
        index = col(model.log_index)
        beyond = (index >= head.size) | (index < 0) | index.is_(None)
        for row in _rows(session, model, state.village, beyond, maximum=1):
            state.find(_index_of(row), f"{model.__tablename__} 有日志之外的记录")
    for wordless in sorted(state.wordless - state.erased):
        state.find(wordless, "私有内容不见了，却没有删除登记")
    for sentence in account_faults(
        session, village=state.village, balances=state.balances, ended=state.ended
    ):
        state.find(None, sentence)


def _readable(session: Session, state: Audit, model: type[EntryTable], start: int, end: int) -> list[Any]:
    """Return a table's rows of the entries from `start` up to `end`; unreadable ones become findings."""
    index, rows = col(model.log_index), []
    for row in _rows(session, model, state.village, index >= start, index < end):
        spoiled = unreadable(row)
        if spoiled:
            state.find(_index_of(row), f"{model.__tablename__} 的 {'、'.join(spoiled)} 无法读取")
        else:
            rows.append(row)
    return rows


def _index_of(row: Any) -> int | None:
    """Return the index of a row's entry, or None if it cannot be read."""
    return None if row.log_index is UNREADABLE else int(row.log_index)


def _rows(
    session: Session, model: type[VillageTable], village: str, *conditions: Any, maximum: int | None = None
) -> list[Any]:
    """Return the village's rows of a table under these conditions, as they are stored."""
    return raw_rows(session, table_of(model), model.in_village(village), *conditions, maximum=maximum)
