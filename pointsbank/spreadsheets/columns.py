"""How rows of text become rows of values, by the columns an import knows; every bad cell is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pointsbank.errors import Invalid, Problem
from pointsbank.spreadsheets.blocks import Block
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.finding import Found, find, letters
from pointsbank.spreadsheets.problems import BadRows, RowProblem, row_in_words
from pointsbank.spreadsheets.table import NO_RESULT, FailedFormula, LostDigits, Table
from pointsbank.spreadsheets.telling import what_was_found
from pointsbank.spreadsheets.writing import unguarded


class CellEmpty(Invalid):
    """A cell that must be filled is empty."""

    code = "cell_empty"
    sentence = "不能为空，请填写。"


class DigitsLost(Invalid):
    """A long number was typed as a number, and its last digits are gone."""

    code = "digits_lost"
    sentence = "数字太长，Excel已丢掉末尾几位，请把这一列设为“文本”格式后重新输入。"


class FormulaFailed(Invalid):
    """A formula shows an error, or nobody has ever worked it out."""

    code = "formula_failed"
    sentence = "{reason}"


class AmountMerged(Invalid):
    """An amount stands in a merged cell: it may be meant for each row or for all of them."""

    code = "amount_merged"
    sentence = "这里是合并单元格，看不出是每行各这么多还是合起来这么多，请取消合并，每行各填各的。"


MAXIMUM_PROBLEMS = 200
"""Reading stops here: a file this wrong has one cause, not two hundred."""

_NOTHING = {"0", "0.0", "/", "-", "—", "——", "无"}
_DONE = {"√", "✓", "✔", "☑", "是"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """Values by key, each row with its number under "row"; and what else is known of the table.

    Attributes:
        ignored_columns: headers nobody asked for.
        found: what of the file was read and how, in sentences.
        has: keys of the columns that it has.
        header_row: where its headers are.
    """

    rows: list[dict[str, Any]]
    ignored_columns: list[str]
    found: list[str] = field(default_factory=list)
    has: frozenset[str] = frozenset()
    header_row: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or with `dry_run` would do: rows that were new, changed something or nothing.

    `found` says in sentences what of the file was read, and how; `warnings` what should be looked at.
    """

    added: int
    changed: int = 0
    unchanged: int
    ignored_columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)


def notes_of(result: Imported) -> list[str]:
    """Return what people are told of an import beside its counts: what was found, what was left, warnings."""
    ignored = [f"没有用到的列：{'、'.join(result.ignored_columns)}。"] if result.ignored_columns else []
    return [*result.found, *ignored, *map(str, result.warnings)]


def parse_rows(table: Table, columns: Sequence[Column]) -> Parsed:
    """Find the table in a file by these columns and read every row of it, or none; a second time it is known.

    Twenty thousand rows take half a second: who has a table from a file reads its rows before the
    transaction, and the verb that imports it finds them.

    Raises:
        BadRows: a bad cell, a missing column or no rows; every one is named by row and column.
    """
    for known_columns, known in table.parsed:
        if known_columns is columns:
            return _copied(known)
    found = find(table, columns)
    problems: list[RowProblem] = []
    rows: list[dict[str, Any]] = []
    blanks = dict.fromkeys((column.key for column in columns if column.blank_means), 0)
    for block in found.blocks:
        problems += block.problems
        read = _read_block(block, columns, problems, blanks)
        rows += _spread(block, columns, read, problems) if block.is_grid else read
    for column in columns:
        if column.unique:
            problems += _repeated(column, rows)
    if problems:
        raise BadRows(problems[:MAXIMUM_PROBLEMS])
    if not rows:
        first = found.blocks[0]
        number = first.number(first.header.below)
        raise BadRows([RowProblem(number, "", "表头下面没有数据，请填写后重新上传。")])
    sentences = what_was_found(found, columns, blanks)
    header = found.blocks[0].number(found.blocks[0].header.row)
    has = frozenset(key for block in found.blocks for key in block.places)
    parsed = Parsed(rows, _ignored(found, columns), sentences, has, header)
    table.parsed.append((columns, parsed))
    return _copied(parsed)


def _copied(parsed: Parsed) -> Parsed:
    return replace(parsed, rows=[dict(row) for row in parsed.rows])


def _ignored(found: Found, columns: Sequence[Column]) -> list[str]:
    """Return the headers of columns that were not read, and the places of those that have none."""
    names: dict[str, None] = {}
    looked_at = {column.key for column in columns if column.looked_at}
    for block in found.blocks:
        places = {} if block.is_grid else dict(block.others)
        places |= {
            block.places[key]: block.header.texts[block.places[key]]
            for key in looked_at & block.places.keys()
        }
        names |= dict.fromkeys(" ".join(places[place].split()) for place in sorted(places))
        names |= dict.fromkeys(f"（第{place + 1}列，无表头）" for place in sorted(_stray(block)))
    return list(names)


