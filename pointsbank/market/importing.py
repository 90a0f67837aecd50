"""Goods from a table: new ones with their opening stock; known ones get new words and prices, never stock."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import spreadsheets
from pointsbank.market.basket import MAXIMUM_PIECES
from pointsbank.market.goods import Goods, add_goods, describe_goods, goods_list, set_price
from pointsbank.market.prices import check_price
from pointsbank.market.shelf import MAXIMUM_STOCK
from pointsbank.points import Points
from pointsbank.spreadsheets import Column, Imported, Table


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

    A changed price holds from `at`. Stock is taken from the table for new goods only.

    Raises BadRows with every bad row, its column and what to do, and those of `add_goods`, `describe_goods`
    and `set_price`.

    Example:
        table = read_table("goods.csv", data)
        import_goods(session, village="chayuan", table=table, by=committee, at=now).added  # 12
    """
    parsed = spreadsheets.parse_rows(table, GOODS_COLUMNS)
    known = {goods.code: goods for goods in goods_list(session, village=village, at=at, also_inactive=True)}
    done: Counter[str] = Counter()
    warnings = []
    for row in parsed.rows:
        before = known.get(row["code"])
        done[_what(row, before)] += 1
        if before is not None and before.stock != row["stock"]:
            warnings.append(f"第{row['row']}行：{before.name}已有库存{before.stock}件，不随导入改变。")
        if not dry_run:
            _apply(session, row, before, village=village, by=by, at=at)
    return Imported(
        added=done["added"],
        changed=done["changed"],
        unchanged=done["unchanged"],
        ignored_columns=parsed.ignored_columns,
        warnings=warnings,
    )


def _what(row: dict[str, Any], before: Goods | None) -> str:
    """Return "added", "changed" or "unchanged" for a row."""
    if before is None:
        return "added"
    return "changed" if _words_differ(row, before) or row["points"] != before.points else "unchanged"


def _words_differ(row: dict[str, Any], before: Goods) -> bool:
    """Return True if anything but price and stock differs."""
    return any(row[key] != getattr(before, key) for key in _WORDS)


def _apply(
    session: Session, row: dict[str, Any], before: Goods | None, *, village: str, by: str, at: datetime
) -> None:
    """Write one row."""
    common: dict[str, Any] = {"village": village, "by": by, "at": at}
    words = {key: row[key] for key in _WORDS}
    if before is None:
        add_goods(session, code=row["code"], points=row["points"], stock=row["stock"], **words, **common)
        return
    if _words_differ(row, before):
        describe_goods(session, goods=before.code, active=before.active, **words, **common)
    if row["points"] != before.points:
        set_price(session, goods=before.code, points=row["points"], **common)
