"""The market's rows compared with the log: sales, reversals, the shelf itself."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from pointsbank.database import table_of
from pointsbank.ledger import Finding, VerifiedEntry
from pointsbank.market import verifier_pins, verifier_scans
from pointsbank.market.models import (
    GoodsRow,
    RedemptionReversalRow,
    RedemptionRow,
    StockMoveRow,
)
from pointsbank.market.return_models import RedemptionReturnRow
from pointsbank.raw_rows import as_logged, differ_from_log, raw_pages, raw_rows_by, unreadable

_SALE, _REVERSAL = table_of(RedemptionRow), table_of(RedemptionReversalRow)
_RETURN = table_of(RedemptionReturnRow)
_MOVE, _GOODS = table_of(StockMoveRow), table_of(GoodsRow)
_WRONG = (-1, -1)
_LOGGED_LATER = {
    "ticket_id": "ticket",
    "sold_at": "sold_at",
    "second_check": "second_check",
    "approver": "approver",
}
"""Columns of a redemption and the words of its entry that hold them."""


def check_entries(session: Session, entries: Sequence[VerifiedEntry], *, village: str) -> Iterator[Finding]:
    """Compare sales and reversals of some entries with their rows and their moves of stock."""
    yield from verifier_scans.check_entries(session, entries, village=village)
    yield from verifier_pins.check_entries(session, entries, village=village)
    sales, reversals = _by_source(entries, "redemption"), _by_source(entries, "redemption_reversal")
    returns = _by_source(entries, "redemption_return")
    ids = sorted(sales.keys() | reversals.keys() | {id.partition(".")[0] for id in returns})
    sold = raw_rows_by(session, _SALE, "id", ids, village=village)
    returned = raw_rows_by(session, _REVERSAL, "redemption_id", ids, village=village)
    moves = raw_rows_by(session, _MOVE, "redemption_id", ids, village=village)
    in_part = raw_rows_by(session, _RETURN, "redemption_id", ids, village=village)
    for id, entry in sales.items():
        if differ_from_log(sold[id], _sale_as_logged(id, entry)):
            yield Finding(entry.index, "兑换记录与日志不符")
        if _names_lines(entry) and _lines(moves[id], "redeemed", -1) != _lines_as_logged(entry, "sold_at"):
            yield Finding(entry.index, "兑换的商品、件数或单价与日志不符")
        if _points_for(moves[id]) != _given_back(sold[id], returned[id], in_part[id]):
            yield Finding(entry.index, "退回的商品与退回的积分不符")
    for id, entry in reversals.items():
        if differ_from_log(returned[id], _reversal_as_logged(id, entry)):
            yield Finding(entry.index, "撤销兑换的记录与日志不符")
        if _names_lines(entry) and _lines(moves[id], "returned", 1) != _lines_as_logged(entry, "reversed_at"):
            yield Finding(entry.index, "撤销兑换退回的商品与日志不符")
    for key, entry in returns.items():
        id = key.partition(".")[0]
        if differ_from_log(_numbered(in_part[id], key), _return_as_logged(key, entry)):
            yield Finding(entry.index, "部分退回的记录与日志不符")
        if _placed(moves[id], entry) != _lines_as_logged(entry, "returned_at"):
            yield Finding(entry.index, "部分退回的商品与日志不符")


def check_ends(session: Session, posted: Mapping[str, int], *, village: str) -> Iterator[str]:
    """Find sales without their entry, and stock that is not the sum of its moves."""
    yield from verifier_scans.check_ends(session, village=village)
    yield from verifier_pins.check_ends(session, posted, village=village)
    for model, kind in (
        (RedemptionRow, "redemption"),
        (RedemptionReversalRow, "redemption_reversal"),
        (RedemptionReturnRow, "redemption_return"),
    ):
        stored = session.exec(select(func.count()).select_from(model).where(model.in_village(village))).one()
        if stored != posted.get(kind, 0):
            yield f"{kind} 的条数与日志不符"
    sums = _sums_of_moves(session, village)
    for page in raw_pages(session, _GOODS, GoodsRow.in_village(village)):
        for goods in page:
            if unreadable(goods) or (goods.stock, goods.moves) != sums.pop(goods.id, (0, 0)):
                yield f"商品 {goods.code} 的库存与变动记录不符"
    if sums:
        yield "有库存变动没有对应的商品"


def _sums_of_moves(session: Session, village: str) -> dict[Any, tuple[int, int]]:
    """Return what the moves of each goods lead to: pieces and number of moves; `_WRONG` where they do not."""
    sums: dict[Any, tuple[int, int]] = {}
    for page in raw_pages(session, _MOVE, StockMoveRow.in_village(village)):
        for move in page:
            stock, number = sums.get(move.goods_id, (0, 0))
            holds = (stock, number) != _WRONG and not unreadable(move)
            after = (stock + move.quantity, number + 1) if holds else _WRONG
            sums[move.goods_id] = after if after == (move.stock_after, move.position) else _WRONG
    return sums


def _by_source(entries: Sequence[VerifiedEntry], kind: str) -> dict[str, VerifiedEntry]:
    """Return the entries whose source is of this kind, by the source's id."""
    sources = [(entry.private.get("source"), entry) for entry in entries]
    return {source[1]: entry for source, entry in sources if source and source[0] == kind}


