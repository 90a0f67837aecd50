"""Holds the numbers of households, goods or items that titles and sums say against the rows. Pure."""

import re
from collections.abc import Iterator, Sequence

from pointsbank.spreadsheets.blocks import Block
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.problems import RowProblem
from pointsbank.spreadsheets.sums_in_words import stated
from pointsbank.text import narrow

_COUNTED = re.compile(r"(?:共计?|计|合计|总计)?:?([0-9]{1,6})个?([户种样条项]|人次)")
_COUNTED_IN_TITLE = re.compile(r"(?:共[计有]?|合计|总计)([0-9]{1,6})个?([户种样条项]|人次)")

Span = tuple[int, int]
"""Rows of data from the first up to the one behind the last."""


def unequal_counts(
    block: Block, spans: Sequence[Sequence[Span]], counted: int, columns: Sequence[Column]
) -> Iterator[RowProblem]:
    """Yield the numbers of households, goods or items in titles and sums that are not those of the rows."""
    measures = {measure for one in columns for measure in one.counted_in}
    if not measures or block.is_grid:
        return
    rows = len(block.rows)
    known = {rows, counted}
    for row in range(max(block.header.row - 5, 0), block.header.row):
        for cell in block.sheet.rows[row]:
            for found in _COUNTED_IN_TITLE.finditer(re.sub(r"\s", "", narrow(cell[:200]))):
                if found[2] in measures and int(found[1]) not in known:
                    yield _miscounted(block.number(row), found[1], found[2], rows)
    for at, (number, cells) in enumerate(block.sums):
        rows_of = {end - start for start, end in spans[at]}
        for cell in cells:
            counted_here = _COUNTED.fullmatch(
                re.sub(r"\s|^.{0,8}[合小总共]计:?(?=[0-9])", "", narrow(cell[:40]))
            )
            found_here = [(counted_here[1], counted_here[2])] if counted_here else stated(cell)
            for count, measure in found_here:
                if measure in measures and count.isdecimal() and int(count) not in known | rows_of:
                    yield _miscounted(number, count, measure, rows)


def _miscounted(number: int, stated: str, measure: str, rows: int) -> RowProblem:
    sentence = f"写的是{stated}{measure}，读到的是{rows}行。请核对是少了行、多了行，还是这个数没有跟着改。"
    return RowProblem(number, "", sentence)
