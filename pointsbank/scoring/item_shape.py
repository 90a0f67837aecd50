"""The base of every item shape (形状), and what several shapes share.

A shape says how a deed becomes points: always the same, so much an hour, by thresholds. Each is one module of
`pointsbank.scoring.shapes` with one instance named ``SHAPE``; nothing else in the program names a shape.

The cells that only a shape reads (最低, 档位 …) are the item's `terms`: a mapping of column key to whole
number or text, kept as one JSON object in the item's row and written flat into the log beside the item's
other fields. The keys are therefore part of the log: never rename one.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, ClassVar

from pointsbank.errors import Invalid, Problem
from pointsbank.labels import Labels
from pointsbank.points import Points, parse, show
from pointsbank.scoring.caps import Cap, caps_named
from pointsbank.scoring.values import MINUS, Item
from pointsbank.spreadsheets import Column, text

LARGEST_QUANTITY = 100_000_000
"""In hundredths: a million persons, hours or yuan at once is a typing slip."""

CellProblem = tuple[str, str]
"""The header of a wrong cell, and a sentence saying what to write."""

_STEP = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,2})?)\s*[=/]\s*([0-9]{1,9}(?:\.[0-9]{1,2})?)")


class ScoreValueInvalid(Invalid):
    """The points given do not fit the item's shape."""

    code = "score_value_invalid"
    sentence = "{reason}"
    at = ("points",)
    column: ClassVar[str] = "分值"


class QuantityWrong(ScoreValueInvalid):
    """The quantity is missing, out of bounds or of no use to this item."""

    code = "score_quantity_invalid"
    sentence = "{reason}"
    at = ("quantity",)
    column = "数量"


class StepsInvalid(Invalid):
    """The steps of a ladder or a rate cannot be read."""

    code = "steps_invalid"
    sentence = "看不懂档位“{given}”，阶梯请写成 10=1;20=2;50=5，比例请写成 1000/100;5000/400，门槛从小到大。"


@dataclass(frozen=True, slots=True)
class Example:
    """A row of a scheme's table, the label it gets, and deeds under it.

    Each deed is a quantity, the points the panel judged and the points it earns, as people write them; "" is
    an empty cell. ``Example({"条目": "义务劳动", "方向": "加分", "分值": "5"}, "+5", [("", "", "5")])``
    """

    cells: Mapping[str, str]
    label: str
    deeds: list[tuple[str, str, str]]


