"""The first rows of a table as they were understood, for whoever looks before it is imported.

Each column by our name with its value in our words; beside it what the file says where that differs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pointsbank.spreadsheets.blocks import Block
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.days import MonthDay, MonthEnd
from pointsbank.spreadsheets.problems import row_in_words

SHOWN = 5
"""Rows that are shown."""

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class ReadCell:
    """What a cell was read as; `raw` says what stands in the file, empty where it is the same."""

    column: str
    value: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row by its number in words, and the columns of which it says something."""

    row: str
    cells: tuple[ReadCell, ...]


def first_rows(
    blocks: Sequence[Block], columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]
) -> list[ReadRow]:
    """Return the first rows as they were read; a blank that means nothing is left out.

    Args:
        rows: values by key, each row with its number under "row".
    """
    found = []
    for row in rows[:SHOWN]:
        block, cells = next(
            (block, cells) for block in blocks for number, cells in block.rows if number is row["row"]
        )
        wanted = [column for column in columns if not column.looked_at]
        read = (_cell(block, cells, column, row) for column in wanted)
        found.append(ReadRow(row_in_words(row["row"]), tuple(filter(None, read))))
    return found


def _cell(block: Block, cells: Sequence[str], column: Column, row: Mapping[str, Any]) -> ReadCell | None:
    """Return what one column says of a row; None where it says nothing."""
    value, place = row.get(column.key), block.places.get(column.key)
    raw = " ".join(cells[place].split()) if place is not None and place < len(cells) else ""
    if raw:
        words = _in_words(column, value)
        return ReadCell(column.title, words, "" if raw == words else f"“{_short(raw)}”")
    if value not in (None, "", column.default):
        # The item of a grid is a header, its amount a cell below; a heading stands in a line of its own.
        above = "空着，按合并的格子或上面写的" if place is not None else ""
        return ReadCell(column.title, _in_words(column, value), above)
    if place is not None and column.blank_means:
        return ReadCell(column.title, column.blank_means, "空着")
    return None


def _in_words(column: Column, value: Any) -> str:
    """Return a value as people write it.

    Example:
        >>> _in_words(Column(("日期",), "day", False, str), date(2026, 9, 1))
        '2026-09-01'
    """
    if value is None:
        return column.blank_means or "空"
    if column.show is not None:
        return column.show(value)
    if isinstance(value, MonthDay):
        return f"{value[0]}月{value[1]}日"
    if isinstance(value, MonthEnd):
        return f"{value[0]}年{value[1]}月" if value[0] else f"{value[1]}月"
    if isinstance(value, date):
        return value.isoformat()
    return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
