"""Goods from a table: new ones with their opening stock; known ones get new words and prices, never stock."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from pointsbank import ledger, spreadsheets
from pointsbank.ledger import LogRecord
from pointsbank.market.basket import MAXIMUM_PIECES
from pointsbank.market.goods import (
    Goods,
    NewGoods,
    describe,
    goods_list,
    write_new,
)
from pointsbank.market.lowering import lowers
from pointsbank.market.models import GoodsRow
from pointsbank.market.monthly_limits import loosens_limit
from pointsbank.market.prices import add_prices, check_price
from pointsbank.market.shelf import MAXIMUM_STOCK, lock_shelves
from pointsbank.points import Points, show
from pointsbank.prepared import execute_many
from pointsbank.spreadsheets import Column, Imported, Table
from pointsbank.spreadsheets.problems import BadRows, RowProblem


def _price(text: str) -> Points:
    """Read a price > 0."""
    return check_price(spreadsheets.points(text))


def _optional_limit(text: str) -> int | None:
    """Read a monthly limit; 0 means, as an empty cell does, that there is none."""
    return spreadsheets.whole_number_between(0, MAXIMUM_PIECES)(text) or None


_stock = spreadsheets.whole_number_between(0, MAXIMUM_STOCK)
_WORDS = ("name", "spec", "category", "limit_per_month")

# Published price lists call the same columns goods_id and opening_stock.
GOODS_COLUMNS = (
    Column(("编号", "code", "goods_id"), "code", True, spreadsheets.code, unique=True),
    Column(("名称", "name"), "name", True, spreadsheets.text(60)),
    Column(("规格", "spec"), "spec", False, spreadsheets.text(60), ""),
    Column(("积分", "points"), "points", True, _price),
    Column(("库存", "stock", "opening_stock"), "stock", False, _stock, 0),
    Column(("每户每月限量", "limit_per_month"), "limit_per_month", False, _optional_limit),
    Column(("类别", "category"), "category", False, spreadsheets.text(60), ""),
)


def import_goods(
    session: Session, *, village: str, table: Table, by: str, at: datetime, dry_run: bool = False
) -> Imported:
    """Take in a table of goods, all rows or none; the same table again changes nothing.

    A changed price holds from `at`. A lower price and a looser limit are refused here, for they take two
    people. Stock is taken from the table for new goods only.

    Raises BadRows with every bad row, its column and what to do; and those of `describe`,
    `NewGoods` and `ledger.record_many`. IntegrityError if another desk offers the same goods meanwhile.

    Example:
        table = read_table("goods.csv", data)
        import_goods(session, village="chayuan", table=table, by=committee, at=now).added  # 12
    """
    parsed = spreadsheets.parse_rows(table, GOODS_COLUMNS)
    known = {goods.code: goods for goods in goods_list(session, village=village, at=at, also_inactive=True)}
    done: Counter[str] = Counter()
    warnings, news, changes = [], [], []
    for row in parsed.rows:
        before = known.get(row["code"])
        done[_done_to(row, before)] += 1
        if before is None:
            words = describe(**{key: row[key] for key in _WORDS})
            news.append(NewGoods(row["code"], row["points"], row["stock"], words))
        elif before.stock != row["stock"]:
            warnings.append(f"第{row['row']}行：{before.name}已有库存{before.stock}件，不随导入改变。")
        if before is not None and _done_to(row, before) == "changed":
            changes.append((before, row))
    _refuse_loosening(changes)
    if not dry_run:
        # All together: one by one a thousand take seconds, in which nobody sells.
        new = write_new(session, news, village=village, by=by, at=at)
        changed = _change(session, changes, village=village, by=by, at=at)
        # Behind the last goods: a till that sells some of them locks goods first, then the log.
        if new or changed:
            ledger.record_many(session, [*new, *changed], village=village, by=by, at=at)
    return Imported(
        added=done["added"],
        changed=done["changed"],
        unchanged=done["unchanged"],
        ignored_columns=parsed.ignored_columns,
        warnings=warnings,
    )


def _done_to(row: dict[str, Any], before: Goods | None) -> str:
    """Return "added", "changed" or "unchanged" for a row, by the goods known under its code."""
    if before is None:
        return "added"
    return "changed" if _words_differ(row, before) or row["points"] != before.points else "unchanged"


def _words_differ(row: dict[str, Any], before: Goods) -> bool:
    """Return True if anything but price and stock differs."""
    return any(row[key] != getattr(before, key) for key in _WORDS)


def _refuse_loosening(changes: Sequence[tuple[Goods, dict[str, Any]]]) -> None:
    """Raise BadRows with each cell that would lower a price or loosen a monthly limit."""
    found = [problem for before, row in changes for problem in _loosening(before, row)]
    if found:
        raise BadRows(found)


def _loosening(before: Goods, row: dict[str, Any]) -> Iterator[RowProblem]:
    """Yield what is wrong with a row for which it takes two people."""
    if lowers(before.points, row["points"]):
        old = show(before.points)
        sentence = (
            f"{before.name}现在是{old}积分，降价要两个人：请照{old}导入，再到“商品”页改积分价，由另一位确认。"
        )
        yield RowProblem(row["row"], "积分", sentence)
    limit = before.limit_per_month
    if loosens_limit(limit, row["limit_per_month"]):
        sentence = (
            f"{before.name}现在每户每月限{limit}件，放宽要两个人：请照{limit}导入，"
            "再到“商品”页改限量，由另一位确认。"
        )
        yield RowProblem(row["row"], "每户每月限量", sentence)


_DESCRIBE = (
    update(GoodsRow)
    .where(GoodsRow.in_village(bindparam("key_village")), col(GoodsRow.id) == bindparam("key_goods"))
    .values({key: bindparam(f"new_{key}") for key in _WORDS})
)


def _change(
    session: Session, changes: Sequence[tuple[Goods, dict[str, Any]]], *, village: str, by: str, at: datetime
) -> list[LogRecord]:
    """Write what differs of goods that are known, words and price; return the prices' entry for the log."""
    lock_shelves(session, village=village, ids=[before.id for before, _ in changes])
    if changes:
        # Read anew under the lock: somebody may have raised a price since, which the table would lower.
        now = {one.code: one for one in goods_list(session, village=village, at=at, also_inactive=True)}
        changes = [(now[before.code], row) for before, row in changes]
        _refuse_loosening(changes)
    described = [
        {"key_village": village, "key_goods": before.id}
        | {f"new_{key}": text for key, text in describe(**{key: row[key] for key in _WORDS}).items()}
        for before, row in changes
        if _words_differ(row, before)
    ]
    execute_many(session, _DESCRIBE, *described)
    priced = {
        before.id: (before.code, row["points"]) for before, row in changes if row["points"] != before.points
    }
    return add_prices(session, priced, village=village, valid_from=at, by=by, at=at)
