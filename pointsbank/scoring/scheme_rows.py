"""Reads the rows of a scheme's table. Pure: a table in, items out, every bad cell named."""

from collections.abc import Mapping
from typing import Any

from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.period import PERIOD
from pointsbank.points import Points
from pointsbank.scoring import shapes
from pointsbank.scoring.item_shape import CellProblem, ItemShape, sign_problems, unreadable
from pointsbank.scoring.periods import scoring_periods
from pointsbank.scoring.values import MINUS, VETO, Item
from pointsbank.spreadsheets import (
    Column,
    RowProblem,
    Table,
    choice,
    code,
    parse_rows,
    points,
    text,
    whole_number_between,
)
from pointsbank.spreadsheets.problems import BadRows

# Published tables call the same columns item_id, kind, item and subject.
_COMMON = (
    Column(("编号", "code", "item_id"), "code", True, code, unique=True),
    Column(("类别", "category"), "category", False, text(60), ""),
    Column(("条目", "title", "item"), "title", True, text(200)),
    Column(("方向", "direction", "kind"), "direction", True, choice(DIRECTION.choices())),
    Column(("分值", "points"), "points", False, points),
    Column(("单位", "per"), "unit", False, text(20), ""),
    Column(("周期", "cap_period"), "cap_period", False, choice(PERIOD.choices()), ""),
    Column(("上限", "cap_points"), "cap_points", False, points),
    Column(("次数上限", "cap_times"), "cap_times", False, whole_number_between(1, 100_000)),
    Column(("佐证", "evidence"), "evidence", False, text(200), ""),
    Column(("适用", "applies_to", "subject"), "applies_to", False, text(100), ""),
    Column(("依据", "legal_basis"), "legal_basis", False, text(200), ""),
    Column(("形状", "shape"), "shape", False, choice(shapes.SHAPE.choices()), ""),
    Column(("评分期", "scored_in"), "scored_in", False, text(100), ""),
    Column(("重复加倍", "double_on_repeat"), "double_months", False, whole_number_between(0, 120), 0),
)
SCHEME_COLUMNS = (
    *_COMMON,
    *shapes.columns(common=[name for column in _COMMON for name in (column.key, *column.names)]),
)


def read_items(table: Table) -> tuple[list[Item], list[str], list[str]]:
    """Return the items of a table, the headers of columns that are not read, and warnings.

    Raises:
        BadRows: cells that are wrong, each named by row and column.
    """
    parsed = parse_rows(table, SCHEME_COLUMNS)
    new, problems, warnings = [], [], list[str]()
    for row in parsed.rows:
        found = list(_problems(row))
        problems += [RowProblem(row["row"], column, sentence) for column, sentence in found]
        if not found:
            new.append(_item(row))
            if row["cap_period"] and not _is_limited(row):
                warnings.append(f"第{row['row']}行填了周期，没有填上限，按不限次数处理。")
    if problems:
        raise BadRows(problems)
    return new, parsed.ignored_columns, warnings


def _shape(row: Mapping[str, Any]) -> ItemShape:
    """Return the shape named, or the one the filled columns speak of."""
    return shapes.SHAPES[row["shape"]] if row["shape"] else shapes.inferred(row)


def _is_limited(row: Mapping[str, Any]) -> bool:
    """Return whether a row's period serves some limit."""
    return row["cap_points"] is not None or row["cap_times"] is not None or _shape(row).uses_period


def _problems(row: Mapping[str, Any]) -> list[CellProblem]:
    """Return what is wrong with a row taken as a whole."""
    if row["direction"] == VETO:
        return []
    found = [*sign_problems(row, {"points": "分值", "cap_points": "上限"}), *_shape(row).problems(row)]
    if (row["cap_points"] is not None or row["cap_times"] is not None) and not row["cap_period"]:
        found.append(("周期", "填了上限就要写明周期：日、月、季度、半年、年或累计。"))
    if row["cap_points"] == 0:
        found.append(("上限", "上限应大于0，不限就留空。"))
    if row["double_months"] and row["direction"] != MINUS:
        found.append(("重复加倍", "只有扣分条目可以重复加倍，请留空。"))
    if row["scored_in"]:
        found += unreadable("评分期", scoring_periods, row["scored_in"])
    return found


def _item(row: Mapping[str, Any]) -> Item:
    """Return the item of a sound row; amounts lose their sign, which the direction says."""
    cells = {column.key: row[column.key] for column in _COMMON}
    cells["cap_points"] = _plain(row["cap_points"])
    if row["direction"] == VETO:
        return Item(id="", **cells | {"shape": "fixed", "points": None})
    shape = _shape(row)
    return Item(
        id="", **cells | {"shape": shape.code, "points": _plain(row["points"]), "terms": shape.terms(row)}
    )


def _plain(amount: Points | None) -> Points | None:
    """Return an amount without its sign."""
    return None if amount is None else Points(abs(amount))