class ItemShape(ABC):
    """One way in which a deed becomes points; the instances live in `pointsbank.scoring.shapes`.

    Attributes:
        code: 1 to 32 lower-case letters, digits and underscores; stored with each item and told in the log.
        names: what people write under 形状; the first is shown.
        columns: what only such shapes read of the scheme's table; cells are whole numbers or text.
        inferred_from: keys of the columns that, all filled, mean this shape where 形状 is empty; of several
            shapes the one with most keys is taken. None: only if named.
        judged: the panel says the points; otherwise points given must equal those computed.
        measured: name and quantity say it all, and nobody has to look: what may be entered at the counter.
        uses_period: 周期 means something to the shape even without 上限.
        measure: in what its quantity is counted where the item names no unit.
        not_scored: why nobody enters a score of such an item, as a refusal says it (它是封顶。); empty
            for a shape of deeds.
        choices: the closed lists whose words stand in its own columns, by the column's key.
        is_given: the program gives the points to everybody at the beginning of each period.
        has_consequence: 后果 and 后果期限 may be filled in, as of a veto.
        examples: at least one; the import template, the scheme's page and the tests are made from them.
    """

    code: ClassVar[str]
    names: ClassVar[tuple[str, ...]]
    columns: ClassVar[tuple[Column, ...]] = ()
    inferred_from: ClassVar[tuple[str, ...] | None] = None
    judged: ClassVar[bool] = False
    measured: ClassVar[bool] = False
    uses_period: ClassVar[bool] = False
    measure: ClassVar[str] = ""
    not_scored: ClassVar[str] = ""
    choices: ClassVar[Mapping[str, Labels]] = {}
    is_given: ClassVar[bool] = False
    has_consequence: ClassVar[bool] = False
    examples: ClassVar[tuple[Example, ...]]

    def problems(self, row: Mapping[str, Any]) -> list[CellProblem]:
        """Return what is wrong with a row of this shape; the usual shape needs 分值."""
        return [] if row["points"] else [("分值", "请填写分值，应大于0。")]

    def terms(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the shape's own cells of a sound row, amounts without sign: the direction says it."""
        cells = {column.key: row[column.key] for column in self.columns}
        return {
            key: abs(cell) if isinstance(cell, int) else cell
            for key, cell in cells.items()
            if cell not in (None, "")
        }

    @abstractmethod
    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Return what a deed earns before caps, in hundredths, >= 0.

        Args:
            item: a rule of this shape.
            quantity: in hundredths, so that one and a half hours are exact; None: the cell is empty.
            given: what the panel wrote, in hundredths, without sign; None: the cell is empty.

        Raises:
            ScoreValueInvalid: the points given do not fit.
            QuantityWrong: the quantity is missing or of no use.
        """

    def caps(self, item: Item, points: int) -> list[Cap]:
        """Return the limits that come with the shape, for a deed that earns so many hundredths."""
        return []

    def shown_caps(self, item: Item) -> list[Cap]:
        """Return the limits that the item's label ends with: those of its own columns."""
        return caps_named(item)

    def bounds(self, item: Item) -> tuple[Points, Points] | None:
        """Return the lowest and highest mark that a judge may give, both included; None: nobody judges."""
        return None

    @abstractmethod
    def label(self, item: Item) -> str:
        """Return how much the item is, as the public rules page shows it, without the item's caps."""


STEPS = Column(("档位", "steps"), "steps", False, text(300), "")
"""Thresholds of a ladder, brackets of a rate."""


@lru_cache(maxsize=1024)
def read_steps(text: str) -> tuple[tuple[int, int], ...]:
    """Read steps as pairs of hundredths, thresholds rising.

    >>> read_steps("10=1;20=2.5")
    ((1000, 100), (2000, 250))
    >>> read_steps("1000/100;5000/400")
    ((100000, 10000), (500000, 40000))

    Raises:
        StepsInvalid: a step is unreadable or zero, or a threshold is not above the one before.
    """
    steps = []
    for part in re.split(r"[;；,，]", text.strip().strip(";；")):
        step = _STEP.fullmatch(part.strip())
        if step is None:
            raise StepsInvalid(given=text[:40])
        steps.append((int(parse(step[1])), int(parse(step[2]))))
    rising = all(before[0] < after[0] for before, after in pairwise(steps))
    if not rising or any(value == 0 for _, value in steps):
        raise StepsInvalid(given=text[:40])
    return tuple(steps)


def steps_problems(row: Mapping[str, Any], sign: str) -> list[CellProblem]:
    """Return what is wrong with a row's 档位; `sign` is the one this shape writes between the two numbers."""
    found = unreadable("档位", read_steps, row["steps"])
    if row["steps"] and ("=" in row["steps"]) != (sign == "="):
        found.append(("档位", "阶梯用等号写成 10=1;20=2，比例用斜杠写成 1000/100;5000/400。"))
    return found


def unreadable(header: str, read: Callable[[str], object], cell: str) -> list[CellProblem]:
    """Return the sentence of a cell that its reader refuses."""
    try:
        read(cell)
    except Problem as problem:
        return [(header, problem.detail)]
    return []


def sign_problems(row: Mapping[str, Any], columns: Mapping[str, str]) -> list[CellProblem]:
    """Return the amounts (header by key) written with a minus sign although the item is no deduction."""
    if row["direction"] == MINUS:
        return []
    return [
        (header, "加分条目不能填负数；要扣分请把方向改为“扣分”。")
        for key, header in columns.items()
        if row[key] is not None and row[key] < 0
    ]


def needed_quantity(item: Item, quantity: int | None) -> int:
    """Return the quantity, in hundredths, > 0.

    Raises:
        QuantityWrong: it is missing or 0.
    """
    if not quantity:
        unit = f"（单位：{item.unit}）" if item.unit else ""
        raise QuantityWrong(reason=f"请填写数量{unit}，应大于0。")
    return quantity


def rounded(amount: Decimal) -> Points:
    """Return whole hundredths, halves up, as people round on paper.

    >>> rounded(Decimal("1.5")), rounded(Decimal("2.5"))
    (2, 3)
    """
    return Points(int(amount.quantize(Decimal(1), ROUND_HALF_UP)))


def with_sign(item: Item, amount: int | None) -> str:
    """Return an amount as +5 or −5, by the item's direction."""
    return ("−" if item.direction == MINUS else "+") + show(amount or 0)


def minus_only(item: Item, amount: int | None) -> str:
    """Return an amount as 5 or −5: where words around it say that points are earned."""
    return with_sign(item, amount).removeprefix("+")
