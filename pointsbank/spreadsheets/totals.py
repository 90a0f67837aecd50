"""Holds a column that totals others against these, row by row: 总分 by its items, 人口 by 男 and 女. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import add, sub

from pointsbank.points import Points, show
from pointsbank.spreadsheets.blocks import Block
from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.problems import RowProblem
from pointsbank.spreadsheets.sums import amounts_of, figures, is_no_sum
from pointsbank.text import narrow


def unequal_totals(block: Block, columns: Sequence[Column]) -> Iterator[RowProblem]:
    """Yield columns that total others, where rows do not agree: 总分 beside its items, 人口 beside 男 and 女.

    What a column beside no items totals is known by its rows: it totals what nearly all of them say.
    """
    totals = {
        place: text
        for place, text in block.header.texts.items()
        if place not in block.header.matches and is_total(text)
    }
    if block.is_grid:
        steps = _Steps()
        for place, text in totals.items():
            yield from _unequal_in_grid(block, place, text, steps)
        return
    amounts = amounts_of(block, columns)
    for place, text in totals.items():
        # Beside a list of deeds 总积分 is what the household has, not what the row is worth.
        if _ADDED_UP.search(narrow(text)):
            known = _combined(list(amounts.values()))
            yield from _mostly_equal(block, place, text, known, _NEARLY_ALL)
    for column in columns:
        if column.key in amounts and column.parts:
            place = amounts[column.key]
            yield from _mostly_equal(block, place, block.header.texts[place], _parts(block, column), _HALF)


def is_total(header: str) -> bool:
    """Return whether a header says that its column is the sum of others.

    Example:
        >>> is_total("总分"), is_total("本月合计"), is_total("累计积分"), is_total("平均分")
        (True, True, False, False)
    """
    tidy = re.sub(r"\s|\(.*?\)", "", narrow(header))
    return bool(_TOTAL.fullmatch(tidy)) and not is_no_sum(tidy)


_TOTAL = re.compile(r".{0,6}[合小总共]计.{0,3}|总[得评]?分|总积分|得分|总得分|总[数量额]")

_ADDED_UP = re.compile("[合小总共]计")

_Reckoned = Callable[[Sequence[int]], int]
_Terms = tuple[tuple[int, ...], _Reckoned]
_NEARLY_ALL, _HALF = 5, 2
"""Of so many rows one may be wrong, or the column is no total of what it was held against."""


def _combined(places: Sequence[int]) -> list[_Terms]:
    """Return what a total beside amounts may be: one of them, two together, their difference or product."""
    found: list[_Terms] = []
    for one in places:
        for two in places:
            if one < two:
                found.append(((one, two), lambda row: row[0] + row[1]))
                found.append(((one, two), lambda row: abs(row[0]) - abs(row[1])))
                found.append(((one, two), lambda row: row[0] * row[1] // 100))
    return found


def _parts(block: Block, column: Column) -> list[_Terms]:
    """Return the columns that one of ours is made of, as far as they stand beside it."""
    named = {re.sub(r"\s|\(.*?\)", "", narrow(text)): place for place, text in block.others.items()}
    found: list[_Terms] = []
    for more, less in column.parts:
        plus = [place for text, place in named.items() if more.fullmatch(text)]
        minus = [place for text, place in named.items() if less and less.fullmatch(text)]
        if plus and (minus or not less) and (less or len(plus) > 1):
            count = len(plus)
            found.append(((*plus, *minus), partial(_first_less_rest, count=count)))
    return found


def _first_less_rest(row: Sequence[int], count: int) -> int:
    return sum(row[:count]) - sum(row[count:])


def _mostly_equal(
    block: Block, place: int, text: str, known: Sequence[_Terms], wrong_in: int
) -> Iterator[RowProblem]:
    """Yield the rows that are not as the others; nothing where of so many rows more than one is wrong."""
    totals = figures(block, place)
    if totals is None or not any(totals):
        return
    best: tuple[int, list[tuple[int, int]], tuple[int, ...]] | None = None
    for places, reckon in known:
        some = [found for one in places if (found := figures(block, one)) is not None]
        if len(some) < len(places):
            continue
        reckoned = [reckon(row) for row in zip(*some, strict=True)]
        wrong = [(at, one) for at, one in enumerate(reckoned) if one != totals[at]]
        if wrong_in * len(wrong) <= len(totals) and (best is None or len(wrong) < best[0]):
            best = len(wrong), wrong, places
    if best is not None and best[1]:
        parts = "、".join(block.header.texts[one][:12] for one in best[2])
        yield _disagreeing(block, place, text, best[1], parts)


@dataclass(slots=True)
class _Steps:
    """How many figures are still looked at to find the deductions of a grid: of four million half a second.

    A sheet may have a hundred columns of totals beside a hundred of items, none of which adds up.
    """

    left: int = 4_000_000


def _unequal_in_grid(block: Block, place: int, text: str, steps: _Steps) -> Iterator[RowProblem]:
    """Yield what a total beside items says that these do not add up to, whatever sign deductions have."""
    totals = figures(block, place)
    if totals is None or not any(totals):
        return
    best: list[tuple[int, int]] | None = None
    for places in _items_of(block, place):
        some = [found for one in places if (found := figures(block, one)) is not None]
        if not places or len(some) < len(places):
            continue
        rows = _signed_sums(some, totals, steps)
        wrong = [(at, row) for at, row in enumerate(rows) if row != totals[at]]
        if best is None or len(wrong) < len(best):
            best = wrong
        if not best:
            return
    if best:
        yield _disagreeing(block, place, text, best, "各条目")


def _items_of(block: Block, place: int) -> list[list[int]]:
    """Return the items that a total may be of: those of its month, those since the total before, all."""
    items = sorted(block.others)
    above = block.header.above
    month = [one for one in items if above.get(one) == above.get(place)] if above.get(place) else []
    others = [
        one
        for one in block.header.texts
        if one < place and one not in block.others and is_total(block.header.texts[one])
    ]
    since = [one for one in items if max(others, default=-1) < one < place]
    known = [month, since, items]
    return [places for at, places in enumerate(known) if places not in known[:at]]


def _signed_sums(items: Sequence[Sequence[int]], totals: Sequence[int], steps: _Steps) -> list[int]:
    """Return what each row adds up to, with a minus for the items by which it comes nearest to the totals.

    A deduction is often written without its minus. To try every choice of items would take 2^50 sums of a
    sheet as wide as villages have them: one item after the other is turned, each time the one by which all
    rows together come nearest, as long as they do. Of a very large sheet some rows say which.

    Example:
        >>> _signed_sums([[5, 5, 0], [3, 0, 1]], [2, 5, -1], _Steps())
        [2, 5, -1]
    """
    excess = [sum(row) - total for row, total in zip(zip(*items, strict=True), totals, strict=True)]
    some = _telling(excess, steps.left // len(items) ** 2)
    if some is None:
        return list(map(add, excess, totals))
    turns = [[2 * one for one in item] for item in items]
    near, nearer = [excess[at] for at in some], [[turn[at] for at in some] for turn in turns]
    for _ in items:
        steps.left -= len(items) * len(some)
        apart = sum(map(abs, near))
        nearest, best = min((sum(map(abs, map(sub, near, turn))), at) for at, turn in enumerate(nearer))
        if nearest >= apart:
            break
        near, excess = list(map(sub, near, nearer[best])), list(map(sub, excess, turns[best]))
        turns[best], nearer[best] = [-one for one in turns[best]], [-one for one in nearer[best]]
    return list(map(add, excess, totals))


def _telling(excess: Sequence[int], maximum: int) -> Sequence[int] | None:
    """Return at most so many rows by which deductions are found; None where none need, or can, be found.

    As many of the rows that do not add up as of those that do, from all over the table.
    """
    if not any(excess) or maximum < _FEWEST_TELLING:
        return None
    if len(excess) <= maximum:
        return range(len(excess))
    found: list[int] = []
    for is_wrong in (True, False):
        places = [at for at, one in enumerate(excess) if bool(one) is is_wrong]
        apart = max(1, 2 * len(places) // maximum)
        found += places[::apart]
    return found


_FEWEST_TELLING = 10


def _disagreeing(
    block: Block, place: int, text: str, wrong: Sequence[tuple[int, int]], parts: str
) -> RowProblem:
    at, reckoned = wrong[0]
    number, cells = block.rows[at]
    several = f"有{len(wrong)}行，第一行" if len(wrong) > 1 else "这一行"
    sentence = (
        f"“{text[:20]}”和{parts}对不上：{several}写的是{cells[place][:20]}，按{parts}算是{show(Points(reckoned))}。"
        "请核对哪个数不对。"
    )
    return RowProblem(number, text[:30], sentence)
