"""按量: so many points for each person, time or hour."""

from decimal import Decimal

from pointsbank.points import Points
from pointsbank.scoring.item_shape import Example, ItemShape, needed_quantity, rounded, with_sign
from pointsbank.scoring.values import Item

ONE_AT_A_TIME = ("次", "人次", "户", "户次")
"""Measures of which one is meant where no quantity is written."""


class PerUnit(ItemShape):
    """The item's points times the quantity, fractions included."""

    code = "per_unit"
    names = ("按量",)
    measured = True
    inferred_from = ("unit",)
    examples = (
        Example(
            {"条目": "志愿服务", "方向": "加分", "分值": "2", "单位": "小时", "周期": "年", "上限": "20"},
            "+2/小时，每年最多20分",
            [("1", "", "2"), ("2.5", "", "5")],
        ),
        Example(
            {"条目": "无故缺席会议", "方向": "扣分", "分值": "2", "单位": "次"}, "−2/次", [("3", "6", "6")]
        ),
    )

    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Return points times quantity, half a hundredth up; raise QuantityWrong without a quantity.

        What is counted by times is done once where nothing is said.
        """
        if quantity is None and item.unit in ONE_AT_A_TIME:
            quantity = 100
        return rounded(Decimal(item.points or 0) * needed_quantity(item, quantity) / 100)

    def label(self, item: Item) -> str:
        """Return +2/小时."""
        return with_sign(item, item.points) + (f"/{item.unit}" if item.unit else "×数量")


SHAPE = PerUnit()