def _sale_as_logged(id: str, entry: VerifiedEntry) -> dict[str, Any]:
    """Return a redemption's columns as the log has them."""
    words, private = entry.private["words"], entry.private
    return {
        "id": id,
        "log_index": entry.index,
        "participant_id": words.get("participant"),
        "total": sum(posting.amount for posting in entry.postings),
        "balance_after": entry.postings[0].source_balance if entry.postings else None,
        "sold_on": private.get("occurred_on"),
        "sold_by": private.get("actor"),
        # Entries of the first days do not hold these.
        **{column: words[word] for column, word in _LOGGED_LATER.items() if word in words},
    }


def _reversal_as_logged(id: str, entry: VerifiedEntry) -> dict[str, Any]:
    """Return a reversal's columns as the log has them."""
    private = entry.private
    logged = {"redemption_id": id, "log_index": entry.index, "reversed_by": private.get("actor")}
    moment = private["words"].get("reversed_at")
    return logged | ({"reversed_at": moment} if moment is not None else {})


def _return_as_logged(key: str, entry: VerifiedEntry) -> dict[str, Any]:
    """Return the columns of a return in part as the log has them."""
    id, _, number = key.partition(".")
    return {
        "redemption_id": id,
        "number": int(number),
        "log_index": entry.index,
        "total": sum(posting.amount for posting in entry.postings),
        "returned_by": entry.private.get("actor"),
        "returned_at": entry.private["words"].get("returned_at"),
    }


def _numbered(rows: Sequence[Any], key: str) -> list[Any]:
    """Return which of a sale's returns has the number that its source (`sale.number`) ends in."""
    number = int(key.partition(".")[2])
    return [row for row in rows if row.number == number]


def _points_for(moves: Sequence[Any]) -> int | None:
    """Return the points for which pieces of a sale came back, in hundredths; None if unreadable."""
    own = [move for move in moves if move.kind == "returned"]
    if any(unreadable(move) for move in own):
        return None
    return int(sum(move.quantity * move.price for move in own))


def _given_back(sold: Sequence[Any], whole: Sequence[Any], in_part: Sequence[Any]) -> int:
    """Return the points that were given back for a sale by its reversal or returns; -1: unreadable."""
    if any(unreadable(row) for row in (*sold, *in_part)):
        return -1
    return int(sum(row.total for row in (*in_part, *(sold if whole else ()))))


def _placed(moves: Sequence[Any], entry: VerifiedEntry) -> list[list[Any]] | None:
    """Return the lines that came back at the places in the journals of goods that an entry names."""
    places = {(line[0], line[3]) for line in entry.private["words"].get("lines", [])}
    return _lines(
        [move for move in moves if (move.goods_id, move.position) in places], "returned", 1, placed=True
    )


def _names_lines(entry: VerifiedEntry) -> bool:
    """Return True if an entry says which goods it was about."""
    return "lines" in entry.private["words"]


def _lines(moves: Sequence[Any], kind: str, sign: int, *, placed: bool = False) -> list[list[Any]] | None:
    """Return what left the shelf or came back: goods, pieces, price, who, when; None if unreadable.

    `placed`: each line has its position in the journal of its goods too, behind the price.
    """
    own = [move for move in moves if move.kind == kind]
    if any(unreadable(move) for move in own):
        return None
    place = ("position",) if placed else ()
    columns = ("goods_id", "quantity", "price", *place, "note", "moved_by", "moved_at", "stocktake_id")
    lines = [[as_logged(getattr(move, column)) for column in columns] for move in own]
    return sorted([goods, sign * pieces, *rest] for goods, pieces, *rest in lines)


def _lines_as_logged(entry: VerifiedEntry, moment: str) -> list[list[Any]]:
    """Return the same as the log has it."""
    words = entry.private["words"]
    rest = ["", entry.private.get("actor"), words.get(moment), None]
    return sorted([*line, *rest] for line in words.get("lines", []))
