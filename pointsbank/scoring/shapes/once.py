"""一次: fixed points, once ever or once in the period named."""

from pointsbank.points import Points
from pointsbank.scoring.caps import Cap, cap
from pointsbank.scoring.item_shape import Example, ItemShape, QuantityWrong, with_sign
from pointsbank.scoring.values import Item


class Once(ItemShape):
    """A fixed number of points that is earned a single time."""

    code = "once"
    names = ("一次",)
    measured = True
    uses_period = True
    examples = (
        Example(
            {"条目": "应征入伍", "方向": "加分", "分值": "20", "形状": "一次"},
            "+20，累计最多1次",
            [("", "", "20")],
        ),
        Example(
            {"条目": "参加村民大会", "方向": "加分", "分值": "3", "形状": "一次", "周期": "年"},
            "+3，每年最多1次",
            [("1", "", "3")],
        ),
    )

    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Return the item's points; a quantity other than 1 raises QuantityWrong."""
        if quantity not in (None, 100):
            raise QuantityWrong(reason="这个条目按次计固定分，数量请留空或填1。")
        return item.points or Points(0)

    def caps(self, item: Item, points: int) -> list[Cap]:
        """Return the one time that is allowed."""
        return [cap(item.cap_period or "ever", times=1)]

    def label(self, item: Item) -> str:
        """Return +20，累计最多1次."""
        return "，".join([with_sign(item, item.points), *(cap.label for cap in self.caps(item, 0))])


SHAPE = Once()
