"""满分扣减: the full mark, less so much for each fault found."""

from collections.abc import Mapping
from typing import Any

from pointsbank.points import Points, show
from pointsbank.scoring.item_shape import CellProblem, Example, ItemShape, QuantityWrong
from pointsbank.scoring.values import MINUS, Item
from pointsbank.spreadsheets import Column, points


class FullMark(ItemShape):
    """The quantity is the number of faults; the result is never below nothing."""

    code = "full_mark"
    names = ("满分扣减",)
    measure = "处"
    columns = (Column(("每处扣", "per_fault"), "per_fault", False, points, show=show),)
    examples = (
        Example(
            {"条目": "房前屋后", "方向": "加分", "分值": "25", "形状": "满分扣减", "每处扣": "5"},
            "满分25，每处扣5",
            [("", "", "25"), ("0", "25", "25"), ("1", "", "20"), ("9", "", "0")],
        ),
    )

    def problems(self, row: Mapping[str, Any]) -> list[CellProblem]:
        """Return what is wrong: both 分值 and 每处扣 are needed."""
        missing = [] if row["per_fault"] else [("每处扣", "满分扣减条目要写明每处扣几分。")]
        return super().problems(row) + missing

    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Return the full mark less the faults; half a fault raises QuantityWrong."""
        faults = quantity or 0
        if faults % 100:
            raise QuantityWrong(reason="数量是发现的问题处数，请填整数，没有问题填0。")
        return Points(max(0, (item.points or 0) - faults // 100 * item.terms["per_fault"]))

    def label(self, item: Item) -> str:
        """Return 满分25，每处扣5; of a deduction each fault takes away from the deduction."""
        per_fault = show(item.terms["per_fault"])
        if item.direction == MINUS:
            return f"−{show(item.points or 0)}，每处少扣{per_fault}"
        return f"满分{show(item.points or 0)}，每处扣{per_fault}"


SHAPE = FullMark()
