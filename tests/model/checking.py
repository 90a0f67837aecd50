"""What must hold after every step, read from the rows; what was checked once is not read again."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from pointsbank import market
from pointsbank.database import Database, execute, table_of
from pointsbank.ledger.audit_entry import faults_of_entry
from pointsbank.ledger.models import (
    AccountRow,
    LogEntryRow,
    LogHeadRow,
    LogPrivateRow,
    PostingRow,
    RowBatchRow,
    RowWitnessRow,
    TransactionRow,
)
from pointsbank.ledger.witnessing import root_of
from pointsbank.merkle import Frontier
from tests.market.shop import stock_differences
from tests.model.paper import Paper

_account, _entry, _head = table_of(AccountRow), table_of(LogEntryRow), table_of(LogHeadRow)
_posting, _private = table_of(PostingRow), table_of(LogPrivateRow)
_transaction, _witness = table_of(TransactionRow), table_of(RowWitnessRow)
_batch = table_of(RowBatchRow)
_FAR = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass
class Checker:
    """The log as far as it was checked: the tree over it and the sums of its postings."""

    village: str
    tree: Frontier = field(default_factory=Frontier)
    sums: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    salts: set[bytes] = field(default_factory=set)

    def check(self, database: Database, paper: Paper) -> None:
        """Everything at once, in one look."""
        with database.reading() as session:
            self._log(session)
            self._accounts(session, paper)
            self._shelves(session, paper)

    def _log(self, session: Session) -> None:
        """New entries follow without a gap, each true to its bytes and words; the head is over them all."""
        start = self.tree.size
        new = execute(session, _of(_entry, self.village, start).order_by(_entry.c.log_index)).all()
        head = execute(session, select(_head).where(_head.c.village_id == self.village)).one()
        if new:
            self._entries(session, new, start)
        assert (head.size, bytes(head.peaks)) == (self.tree.size, self.tree.pack())
        counted = select(func.count()).select_from(_entry).where(_entry.c.village_id == self.village)
        assert execute(session, counted).scalar_one() == head.size

    def _entries(self, session: Session, new: Any, start: int) -> None:
        """The entries since the last look, with their words, transactions and postings."""
        assert [entry.log_index for entry in new] == list(range(start, start + len(new)))
        private = {row.log_index: row for row in execute(session, _of(_private, self.village, start))}
        moved = {row.log_index: row for row in execute(session, _of(_transaction, self.village, start))}
        told, batches, postings = defaultdict(list), defaultdict(list), defaultdict(list)
        for table, by_entry in ((_witness, told), (_batch, batches)):
            for row in execute(session, _of(table, self.village, start)):
                by_entry[row.log_index].append(row)
        lines = _of(_posting, self.village, start).order_by(_posting.c.log_index, _posting.c.line)
        for row in execute(session, lines):
            postings[row.log_index].append(row)
            self.sums[row.source_account_id] -= row.amount
            self.sums[row.destination_account_id] += row.amount
            running = (self.sums[row.source_account_id], self.sums[row.destination_account_id])
            assert running == (row.source_balance, row.destination_balance)
        for entry in new:
            words = private.get(entry.log_index)
            about = (entry, words, moved.get(entry.log_index), postings[entry.log_index])
            under = (told[entry.log_index], batches[entry.log_index])
            rows_root = root_of(*under) if any(under) else None
            assert list(faults_of_entry(*about, village=self.village, rows_root=rows_root)) == []
            if words is not None:
                assert bytes(words.salt) not in self.salts, "a salt is used once"
                self.salts.add(bytes(words.salt))
        self.tree = self.tree.extend([bytes(entry.leaf) for entry in new])

    def _accounts(self, session: Session, paper: Paper) -> None:
        """Each balance is the sum of its postings and what the paper says; each unit sums to zero."""
        rows = execute(session, select(_account).where(_account.c.village_id == self.village)).all()
        held = {row.id: row.balance for row in rows if row.balance}
        assert held == {account: amount for account, amount in self.sums.items() if amount}
        assert held == {account: amount for account, amount in paper.balances.items() if amount}
        assert all(type(row.balance) is int for row in rows)
        for unit in ("points", "honour"):
            assert sum(row.balance for row in rows if row.unit == unit) == 0
        ended = {one.id for one in paper.households if one.state != "open"}
        assert {row.participant_id for row in rows if row.closed} == ended

    def _shelves(self, session: Session, paper: Paper) -> None:
        """Each shelf holds the sum of its moves, as the paper says, and never less than nothing."""
        shelves = market.goods_list(session, village=self.village, at=_FAR)
        assert {one.code: one.stock for one in shelves} == paper.stock
        assert all(one.stock >= 0 for one in shelves)
        assert stock_differences(session, village=self.village) == []


def _of(table: Any, village: str, start: int) -> Any:
    """A table's rows of the entries from `start` on."""
    return select(table).where(table.c.village_id == village, table.c.log_index >= start)


def entries_of(session: Session, village: str, kind: str, ids: list[str]) -> dict[str, int]:
    """Where in the log these sources were posted."""
    query = select(_transaction.c.source_id, _transaction.c.log_index).where(
        _transaction.c.village_id == village,
        _transaction.c.source_kind == kind,
        _transaction.c.source_id.in_(ids),
    )
    return {row.source_id: row.log_index for row in execute(session, query)}
