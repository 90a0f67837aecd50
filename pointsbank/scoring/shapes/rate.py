"""比例: so many points for each so much, in brackets, such as 1 for every 100 yuan up to 1,000."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from pointsbank.points import Points, show
from pointsbank.scoring.item_shape import (
    STEPS,
    CellProblem,
    Example,
    ItemShape,
    minus_only,
    needed_quantity,
    read_steps,
    rounded,
    steps_problems,
)
from pointsbank.scoring.values import Item


class Rate(ItemShape):
    """Exact to the hundredth inside a bracket; beyond the last bracket nothing is added."""

    code = "rate"
    names = ("比例",)
    measured = True
    columns = (STEPS,)
    examples = (
        Example(
            {
                "条目": "捐款",
                "方向": "加分",
                "分值": "1",
                "单位": "元",
                "形状": "比例",
                "档位": "1000/100;5000/400",
            },
            "每100元1分（满1000元后每400元1分）",
            [
                ("100", "", "1"),
                ("150", "", "1.5"),
                ("1000", "", "10"),
                ("1400", "", "11"),
                ("9000", "", "20"),
            ],
        ),
        Example(
            {
                "条目": "认捐物资",
                "方向": "加分",
                "分值": "1",
                "单位": "元",
                "周期": "年",
                "上限": "20",
                "形状": "比例",
                "档位": "5000/50",
            },
            "每50元1分，每年最多20分",
            [("75", "", "1.5")],
        ),
    )

    def problems(self, row: Mapping[str, Any]) -> list[CellProblem]:
        """Return what is wrong: both 分值 and 档位 are needed."""
        return super().problems(row) + steps_problems(row, "/")

    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Return the points of every bracket the quantity reaches into, half a hundredth up."""
        amount, total, below = needed_quantity(item, quantity), Decimal(0), 0
        for threshold, per in read_steps(item.terms["steps"]):
            inside = max(0, min(amount, threshold) - below)
            total += Decimal(item.points or 0) * inside / per
            below = threshold
        return rounded(total)

    def label(self, item: Item) -> str:
        """Return 每100元1分（满1000元后每400元1分）."""
        steps, earned = (
            read_steps(item.terms["steps"]),
            f"{item.unit or '计'}{minus_only(item, item.points)}分",
        )
        later = "，".join(
            f"满{show(below)}{item.unit}后每{show(per)}{earned}" for (below, _), (_, per) in pairwise(steps)
        )
        return f"每{show(steps[0][1])}{earned}" + (f"（{later}）" if later else "")


SHAPE = Rate()
