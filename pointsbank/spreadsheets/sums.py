"""Holds a table's own sums, 合计 and 小计 and 共12户, against the rows that were taken. Pure.

Who adds up has counted. Where the sum and the rows differ, a row was lost, read twice or changed since, and
nobody but who made the table can say which: it is asked about, and nothing is written.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from operator import mul

from pointsbank.errors import Problem
from pointsbank.points import Points, show
from pointsbank.spreadsheets.blocks import Block, filled_cells
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.counts import Span, unequal_counts
from pointsbank.spreadsheets.parsers import signed_points
from pointsbank.spreadsheets.problems import RowProblem, row_in_words
from pointsbank.spreadsheets.sums_in_words import stated
from pointsbank.spreadsheets.table import DateText, FailedFormula
from pointsbank.text import narrow

# A mean is no sum, and what was piled up may go back behind the table.
_NO_SUM = re.compile("平均|均|累计|最[高多低少]|排名|名次")
_SUM_WORD = re.compile("[合总共小]计|总和|汇总|总[数量额分]|sum|total", re.IGNORECASE)
_MEASURED = re.compile(r"(?:共|计)?([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)[^0-9.,/×xX*+~～-]{0,3}")

_NOTHING = {"", "/", "-", "—", "——", "无"}


@lru_cache(maxsize=4096)
def figure(cell: str) -> int | None:
    """Return the hundredths that a cell says; 0 where it is blank, None where it says no single number.

    Example:
        >>> figure("20人"), figure("扣3分"), figure(""), figure("3箱×12")
        (2000, -300, 0, None)
    """
    tidy = re.sub(r"\s", "", narrow(cell))
    if tidy in _NOTHING:
        return 0
    try:
        return int(signed_points(tidy)[1])
    except Problem:
        found = _MEASURED.fullmatch(tidy)
    try:
        return int(signed_points(found[1])[1]) if found else None
    except Problem:
        return None


def figures(block: Block, place: int) -> list[int] | None:
    """Return what each row says in a column; None where some cell says no number, or was merged."""
    if place not in block.numbers:
        block.numbers[place] = _figures(block, place)
    return block.numbers[place]


def _figures(block: Block, place: int) -> list[int] | None:
    if any(at == place for _, at in block.filled):
        return None
    found = []
    for _, cells in block.rows:
        cell = cells[place] if place < len(cells) else ""
        number = None if isinstance(cell, (DateText, FailedFormula)) else figure(cell)
        if number is None:
            return None
        found.append(number)
    return found


def is_no_sum(words: str) -> bool:
    """Return whether words name a mean, a highest, a place in a ranking, or what was piled up before.

    Example:
        >>> is_no_sum("户均"), is_no_sum("累计"), is_no_sum("合计")
        (True, True, False)
    """
    return _NO_SUM.search(words) is not None


@dataclass(frozen=True, slots=True)
class SumProblem(RowProblem):
    """A sum of a column (key) that its rows do not add up to: whoever knows more of the rows may see why.

    Attributes:
        stated: what the sum says, in hundredths.
        rows: numbers of the table's rows.
        spans: which of them the sum may be of.
    """

    key: str
    stated: int
    rows: Sequence[int] = field(repr=False)
    spans: Sequence[Span]

    def agrees(self, amounts: Mapping[str, int]) -> bool:
        """Return whether the sum is that of other amounts than were written, by the row in words.

        A row that has none is not known, and nothing agrees with it.
        """
        known = [amounts.get(row_in_words(row)) for row in self.rows]
        spans = [known[start:end] for start, end in dict.fromkeys(self.spans)]
        return any(None not in some and sum(filter(None, some)) == self.stated for some in spans)


def unequal_still(asked: Sequence[RowProblem], key: str, rows: Iterable[tuple[int, int]]) -> list[RowProblem]:
    """Return what is asked about, without the sums of a column (key) that agree with what it means.

    People write 3 beside 乱倒垃圾, as what is taken away, and take it away in the sum below.

    Args:
        rows: number and hundredths of each row, with a minus where the scheme deducts.
    """
    if not any(isinstance(one, SumProblem) for one in asked):
        return list(asked)
    amounts = {row_in_words(row): amount for row, amount in rows}
    return [
        one for one in asked if not (isinstance(one, SumProblem) and one.key == key and one.agrees(amounts))
    ]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A row of sums: how many rows of data stand above it, and what it is called."""

    at: int
    label: str


def unequal_sums(blocks: Sequence[Block], columns: Sequence[Column]) -> Iterator[RowProblem]:
    """Yield what rows of sums and titles say that does not agree with the rows that were taken.

    A sum may be of the rows since the sum before, since the last of its name, of all above, of all below up
    to the next one, of the table, or of all tables of the file; with signs or without.
    """
    whole: dict[str, int] = {}
    # Most tables have no sums: nothing of them need be added up.
    for block in blocks if any(block.sums for block in blocks) else ():
        for key, place in amounts_of(block, columns).items():
            some = figures(block, place)
            whole[key] = whole.get(key, 0) + sum(some or ())
    counted = sum(len(block.rows) for block in blocks)
    for block in blocks:
        above = sorted(int(number) for number, _ in block.rows)
        sums = [_Sum(bisect_left(above, int(number)), _label(cells)) for number, cells in block.sums]
        spans = list(_spans(sums, len(block.rows)))
        for key, place in amounts_of(block, columns).items():
            yield from _unequal_in(block, sums, spans, place, key, whole.get(key, 0), columns)
        yield from _unequal_in_words(block, sums, spans, whole, columns)
        yield from unequal_counts(block, spans, counted, columns)


