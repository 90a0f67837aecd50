"""What one cell of a grid of households and items means: a tick, a quantity or the panel's points. Pure.

A number under an item that counts something is a quantity, never points; the head of each column says which
(`cell_hint`). A number that could be both, or neither, is refused with a sentence that says what to write.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pointsbank.errors import Invalid, Problem
from pointsbank.points import Points, parse, show
from pointsbank.scoring.applicability import NOTHING, POINTS, QUANTITY, applies, counts_faults, needs
from pointsbank.scoring.item_shape import QuantityWrong
from pointsbank.scoring.named_only import is_named_only
from pointsbank.scoring.periods import scoring_span
from pointsbank.scoring.shapes import SHAPES, points_for
from pointsbank.scoring.values import MINUS, VETO, Item
from pointsbank.text import narrow

MAXIMUM_COLUMNS = 12
"""Items that stand side by side: more are read neither on a screen nor on a sheet."""

NOT_DONE = frozenset({"", "0", "0.0", "-", "—", "——", "–", "−", "/", "无"})
"""What people write into a cell to say that there is nothing."""

_NOUGHT = frozenset({"0", "0.0"})
"""Of an item that counts faults that may be none found, or no points: it is asked."""

DONE = frozenset({"√", "✓", "✔", "☑", "v", "V", "是"})
"""What people write into a cell to say that it was done, once; v is how a tick is typed."""

_NUMBER = re.compile(r"([-+−–－]?)\s*([0-9]{1,7}(?:\.[0-9]{1,2})?)\s*个?\s*([^\s0-9.,/+-]{0,8})")
_POINTS_UNITS = ("", "分", "积分")
_ONCE = ("", "次", "人次", "回", "件", "项")


class GridCellWrong(Invalid):
    """What stands in a cell of the grid is nothing that its item takes."""

    code = "grid_cell_wrong"
    sentence = "{reason}"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell says of a deed: a quantity, points without sign in hundredths, or only that it was done."""

    quantity: Decimal | None = None
    points: Points | None = None


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as it stands in a cell: its sign, the digits, the measure behind them."""

    sign: str
    digits: str
    unit: str

    @property
    def hundredths(self) -> Points:
        return parse(self.digits)


def cell_hint(item: Item) -> str:
    """Return what is written under an item, in a word or two.

    Raises:
        ShapeUnknown: an adopted item was changed behind the program's back.
        ScoreValueInvalid, VetoNotScored: never of an item that `grid_items` returns.

    Example:
        scoring.cell_hint(item)  # "√", "小时" or "5至10分"
    """
    needed = needs(item)
    if needed == POINTS:
        return f"{SHAPES[item.shape].label(item).lstrip('+−')}分"
    if needed == QUANTITY:
        return item.unit or "数量"
    if not _counts(item):
        return "√"
    return "√或次数" if _is_one(item) else f"√或几{_measure(item)}"


def read_cell(item: Item, typed: str) -> CellValue | None:
    """Return what a cell under an item says; None where it says that there is nothing.

    Raises:
        GridCellWrong: it says something that this item does not take.
        ShapeUnknown: an adopted item was changed behind the program's back.

    Example:
        scoring.read_cell(item, "2小时").quantity  # Decimal("2")
    """
    cell = narrow(typed)
    if cell in NOT_DONE and not (cell in _NOUGHT and counts_faults(item)):
        return None
    read = {QUANTITY: _read_quantity, POINTS: _read_points}.get(needs(item), _read_tick)
    try:
        found = read(item, None if cell in DONE else _number(cell, item), cell)
        points_for(item, None if found.quantity is None else int(found.quantity * 100), found.points)
    except GridCellWrong:
        raise
    except Problem as problem:
        raise GridCellWrong(reason=problem.detail) from problem
    return found


def grid_items(items: Iterable[Item], *, kind: str, day: date) -> list[Item]:
    """Return the items that a grid of such participants may have, in the scheme's order.

    No veto, and none that counts for named households alone.

    Raises:
        ScoringPeriodInvalid: an adopted item was changed behind the program's back.

    Example:
        scoring.grid_items(items, kind="household", day=date(2026, 9, 1))
    """
    return [
        item
        for item in items
        if item.direction != VETO
        and not is_named_only(item)
        and applies(item, kind)
        and (not item.scored_in or scoring_span(item.scored_in, day) is not None)
    ]


def usual_columns(items: Iterable[Item]) -> list[Item]:
    """Return the items that a grid begins with: those that need least typing, in the scheme's order.

    Raises:
        ShapeUnknown: an adopted item was changed behind the program's back.

    Example:
        scoring.usual_columns(scoring.grid_items(items, kind="household", day=day))  # 12 at most
    """
    found = list(items)
    easiest = sorted(found, key=lambda item: (needs(item) != NOTHING, needs(item) == POINTS))
    chosen = {item.code for item in easiest[:MAXIMUM_COLUMNS]}
    return [item for item in found if item.code in chosen]


def _number(cell: str, item: Item) -> _Number:
    """Return the number that a cell holds; raise GridCellWrong."""
    found = _NUMBER.fullmatch(cell)
    if found is None:
        raise GridCellWrong(reason=f"“{cell[:10]}”看不懂。{_wanted(item)}")
    return _Number(found[1], found[2], found[3])


def _read_tick(item: Item, number: _Number | None, cell: str) -> CellValue:
    """Read a cell of an item that needs nothing; raise GridCellWrong."""
    if number is None:
        return CellValue()
    amount = points_for(item, None, None)
    is_its_amount = number.unit in _POINTS_UNITS and number.hundredths == amount
    is_signed_right = number.sign in ("", "+") if item.direction != MINUS else number.sign != "+"
    if _counts(item) and not number.sign and _is_measure(item, number.unit):
        if number.unit or _is_one(item):
            return CellValue(quantity=Decimal(number.digits))
    elif not number.sign and number.unit in _ONCE and number.hundredths == Points(100) and not _counts(item):
        return CellValue()
    if is_its_amount and is_signed_right:
        return CellValue()
    raise GridCellWrong(reason=f"“{cell[:10]}”不是这一格要写的。{_wanted(item)}")


def _read_quantity(item: Item, number: _Number | None, cell: str) -> CellValue:
    """Read a cell of an item that counts something; raise GridCellWrong."""
    if number is None or number.sign:
        raise GridCellWrong(reason=f"“{cell[:10]}”看不出是多少。{_wanted(item)}")
    if number.unit and not _is_measure(item, number.unit):
        raise GridCellWrong(reason=f"写的是“{cell[:12]}”，不是{_measure(item) or '数量'}。{_wanted(item)}")
    return CellValue(quantity=Decimal(number.digits))


def _read_points(item: Item, number: _Number | None, cell: str) -> CellValue:
    """Read a cell of an item that the panel judges; raise GridCellWrong."""
    signs = ("", "-", "−", "–", "－") if item.direction == MINUS else ("", "+")
    if number is None or number.unit not in _POINTS_UNITS or number.sign not in signs:
        raise GridCellWrong(reason=f"“{cell[:10]}”不是分值。{_wanted(item)}")
    return CellValue(points=number.hundredths)


def _wanted(item: Item) -> str:
    """Return what to write under an item, in a sentence."""
    needed = needs(item)
    if needed == QUANTITY:
        measure = item.unit or "数"
        return f"请写多少{measure}，例如 2，不写分值。"
    if needed == POINTS:
        return f"请写评定的分值，{cell_hint(item)}。"
    amount = show(points_for(item, None, None))
    if not _counts(item):
        return f"做了的写 √（或 {amount}），没有的留空。"
    if _is_one(item):
        return f"请写几{_measure(item)}，一{_measure(item)}也可以写 √，没有的留空。"
    return f"没有问题写 √，有问题写几{_measure(item)}，例如 2{_measure(item)}。"


def _counts(item: Item) -> bool:
    """Return whether an item that needs nothing takes a quantity all the same."""
    try:
        points_for(item, 200, None)
    except QuantityWrong:
        return False
    except Problem:
        return False
    return True


def _is_one(item: Item) -> bool:
    """Return whether a tick means the same as the quantity 1: not so where the quantity counts faults."""
    return points_for(item, None, None) == points_for(item, 100, None)


def _measure(item: Item) -> str:
    """Return in what an item's quantity is counted: the item's own unit, or its shape's."""
    return item.unit or SHAPES[item.shape].measure


def _is_measure(item: Item, unit: str) -> bool:
    """Return whether a measure is the item's own; points never are, and of no measure any may be."""
    measure = _measure(item)
    if unit and unit == measure:
        return True
    if unit in ("分", "积分"):
        return False
    return not unit or not measure or (unit in _ONCE and measure in _ONCE)
