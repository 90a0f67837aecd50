"""Tables of one row a participant and one column an item: each filled cell becomes a row of its own."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from pointsbank.errors import Problem
from pointsbank.spreadsheets.blocks import Block
from pointsbank.spreadsheets.cells import AmountMerged, read_cell
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.headers import remarks
from pointsbank.spreadsheets.places import letters
from pointsbank.spreadsheets.problems import RowProblem
from pointsbank.text import narrow

# 3小时, 2次; not 5分, which are points.
_MEASURED = re.compile(r"[0-9][0-9.]*\s*(?!积?分)[\u4e00-\u9fff]{1,4}")
_NOTHING = {"0", "0.0", "/", "-", "—", "——", "无"}
_DONE = {"√", "✓", "✔", "☑", "是"}


def spread(
    block: Block,
    columns: Sequence[Column],
    read: Sequence[dict[str, Any]],
    problems: list[RowProblem],
    bad: Collection[int],
) -> Iterator[dict[str, Any]]:
    """Yield a row for each filled cell of a grid: the header of its column is what the row is about.

    Args:
        read: what the other columns say of each row.
        bad: places of rows of which something is wrong already; their amounts are looked at, and not yielded.
    """
    header = next(column for column in columns if column.in_grid == "header")
    amount = next(column for column in columns if column.in_grid == "cell")
    measure = next((column for column in columns if column.is_measure), None)
    named = _named(block, columns, header, problems)
    for place in sorted({place for _, place in block.filled if place in named}):
        where = f"{block.others[place][:30]}（{letters(place)}列）"
        problems.append(RowProblem(block.number(block.header.below), where, AmountMerged().detail))
    # Of a hundred thousand cells few are different; a date or a damaged number is no plain text.
    known: dict[str, dict[str, Any] | str] = {}
    for at, ((number, cells), values) in enumerate(zip(block.rows, read, strict=True)):
        for place, (about, more) in named.items():
            cell = cells[place] if place < len(cells) else ""
            if not cell or cell in _NOTHING:
                continue
            is_plain = type(cell) is str
            if is_plain and cell in known:
                read_as = known[cell]
            else:
                read_as = _read_amount(cell, amount, measure)
                if is_plain:
                    known[cell] = read_as
            if isinstance(read_as, str):
                where = f"{block.others[place][:30]}（{letters(place)}列）"
                problems.append(RowProblem(number, where, read_as))
            elif at not in bad:
                yield {**values, header.key: about, **read_as, **more}


def _read_amount(cell: str, amount: Column, measure: Column | None) -> dict[str, Any] | str:
    """Return what a cell under an item says, by the columns' keys; or in words why it cannot be read."""
    try:
        if measure is not None and _MEASURED.fullmatch(narrow(cell)):
            return {amount.key: None, measure.key: read_cell(measure, cell)}
        return {amount.key: amount.default if cell in _DONE else read_cell(amount, cell)}
    except Problem as problem:
        return problem.detail


def _named(
    block: Block, columns: Sequence[Column], header: Column, problems: list[RowProblem]
) -> dict[int, tuple[Any, dict[str, Any]]]:
    """Return what each column is about, and what else its two headers say of it, such as its month."""
    heading = [column for column in columns if column.heading and column.key not in block.places]
    named: dict[int, tuple[Any, dict[str, Any]]] = {}
    for place, text in block.others.items():
        above = block.header.above.get(place, "")
        more, rest = _more(heading, text, above)
        number = block.number(block.header.row)
        if why := _not_amounts(text, above, more):
            problems.append(RowProblem(number, text[:30], why))
            continue
        try:
            if not rest:
                sentence = f"{letters(place)}列只写了月份，没有写是哪个条目，请在上面或下面一行写上条目。"
                problems.append(RowProblem(number, text[:30], sentence))
                continue
            about = header.parse(rest)
            twice = next((letters(other) for other, known in named.items() if known == (about, more)), None)
            if twice:
                sentence = (
                    f"{twice}列和{letters(place)}列都是它。按月或按季度分开的，请在条目上面一行写明几月。"
                )
                problems.append(RowProblem(number, text[:30], sentence))
            named[place] = about, more
        except Problem as problem:
            problems.append(RowProblem(number, text[:30], problem.detail))
    return named


def _not_amounts(text: str, above: str, more: dict[str, Any]) -> str:
    """Return what is wrong with a column that counts something else than points, or of nobody knows when."""
    if any(_COUNTED.fullmatch(remark) for remark in remarks(text)):
        return (
            f"“{text[:30]}”下面像是次数或时间，不是分值。请删去括号和其中的字，每格写明单位，例如“3小时”；"
            "或者改成一行一件，填“数量”。"
        )
    if above != text and not more and _TIME.search(above) and len(above) < _LONGEST_TIME:
        return f"上面一行的“{above}”看不出是哪天或哪个月，请写明月份或季度，例如第三季度、上半年。"
    return ""


_COUNTED = re.compile("次数?|人次|小时|时长|天数?|人数|[0-9]?小时")
_TIME = re.compile("[0-9一二三四五六七八九十上下本当][年月季周旬期]|[周旬]$|[0-9][日号]|年度")
_LONGEST_TIME = 12


def _more(heading: Sequence[Column], text: str, above: str) -> tuple[dict[str, Any], str]:
    """Return what one of two headers says of a column, such as its month, and the other."""
    for column in heading:
        assert column.heading is not None
        if value := column.heading(above):
            return {column.key: column.parse(value)}, text
        for remark in remarks(text):
            if value := column.heading(remark):
                return {column.key: column.parse(value)}, text
        if value := column.heading(text):
            return {column.key: column.parse(value)}, "" if above == text else above
    return {}, text
