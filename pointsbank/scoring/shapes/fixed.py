"""固定: the same for every deed."""

from pointsbank.points import Points
from pointsbank.scoring.item_shape import Example, ItemShape, QuantityWrong, with_sign
from pointsbank.scoring.values import Item


class Fixed(ItemShape):
    """A fixed number of points a time."""

    code = "fixed"
    names = ("固定",)
    measured = True
    inferred_from = ()
    examples = (
        Example(
            {"条目": "参加义务劳动", "方向": "加分", "分值": "5"}, "+5", [("", "", "5"), ("1", "5", "5")]
        ),
        Example(
            {"条目": "乱堆杂物", "方向": "扣分", "分值": "5", "周期": "月", "上限": "20"},
            "−5，每月最多20分",
            [("", "", "5")],
        ),
    )

    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Return the item's points; a quantity other than 1 raises QuantityWrong."""
        if quantity not in (None, 100):
            raise QuantityWrong(reason="这个条目按次计固定分，数量请留空或填1。")
        return item.points or Points(0)

    def label(self, item: Item) -> str:
        """Return +5."""
        return with_sign(item, item.points)


SHAPE = Fixed()
