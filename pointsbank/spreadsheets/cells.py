"""Reads one column of a table: each different text once, blank cells by what stands elsewhere."""

from collections.abc import Sequence
from typing import Any

from pointsbank.errors import Invalid, Problem
from pointsbank.spreadsheets.blocks import Block
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.problems import RowProblem
from pointsbank.spreadsheets.said_in_cells import is_ditto, is_nothing
from pointsbank.spreadsheets.table import NO_RESULT, FailedFormula, LostDigits
from pointsbank.spreadsheets.writing import unguarded


class CellEmpty(Invalid):
    """A cell that must be filled is empty."""

    code = "cell_empty"
    sentence = "不能为空，请填写。"


class DigitsLost(Invalid):
    """A long number was typed as a number, and its last digits are gone."""

    code = "digits_lost"
    sentence = "数字太长，Excel 已丢掉末尾几位，请把这一列设为“文本”格式后重新输入。"


class FormulaFailed(Invalid):
    """A formula shows an error, or nobody has ever worked it out."""

    code = "formula_failed"
    sentence = "{reason}"


class DittoMark(Invalid):
    """A cell says that it is as the one above: whoever sorts the table has it mean another one."""

    code = "ditto_mark"
    sentence = "“{mark}”请写全：表格排过序以后，上面一行就不是原来的那一行了。"


class AmountMerged(Invalid):
    """An amount stands in a merged cell: it may be meant for each row or for all of them."""

    code = "amount_merged"
    sentence = "这里是合并单元格，看不出是每行各这么多还是合起来这么多，请取消合并，每行各填各的。"


def read_column(
    block: Block, column: Column, problems: list[RowProblem], blanks: dict[str, int], bad: set[int]
) -> list[Any]:
    """Return the values of one column in every row of a table; None where a cell cannot be read.

    Args:
        problems: what is wrong is added here.
        blanks: how many cells are blank is added here, by the column's key, where a blank means something.
        bad: the places of rows with a wrong cell are added here.
    """
    place = block.places.get(column.key)
    headings = block.headings.get(column.key)
    if place is None and headings is None and not column.is_needed:
        return [column.default] * len(block.rows)
    cells = _cells(block, place)
    is_filled = bool(headings) or (place is not None and any(at == place for _, at in block.filled))
    # A date or a damaged number equals the plain text it shows: only plain text is known again by it.
    if not is_filled and set(map(type, cells)) <= {str}:
        if column.blank_means:
            blanks[column.key] += cells.count("")
        return _read_plain(block, column, cells, problems, bad)
    values: list[Any] = []
    for at, ((number, _), cell) in enumerate(zip(block.rows, cells, strict=True)):
        try:
            if not cell and is_filled:
                cell = _from_elsewhere(block, column, int(number) - 1, place)
            values.append(read_cell(column, cell))
        except Problem as problem:
            problems.append(RowProblem(number, column.title, problem.detail))
            bad.add(at)
            values.append(None)
        else:
            if not cell and column.blank_means:
                blanks[column.key] += 1
    return values


def _cells(block: Block, place: int | None) -> list[str]:
    if place is None:
        return [""] * len(block.rows)
    return [cells[place] if place < len(cells) else "" for _, cells in block.rows]


def _read_plain(
    block: Block, column: Column, cells: Sequence[str], problems: list[RowProblem], bad: set[int]
) -> list[Any]:
    """Read a column of plain text: of a hundred thousand cells few are different."""
    known: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for cell in dict.fromkeys(cells):
        try:
            known[cell] = read_cell(column, cell)
        except Problem as problem:
            known[cell], wrong[cell] = None, problem.detail
    if wrong:
        for at, ((number, _), cell) in enumerate(zip(block.rows, cells, strict=True)):
            if cell in wrong:
                problems.append(RowProblem(number, column.title, wrong[cell]))
                bad.add(at)
    return list(map(known.__getitem__, cells))


def _from_elsewhere(block: Block, column: Column, row: int, place: int | None) -> str:
    """Return what a merged cell or a heading says for a blank cell; raises AmountMerged."""
    if place is not None and (text := block.filled.get((row, place), "")):
        if column.is_amount:
            raise AmountMerged
        return text
    return block.headings.get(column.key, {}).get(row, "")


def read_cell(column: Column, cell: str) -> Any:
    """Return the value of one cell.

    Raises:
        DigitsLost, FormulaFailed, DittoMark, CellEmpty: and those of the column's reader.
    """
    if isinstance(cell, LostDigits):
        raise DigitsLost
    if isinstance(cell, FailedFormula):
        raise _failed(cell)
    if is_ditto(cell):
        raise DittoMark(mark=cell)
    if cell and not (column.may_say_nothing and is_nothing(cell)):
        return column.parse(unguarded(cell) if type(cell) is str else cell)
    if column.required and not column.may_be_blank:
        raise CellEmpty
    return column.default


def _failed(cell: FailedFormula) -> FormulaFailed:
    """Return what is wrong with a formula, and what to do."""
    if cell == NO_RESULT:
        reason = "这一格是公式，文件里没有它的结果。请用 Excel 或 WPS 打开、保存一次再上传，或直接填写结果。"
    else:
        reason = f"这一格的公式出错了（{cell}）。请改好公式，或直接填写结果。"
    return FormulaFailed(reason=reason)