def amounts_of(block: Block, columns: Sequence[Column]) -> dict[str, int]:
    """Return the places of amounts, by the column's key; of a grid by the header of each item."""
    if block.is_grid:
        return {f"{block.header.above.get(place, '')} {text}": place for place, text in block.others.items()}
    return {one.key: block.places[one.key] for one in columns if one.is_amount and one.key in block.places}


_LONGEST_LABEL = 10


def _label(cells: Sequence[str]) -> str:
    found = next((match for cell in cells if (match := _SUM_WORD.search(narrow(cell)))), None)
    return found[0] if found else next(filter(None, cells), "")[:_LONGEST_LABEL]


def _spans(sums: Sequence[_Sum], rows: int) -> Iterator[list[Span]]:
    """Yield for each sum the rows that it may be of, the likeliest first."""
    last, of_name = 0, dict[str, int]()
    following = [*(one.at for one in sums[1:]), rows]
    for own, end in zip(sums, following, strict=False):
        yield [(last, own.at), (of_name.get(own.label, 0), own.at), (0, own.at), (own.at, end), (0, rows)]
        last = of_name[own.label] = own.at


def _unequal_in(
    block: Block,
    sums: Sequence[_Sum],
    spans: Sequence[Sequence[Span]],
    place: int,
    key: str,
    whole: int,
    columns: Sequence[Column],
) -> Iterator[RowProblem]:
    """Yield the sums of one column that no span of its rows adds up to."""
    running: list[list[int]] = []
    rows = [row for row, _ in block.rows]
    for at, (number, cells) in enumerate(block.sums):
        written = cells[place] if place < len(cells) else ""
        if not written or isinstance(written, FailedFormula) or is_no_sum("".join(filled_cells(cells)[:3])):
            continue
        if (stated := figure(written)) is None:
            continue
        if not running:
            if (some := figures(block, place)) is None:
                return
            running = _running(some, _multiplied(block, key, place, columns))
        sums_of = [found for span in spans[at] for found in _sums_of(running, span)]
        if stated in sums_of or abs(stated) in (abs(whole), *map(abs, sums_of)):
            continue
        nearest = min(dict.fromkeys(sums_of), key=lambda found: abs(found - stated))
        title = block.header.texts.get(place, "")[:30]
        sentence = _differs(sums[at].label, written, nearest)
        yield SumProblem(number, title, sentence, key, stated, rows, spans[at])


def _unequal_in_words(
    block: Block,
    sums: Sequence[_Sum],
    spans: Sequence[Sequence[Span]],
    whole: Mapping[str, int],
    columns: Sequence[Column],
) -> Iterator[RowProblem]:
    """Yield the sums in one cell, 合计：285.5分, that no column adds up to; of a grid all together."""
    counts = {measure for one in columns for measure in one.counted_in}
    places = amounts_of(block, columns)
    known = {key: _running(some, []) for key, at in places.items() if (some := figures(block, at))}
    for at, (number, cells) in enumerate(block.sums):
        for one in (one for cell in cells for one in stated(cell) if one.unit not in counts):
            totals = _totals(known, spans[at], whole, together=block.is_grid)
            amount = figure(one.figure)
            if amount is None or not totals:
                continue
            total, key = min(totals, key=lambda found: abs(abs(found[0]) - abs(amount)))
            if abs(total) != abs(amount):
                sentence, rows = _differs(sums[at].label, one.figure, total), [row for row, _ in block.rows]
                yield SumProblem(number, "", sentence, key, amount, rows, spans[at])


def _totals(
    known: Mapping[str, list[list[int]]], spans: Sequence[Span], whole: Mapping[str, int], *, together: bool
) -> list[tuple[int, str]]:
    """Return what a sum in one cell may be of, with the column's key: of one column, or of all together."""
    found = [(total, key) for key in known for span in spans for total in _sums_of(known[key], span)]
    found += [(whole[key], key) for key in known]
    if not together or not known:
        return found
    each = [
        list(map(sum, zip(*(_sums_of(one, span) for one in known.values()), strict=True))) for span in spans
    ]
    return [*((total, "") for some in each for total in some), (sum(whole.values()), "")]


def _differs(label: str, written: str, reckoned: int) -> str:
    return (
        f"{label}写的是{written[:20]}，读到的各行加起来是{show(Points(reckoned))}。"
        "请核对是少了行、多了行、数改过，还是这个数没有跟着改。"
    )


def _running(some: Sequence[int], others: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return running totals of what is above nothing, of what is below, and of price by pieces.

    A table may have as many sums as rows: each is the difference of two of these.
    """
    signs = [[max(one, 0) for one in some], [min(one, 0) for one in some]]
    products = [list(map(mul, some, other)) for other in others]
    return [[0, *accumulate(each)] for each in (*signs, *products)]


def _sums_of(running: Sequence[Sequence[int]], span: Span) -> list[int]:
    """Return what a span of rows may add up to: signed, without signs, one sign alone, price by pieces."""
    plus, minus, *products = (one[span[1]] - one[span[0]] for one in running)
    return [plus + minus, plus - minus, plus, minus, *(one // 100 for one in products)]


def _multiplied(block: Block, key: str, place: int, columns: Sequence[Column]) -> list[list[int]]:
    """Return the other amounts of a table: a total of prices may be of price by pieces."""
    if block.is_grid:
        return []
    rest = (one for name, one in amounts_of(block, columns).items() if name != key and one != place)
    return [found for one in rest if (found := figures(block, one)) is not None]