def _stray(block: Block) -> set[int]:
    """Return the places without a header in which some row has something."""
    known = block.header.texts.keys()
    return {
        place
        for _, cells in block.rows
        if len(cells) > len(known)
        for place, cell in enumerate(cells)
        if cell and place not in known
    }


def _read_block(
    block: Block, columns: Sequence[Column], problems: list[RowProblem], blanks: dict[str, int]
) -> list[dict[str, Any]]:
    """Read every column of every row of one table."""
    rows: list[dict[str, Any]] = [{"row": number} for number, _ in block.rows]
    for column in columns:
        if not (block.is_grid and column.in_grid):
            _fill_column(block, column, rows, problems, blanks)
    return rows


def _fill_column(
    block: Block,
    column: Column,
    rows: list[dict[str, Any]],
    problems: list[RowProblem],
    blanks: dict[str, int],
) -> None:
    """Read one column of every row; the same text is read only once."""
    place = block.places.get(column.key)
    if place is None and column.key not in block.headings and not column.is_needed:
        for values in rows:
            values[column.key] = column.default
        return
    elsewhere = block.filled or block.headings.get(column.key)
    known: dict[str, Any] = {}
    missing = object()
    for (number, cells), values in zip(block.rows, rows, strict=True):
        cell = cells[place] if place is not None and place < len(cells) else ""
        try:
            if not cell and elsewhere:
                cell = _from_elsewhere(block, column, int(number) - 1, place)
            # A date or a damaged number equals the plain text it shows: only plain text may be remembered.
            if type(cell) is str and (value := known.get(cell, missing)) is not missing:
                values[column.key] = value
            else:
                values[column.key] = _read_cell(column, cell)
        except Problem as problem:
            problems.append(RowProblem(number, column.title, problem.detail))
            continue
        if not cell and column.blank_means:
            blanks[column.key] += 1
        if type(cell) is str:
            known[cell] = values[column.key]


def _from_elsewhere(block: Block, column: Column, row: int, place: int | None) -> str:
    """Return what a merged cell or a heading says for a blank cell; raises AmountMerged."""
    if place is not None and (text := block.filled.get((row, place), "")):
        if column.is_amount:
            raise AmountMerged
        return text
    return block.headings.get(column.key, {}).get(row, "")


def _repeated(column: Column, rows: Sequence[dict[str, Any]]) -> Iterator[RowProblem]:
    """Yield the rows whose value in this column has stood in an earlier row."""
    first: dict[Any, int] = {}
    title = column.title
    for row in rows:
        value, number = row.get(column.key), row["row"]
        if value is not None and (seen := first.setdefault(value, number)) is not number:
            sentence = f"{title}{value}在{row_in_words(seen)}已经有了，请删除重复的一行或改正{title}。"
            yield RowProblem(number, title, sentence)


def _read_cell(column: Column, cell: str) -> Any:
    """The value of one cell; raises the problem with it."""
    if isinstance(cell, LostDigits):
        raise DigitsLost
    if isinstance(cell, FailedFormula):
        raise _failed(cell)
    if cell:
        return column.parse(unguarded(cell) if type(cell) is str else cell)
    if column.required and not column.may_be_blank:
        raise CellEmpty
    return column.default


def _failed(cell: FailedFormula) -> FormulaFailed:
    """Return what is wrong with a formula, and what to do."""
    if cell == NO_RESULT:
        reason = "这一格是公式，文件里没有它的结果。请用Excel或WPS打开、保存一次再上传，或直接填写结果。"
    else:
        reason = f"这一格的公式出错了（{cell}）。请改好公式，或直接填写结果。"
    return FormulaFailed(reason=reason)


def _spread(
    block: Block, columns: Sequence[Column], read: Sequence[dict[str, Any]], problems: list[RowProblem]
) -> Iterator[dict[str, Any]]:
    """Yield a row for each filled cell of a grid: the header of its column is what the row is about."""
    header = next(column for column in columns if column.in_grid == "header")
    amount = next(column for column in columns if column.in_grid == "cell")
    named: dict[int, Any] = {}
    for place, text in block.others.items():
        try:
            about = header.parse(text)
            twice = next((letters(other) for other, known in named.items() if known == about), None)
            if twice:
                sentence = f"{twice}列和{letters(place)}列都是它，像是按月或按季度分开的，请一期一张表导入。"
                problems.append(RowProblem(block.number(block.header.row), text[:30], sentence))
            named[place] = about
        except Problem as problem:
            problems.append(RowProblem(block.number(block.header.row), text[:30], problem.detail))
    for (number, cells), values in zip(block.rows, read, strict=True):
        for place, about in named.items():
            cell = cells[place] if place < len(cells) else ""
            if not cell or cell in _NOTHING:
                continue
            try:
                value = amount.default if cell in _DONE else _read_cell(amount, cell)
            except Problem as problem:
                where = f"{block.others[place][:30]}（{letters(place)}列）"
                problems.append(RowProblem(number, where, problem.detail))
            else:
                yield {**values, header.key: about, amount.key: value}
