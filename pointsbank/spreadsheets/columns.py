"""How rows of text become rows of values, by the columns an import knows; every bad cell is named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pointsbank.collecting import collecting_later
from pointsbank.spreadsheets import passing
from pointsbank.spreadsheets.blocks import Block
from pointsbank.spreadsheets.cells import read_column
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.doubtful import one_for_several
from pointsbank.spreadsheets.finding import Found, find
from pointsbank.spreadsheets.first_rows import ReadRow, first_rows
from pointsbank.spreadsheets.grids import spread
from pointsbank.spreadsheets.headers import plain
from pointsbank.spreadsheets.problems import BadRows, RowProblem, row_in_words
from pointsbank.spreadsheets.sums import unequal_sums
from pointsbank.spreadsheets.table import Table
from pointsbank.spreadsheets.telling import what_was_found
from pointsbank.spreadsheets.totals import unequal_totals

MAXIMUM_PROBLEMS = 200
"""Reading stops here: a file this wrong has one cause, not two hundred."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Values by key, each row with its number under "row"; and what else is known of the table.

    Attributes:
        ignored_columns: headers nobody asked for.
        found: what of the file was read and how, in sentences.
        has: keys of the columns that it has.
        header_row: where its headers are.
        titles: what stands above its headers, and the names of its sheets.
        villages: what stands in a column of its own that names each row's village.
        problems: cells that cannot be read; their rows are not among `rows`.
        first: the first rows as they were understood.
        asked: sums of the table's own that its rows do not add up to; somebody has to look and say so.
    """

    rows: list[dict[str, Any]]
    ignored_columns: list[str]
    found: list[str] = field(default_factory=list)
    has: frozenset[str] = frozenset()
    header_row: int = 1
    titles: list[str] = field(default_factory=list)
    villages: list[str] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    first: list[ReadRow] = field(default_factory=list)
    asked: list[RowProblem] = field(default_factory=list)


@collecting_later()
def parse_rows(table: Table, columns: Sequence[Column], *, collect: bool = False) -> Parsed:
    """Find the table in a file by these columns and read every row of it, or none; a second time it is known.

    Twenty thousand rows take a tenth of a second: who has a table from a file reads its rows before the
    transaction, and the verb that imports it finds them.

    Args:
        collect: bad cells are left to who calls, with their rows left out: a verb that looks across tells
            them together with what it finds itself.

    Raises:
        BadRows: no such table or no rows; without `collect` also a bad cell. Every one is named by row and
            column.
    """
    known = next((parsed for wanted, parsed in table.parsed if wanted is columns), None)
    if known is None:
        known = _parsed(table, columns)
        table.parsed.append((columns, known))
    if known.problems and not collect:
        raise BadRows(known.problems)
    return replace(known, rows=[dict(row) for row in known.rows])


def _parsed(table: Table, columns: Sequence[Column]) -> Parsed:
    """Find the table and read it; raises BadRows where there is none."""
    found = find(table, columns)
    problems: list[RowProblem] = []
    asked: list[RowProblem] = []
    rows: list[dict[str, Any]] = []
    blanks = dict.fromkeys((column.key for column in columns if column.blank_means), 0)
    for block in found.blocks:
        problems += block.problems
        bad: set[int] = set()
        read = _read_block(block, columns, problems, blanks, bad)
        asked += [*unequal_totals(block, columns), *one_for_several(block, columns)]
        if block.is_grid:
            rows += spread(block, columns, read, problems, bad)
        else:
            rows += [row for at, row in enumerate(read) if at not in bad] if bad else read
            problems += _sum_without_word(read, columns)
    asked += unequal_sums(found.blocks, columns)
    for column in columns:
        if column.unique:
            problems += _repeated(column, rows)
    problems = _with_likely_cause(found, problems)
    sentences = what_was_found(found, columns, blanks)
    table.found[:] = sentences
    if not rows and not problems:
        first = found.blocks[0]
        number = first.number(first.header.below)
        raise BadRows([RowProblem(number, "", "表头下面没有数据，请填写后重新上传。")])
    header = found.blocks[0].number(found.blocks[0].header.row)
    has = frozenset(key for block in found.blocks for key in block.places)
    some, shown = problems[:MAXIMUM_PROBLEMS], first_rows(found.blocks, columns, rows)
    ignored, titles = _ignored(found, columns), _titles(found)
    some_asked, places = asked[:MAXIMUM_PROBLEMS], _villages(found)
    return Parsed(rows, ignored, sentences, has, header, titles, places, some, shown, some_asked)


def _titles(found: Found) -> list[str]:
    """Return the lines above the headers of each table, and the names of the sheets."""
    texts: dict[str, None] = {}
    for block in found.blocks:
        above = block.sheet.rows[: block.header.row][-_LINES_ABOVE:]
        texts |= dict.fromkeys([block.sheet.name, *(cell for row in above for cell in row)])
    return [text for text in texts if text and len(text) <= _LONGEST_TITLE]


def _villages(found: Found) -> list[str]:
    """Return, each once, what columns say that nobody asked for and that name the village of a row."""
    return [
        *dict.fromkeys(
            cells[place]
            for block in found.blocks
            for place, header in block.others.items()
            if _OF_A_VILLAGE.fullmatch(plain(header))
            for _, cells in block.rows
            if place < len(cells) and cells[place]
        )
    ]


_OF_A_VILLAGE = re.compile("(?:所属|所在)?行政村(?:名称?)?|所属村|村名称?|村|村委会")


_LINES_ABOVE, _LONGEST_TITLE = 5, 60


def _with_likely_cause(found: Found, problems: Sequence[RowProblem]) -> list[RowProblem]:
    """Return the problems; where their row is probably no data at all, they say so."""
    wrong = {problem.row for problem in problems}
    odd = {
        number
        for block in found.blocks
        for number, cells in block.rows
        if number in wrong and passing.is_odd(next(filter(None, cells), ""))
    }
    return [
        replace(one, sentence=f"{one.sentence}这一行看来是签字，不是数据就请删去。")
        if one.row in odd
        else one
        for one in problems
    ]


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
    block: Block,
    columns: Sequence[Column],
    problems: list[RowProblem],
    blanks: dict[str, int],
    bad: set[int],
) -> list[dict[str, Any]]:
    """Read every column of every row of one table."""
    wanted = [column for column in columns if not (block.is_grid and column.in_grid)]
    values = [read_column(block, column, problems, blanks, bad) for column in wanted]
    keys = ["row", *(column.key for column in wanted)]
    numbers = [number for number, _ in block.rows]
    return [dict(zip(keys, row, strict=True)) for row in zip(numbers, *values, strict=True)]


def _sum_without_word(rows: Sequence[dict[str, Any]], columns: Sequence[Column]) -> Iterator[RowProblem]:
    """Yield the last row if two of its amounts or more are the sums of all above, though nothing says so."""
    if len(rows) < _FEWEST_SUMMED:
        return
    *above, last = rows
    sums = 0
    for key in (column.key for column in columns if column.is_amount):
        amount = last[key]
        if isinstance(amount, int) and amount > 0:
            if amount != sum(row[key] or 0 for row in above):
                return
            sums += 1
    if sums > 1:
        sentence = "这一行的各个数正好是上面各行的合计，像是合计行，请删去这一行。"
        yield RowProblem(last["row"], "", sentence)


_FEWEST_SUMMED = 4
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
"""A code that Excel takes for a number: 1.10 becomes 1.1."""


def _repeated(column: Column, rows: Sequence[dict[str, Any]]) -> Iterator[RowProblem]:
    """Yield the rows whose value in this column has stood in an earlier row."""
    first: dict[Any, int] = {}
    title = column.title
    for row in rows:
        value, number = row.get(column.key), row["row"]
        if value is not None and (seen := first.setdefault(value, number)) is not number:
            sentence = f"{title}{value}在{row_in_words(seen)}已经有了，请删除重复的一行或改正{title}。"
            if _DECIMAL.fullmatch(str(value)):
                sentence += (
                    f"原来如果是{value}0，是 Excel 去掉了末尾的0，请把这一列设为“文本”格式，填回原来的。"
                )
            yield RowProblem(number, title, sentence)
