"""Stocktakes compared with the log: what was counted, who signed, what it moved."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank.database import table_of
from pointsbank.ledger import Finding, VerifiedEntry
from pointsbank.market.models import StockMoveRow, StocktakeCountRow, StocktakeReturnRow, StocktakeRow
from pointsbank.market.signing import note_of
from pointsbank.market.stocktakes import POSTED
from pointsbank.raw_rows import as_logged, raw_rows_by, unreadable

_MOVE = table_of(StockMoveRow)
_ROW, _COUNTED, _RETURNED = (
    table_of(model) for model in (StocktakeRow, StocktakeCountRow, StocktakeReturnRow)
)


def check_entries(session: Session, entries: Sequence[VerifiedEntry], *, village: str) -> Iterator[Finding]:
    """Compare the stocktakes posted by some entries with their rows, their counts and their moves."""
    posted = {
        str(entry.private["words"].get("stocktake")): entry for entry in entries if entry.kind == "stocktake"
    }
    ids = sorted(posted)
    rows = raw_rows_by(session, _ROW, "id", ids, village=village)
    counts, returns, moves = (
        raw_rows_by(session, table, "stocktake_id", ids, village=village)
        for table in (_COUNTED, _RETURNED, _MOVE)
    )
    for id, entry in posted.items():
        words = entry.private["words"]
        if _as_stored(rows[id], _STOCKTAKE) != [_stocktake_as_logged(id, entry)]:
            yield Finding(entry.index, "盘点记录或签字与日志不符")
        if _as_stored(counts[id], _COUNT) != sorted(words["counts"]):
            yield Finding(entry.index, "盘点清点的件数与日志不符")
        if _as_stored(returns[id], _RETURN) != sorted(words["returns"]):
            yield Finding(entry.index, "盘点退回的记录与日志不符")
        if _as_stored(moves[id], _MOVED) != _moves_as_logged(entry):
            yield Finding(entry.index, "盘点的库存变动与日志不符")


def check_ends(session: Session, posted: Mapping[str, int], *, village: str) -> Iterator[str]:
    """Find stocktakes posted without an entry, and moves of stocktakes that are not posted."""
    here = (StocktakeRow.in_village(village), col(StocktakeRow.status) == POSTED)
    if session.exec(select(func.count()).where(*here)).one() != posted.get("stocktake", 0):
        yield "已入账盘点的次数与日志不符"
    stocktake = col(StockMoveRow.stocktake_id)
    # NULL is "not in" an empty list: moves of no stocktake are left out by name.
    astray = select(func.count()).where(
        StockMoveRow.in_village(village),
        stocktake.is_not(None),
        stocktake.not_in(select(StocktakeRow.id).where(*here)),
    )
    if session.exec(astray).one():
        yield "有库存变动属于没有入账的盘点"


_STOCKTAKE = (
    *("id", "status", "note", "begun_by", "begun_at", "signed_by", "signed_at"),
    *("ended_by", "ended_at", "log_index"),
)
_COUNT = ("number", "goods_id", "counted", "book", "counted_by", "counted_at")
_RETURN = ("number", "signed_by", "signed_at", "returned_by", "returned_at")
_MOVED = ("goods_id", "kind", "quantity", "note", "moved_by", "moved_at")


def _as_stored(rows: Sequence[Any], columns: Sequence[str]) -> list[list[Any]] | None:
    """Return the values of some rows, in order; None if they cannot be read."""
    if any(unreadable(row) for row in rows):
        return None
    return sorted([as_logged(getattr(row, column)) for column in columns] for row in rows)


def _stocktake_as_logged(id: str, entry: VerifiedEntry) -> list[Any]:
    """Return a posted stocktake's columns as the log has them."""
    words = entry.private["words"]
    ended = [entry.private.get("actor"), words["posted_at"], entry.index]
    return [id, POSTED, words["note"], *words["begun"], *words["signed"], *ended]


def _moves_as_logged(entry: VerifiedEntry) -> list[list[Any]]:
    """What the shelf's journal must say: for each kind of goods that differed the last count's difference."""
    words = entry.private["words"]
    last = {goods: (book, counted) for _, goods, counted, book, *_ in sorted(words["counts"])}
    rest = [entry.private.get("actor"), words["posted_at"]]
    moves = [
        [goods, "counted", counted - book, note_of(book, counted), *rest]
        for goods, (book, counted) in last.items()
        if counted != book
    ]
    return sorted(moves)
