"""阶梯: points for the highest threshold reached, such as 10, 20 and 50 volunteer hours."""

from collections.abc import Mapping
from typing import Any

from pointsbank.points import Points, show
from pointsbank.scoring.caps import Cap, cap
from pointsbank.scoring.item_shape import (
    STEPS,
    CellProblem,
    Example,
    ItemShape,
    QuantityWrong,
    minus_only,
    needed_quantity,
    read_steps,
    steps_problems,
)
from pointsbank.scoring.values import Item


class Ladder(ItemShape):
    """Thresholds are reached, not summed: whoever had 1 point for 10 hours gets 1 more for 20, not 2 more.

    So the points of the threshold reached are also the cap of the item in its period, the calendar year when
    none is named.
    """

    code = "ladder"
    names = ("阶梯",)
    measured = True
    columns = (STEPS,)
    uses_period = True
    examples = (
        Example(
            {
                "条目": "义工时长",
                "方向": "加分",
                "单位": "小时",
                "形状": "阶梯",
                "档位": "10=1;20=2;50=5",
            },
            "满10小时1分，满20小时2分，满50小时5分",
            [("10", "", "1"), ("19.5", "", "1"), ("20", "2", "2"), ("500", "", "5")],
        ),
    )

    def problems(self, row: Mapping[str, Any]) -> list[CellProblem]:
        """Return what is wrong with the steps; 分值 is not needed."""
        return steps_problems(row, "=")

    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Return the points of the highest threshold reached.

        Raises:
            QuantityWrong: the quantity is missing, or below the lowest threshold.
        """
        steps, amount = read_steps(item.terms["steps"]), needed_quantity(item, quantity)
        reached = [value for threshold, value in steps if threshold <= amount]
        if not reached:
            lowest = f"{show(steps[0][0])}{item.unit}"
            raise QuantityWrong(reason=f"未达到最低一档（{lowest}），达到后再登记。")
        return Points(reached[-1])

    def caps(self, item: Item, points: int) -> list[Cap]:
        """Return the threshold reached as the cap of its period."""
        return [cap(item.cap_period or "year", points=points)]

    def label(self, item: Item) -> str:
        """Return 满10小时1分，满20小时2分."""
        steps = read_steps(item.terms["steps"])
        return "，".join(
            f"满{show(threshold)}{item.unit or '计'}{minus_only(item, value)}分" for threshold, value in steps
        )


SHAPE = Ladder()
