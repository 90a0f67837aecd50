"""A table as it came out of a file: headers, and rows of text that remember what Excel did to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pointsbank.spreadsheets.problems import RowProblem


class DateText(str):
    """The text of a cell the spreadsheet holds as a date: right for a day, wrong for a code such as 1-2."""

    __slots__ = ()


class LostDigits(str):
    """The text of a number so long that the spreadsheet has already lost its last digits."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as Excel shows it, and its filled cells by header."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Headers and rows; `problems` are rows whose cells cannot be told apart.

    `parsed` keeps what `parse_rows` made of it, so that this is done once, before the transaction.
    """

    headers: list[str]
    rows: list[Row]
    header_row: int = 1
    problems: list[RowProblem] = field(default_factory=list)
    parsed: list[tuple[Any, Any]] = field(default_factory=list, compare=False, repr=False)

    @classmethod
    def of(cls, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> "Table":
        """Make a table in the program rather than from a file."""
        numbered = [Row(number, _filled(headers, row)) for number, row in enumerate(rows, start=2)]
        return cls(list(headers), numbered)

    @classmethod
    def from_grid(cls, grid: Sequence[Sequence[str]], *, ragged_is_wrong: bool) -> "Table":
        """Find the header row in a grid of cells and put the rows below it under their headers."""
        start = _header_row(grid)
        if start is None:
            return cls([], [])
        headers = _named(grid[start], max(len(row) for row in grid))
        width = len(grid[start])
        problems, rows = [], []
        for number, row in enumerate(grid[start + 1 :], start=start + 2):
            if ragged_is_wrong and any(row[width:]):
                problems.append(RowProblem(number, "", "比表头多出几格，文字里的逗号请用英文双引号括起来。"))
            elif cells := _filled(headers, row):
                rows.append(Row(number, cells))
        return cls(headers, rows, start + 1, problems)


CLASSES = (Table, Row, DateText, LostDigits, RowProblem)
"""What a table is made of, for whoever fetches one from another process."""


def _header_row(grid: Sequence[Sequence[str]]) -> int | None:
    """The first row with two filled cells: a sheet's title stands alone above its headers."""
    filled = [(index, sum(1 for cell in row if cell)) for index, row in enumerate(grid[:20])]
    several = [index for index, count in filled if count >= 2]
    return next(iter(several or [index for index, count in filled if count]), None)


def _named(row: Sequence[str], width: int) -> list[str]:
    """A header for every column, so that a stray remark beside the table can be reported."""
    padded = [*row, *[""] * (width - len(row))]
    return [header or f"（第{place}列，无表头）" for place, header in enumerate(padded, start=1)]


def _filled(headers: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """The filled cells of a row by header."""
    return {header: cell for header, cell in zip(headers, row, strict=False) if cell}
