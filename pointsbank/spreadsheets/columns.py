"""Columns an import knows, and how rows of text become rows of values."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pointsbank.errors import Invalid, Problem
from pointsbank.spreadsheets.problems import BadRows, RowProblem
from pointsbank.spreadsheets.table import LostDigits, Table
from pointsbank.spreadsheets.writing import unguarded
from pointsbank.text import narrow


class CellEmpty(Invalid):
    """A cell that must be filled is empty."""

    code = "cell_empty"
    sentence = "不能为空，请填写。"


class DigitsLost(Invalid):
    """A long number was typed as a number, and its last digits are gone."""

    code = "digits_lost"
    sentence = "数字太长，Excel已丢掉末尾几位，请把这一列设为“文本”格式后重新输入。"


MAXIMUM_PROBLEMS = 200
"""Reading stops here: a file this wrong has one cause, not two hundred."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its headers (Chinese first), its key in the row, and its reader.

    A `required` column must be there and filled, unless its cells `may_be_blank`; blank means `default`. In
    a `unique` column no two rows have the same value.
    """

    names: tuple[str, ...]
    key: str
    required: bool
    parse: Callable[[str], Any]
    default: Any = None
    may_be_blank: bool = False
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """Values by key, each row with its number under "row"; and the headers nobody asked for."""

    rows: list[dict[str, Any]]
    ignored_columns: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or with `dry_run` would do: rows that were new, changed something or nothing."""

    added: int
    changed: int = 0
    unchanged: int
    ignored_columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def parse_rows(table: Table, columns: Sequence[Column]) -> Parsed:
    """Read every row of a table by these columns, or none; the second time the answer is known.

    Twenty thousand rows take half a second: who has a table from a file reads its rows before the
    transaction, and the verb that imports it finds them.

    Raises:
        BadRows: a bad cell, a missing column or no rows; every one is named by row and column.
    """
    for known_columns, known in table.parsed:
        if known_columns is columns:
            return Parsed([dict(row) for row in known.rows], known.ignored_columns)
    headers = _match_headers(table, columns)
    problems = list(table.problems)
    rows: list[dict[str, Any]] = [{"row": row.number} for row in table.rows]
    for column in columns:
        _fill_column(table, column, headers.get(column.key), rows, problems)
        if column.unique:
            problems += _repeated(column, rows)
    if problems:
        raise BadRows(sorted(problems, key=lambda problem: problem.row)[:MAXIMUM_PROBLEMS])
    if not rows:
        raise BadRows([RowProblem(table.header_row + 1, "", "表头下面没有数据，请填写后重新上传。")])
    used = set(headers.values())
    parsed = Parsed(rows, [header for header in table.headers if header not in used])
    table.parsed.append((columns, parsed))
    return Parsed([dict(row) for row in rows], parsed.ignored_columns)


def _match_headers(table: Table, columns: Sequence[Column]) -> dict[str, str]:
    """Which header of the table serves which column; raises BadRows for those missing or standing twice."""
    wanted = {_plain(name): column for column in columns for name in column.names}
    found: dict[str, str] = {}
    problems = []
    for header in table.headers:
        column = wanted.get(_plain(header))
        if column is None:
            continue
        if column.key in found:
            problems.append(RowProblem(table.header_row, header, "这一列出现了两次，请删除一列。"))
        found.setdefault(column.key, header)
    for column in columns:
        if column.required and column.key not in found:
            names = "或".join(f"“{name}”" for name in column.names)
            sentence = f"缺少这一列，请在表头写上{names}。"
            problems.append(RowProblem(table.header_row, column.names[0], sentence))
    if problems:
        raise BadRows(problems)
    return found


def _plain(header: str) -> str:
    """A header without the stars, colons, brackets' remarks and spaces people decorate it with."""
    return re.sub(r"[\s*:]|\(.*?\)|\[.*?\]", "", narrow(header)).casefold()


def _fill_column(
    table: Table, column: Column, header: str | None, rows: list[dict[str, Any]], problems: list[RowProblem]
) -> None:
    """Read one column of every row; the same text is read only once."""
    known: dict[str, Any] = {}
    missing = object()
    for row, values in zip(table.rows, rows, strict=True):
        cell = row.cells.get(header, "") if header is not None else ""
        # A date or a damaged number equals the plain text it shows: only plain text may be remembered.
        if type(cell) is str and (value := known.get(cell, missing)) is not missing:
            values[column.key] = value
            continue
        try:
            values[column.key] = _read_cell(column, cell)
        except Problem as problem:
            problems.append(RowProblem(row.number, column.names[0], problem.detail))
            continue
        if type(cell) is str:
            known[cell] = values[column.key]


def _repeated(column: Column, rows: Sequence[dict[str, Any]]) -> Iterator[RowProblem]:
    """Yield the rows whose value in this column has stood in an earlier row."""
    first: dict[Any, int] = {}
    title = column.names[0]
    for row in rows:
        value, number = row.get(column.key), row["row"]
        if value is not None and (seen := first.setdefault(value, number)) != number:
            sentence = f"{title}{value}在第{seen}行已经有了，请删除重复的一行或改正{title}。"
            yield RowProblem(number, title, sentence)


def _read_cell(column: Column, cell: str) -> Any:
    """The value of one cell; raises the problem with it."""
    if isinstance(cell, LostDigits):
        raise DigitsLost
    if cell:
        return column.parse(unguarded(cell) if type(cell) is str else cell)
    if column.required and not column.may_be_blank:
        raise CellEmpty
    return column.default
