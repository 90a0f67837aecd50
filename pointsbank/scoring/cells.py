"""Items as the cells of a scheme's table: edited in a form or taken out as a file, read back equal."""

from collections.abc import Mapping, Sequence
from typing import Any

from pointsbank import points
from pointsbank.labels import Labels
from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.named_only import NAMED_ONLY
from pointsbank.labels.period import PERIOD
from pointsbank.scoring import shapes
from pointsbank.scoring.scheme_rows import WRITTEN_COLUMNS
from pointsbank.scoring.values import Item
from pointsbank.spreadsheets import Column, Table, written_points
from pointsbank.spreadsheets import points as read_points

CELL_COLUMNS = WRITTEN_COLUMNS
"""The columns of a scheme's table that say something about an item."""

CELL_CHOICES: Mapping[str, Labels] = {
    "direction": DIRECTION,
    "cap_period": PERIOD,
    "shape": shapes.SHAPE,
    **{key: labels for shape in shapes.SHAPES.values() for key, labels in shape.choices.items()},
    "named_only": NAMED_ONLY,
}
"""Columns, by key, whose cells are words of a closed list."""


def holds_points(column: Column) -> bool:
    """Return whether a column's values are hundredths of a point.

    Example:
        [column.title for column in scoring.CELL_COLUMNS if scoring.holds_points(column)]  # ["分值", …]
    """
    return column.parse in (read_points, written_points)


def item_value(item: Item, key: str) -> Any:
    """Return what an item has in a column; None for what is empty.

    Example:
        scoring.item_value(item, "cap_times")  # 2
    """
    value = item.terms.get(key) if key in item.terms else getattr(item, key, None)
    # An item without a repetition rule has 0 months.
    return None if value in ("", 0) and key != "points" else value


def item_cells(item: Item) -> dict[str, str]:
    """Return an item as the text of its cells, by the column's key, as the import reads them.

    Example:
        scoring.item_cells(item)["cap_period"]  # "每月"
    """
    return {column.key: _cell(column, item_value(item, column.key)) for column in CELL_COLUMNS}


def scheme_table(rows: Sequence[Mapping[str, str]]) -> Table:
    """Return rows of cells as a table that `import_scheme` takes; row n is row n + 1 of it.

    Example:
        scoring.scheme_table([scoring.item_cells(item) for item in items])
    """
    headers = [column.title for column in CELL_COLUMNS]
    return Table.of(headers, [[row.get(column.key, "") for column in CELL_COLUMNS] for row in rows])


def _cell(column: Column, value: Any) -> str:
    """Return a value as somebody would type it."""
    if value is None:
        return ""
    if column.key in CELL_CHOICES:
        return CELL_CHOICES[column.key].name(value)
    return points.show(value) if holds_points(column) else str(value)
