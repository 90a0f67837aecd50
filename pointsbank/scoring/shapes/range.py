"""区间: the panel judges how much, within two bounds."""

from collections.abc import Mapping
from typing import Any

from pointsbank.points import Points, show
from pointsbank.scoring.item_shape import (
    CellProblem,
    Example,
    ItemShape,
    QuantityWrong,
    ScoreValueInvalid,
    sign_problems,
    with_sign,
)
from pointsbank.scoring.values import MINUS, Item
from pointsbank.spreadsheets import Column, points


class Range(ItemShape):
    """Points judged by the panel, both bounds included (以上、以下含本数)."""

    code = "range"
    names = ("区间",)
    columns = (
        Column(("最低", "min"), "least", False, points, show=show),
        Column(("最高", "max"), "most", False, points, show=show),
    )
    inferred_from = ("least", "most")
    judged = True
    examples = (
        Example(
            {"条目": "庭院美化", "方向": "加分", "最低": "5", "最高": "10"},
            "+5至10",
            [("", "5", "5"), ("", "7.5", "7.5"), ("", "10", "10")],
        ),
        Example(
            {"条目": "邻里纠纷", "方向": "扣分", "最低": "2", "最高": "8", "形状": "区间"},
            "−2至8",
            [("", "2", "2")],
        ),
    )

    def problems(self, row: Mapping[str, Any]) -> list[CellProblem]:
        """Return what is wrong with the two bounds; a deduction may be written from −10 to −5."""
        low, high = row["least"], row["most"]
        found = sign_problems(row, {"least": "最低", "most": "最高"})
        if low is None or high is None:
            found.append(("最低", "区间条目要同时填最低和最高。"))
        elif abs(low) > abs(high) and row["direction"] != MINUS:
            found.append(("最低", "最低不能大于最高，请核对。"))
        elif not high and not low:
            found.append(("最高", "最高应大于0，请核对。"))
        return found

    def terms(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the bounds without sign, the smaller one first."""
        low, high = sorted((abs(row["least"]), abs(row["most"])))
        return {"least": low, "most": high}

    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Return the points judged.

        Raises:
            QuantityWrong: a quantity is given.
            ScoreValueInvalid: no points, or points out of bounds.
        """
        low, high = item.terms["least"], item.terms["most"]
        if quantity not in (None, 100):
            raise QuantityWrong(reason="这个条目由评议会在区间内打分，数量请留空。")
        if given is None:
            raise ScoreValueInvalid(reason=f"请填写评定的分值，{show(low)}至{show(high)}分之间。")
        if not low <= given <= high:
            raise ScoreValueInvalid(
                reason=f"分值应在{show(low)}至{show(high)}分之间，填的是{show(given)}分。"
            )
        return given

    def bounds(self, item: Item) -> tuple[Points, Points]:
        """Return the two bounds."""
        return Points(item.terms["least"]), Points(item.terms["most"])

    def label(self, item: Item) -> str:
        """Return +5至10."""
        return f"{with_sign(item, item.terms['least'])}至{show(item.terms['most'])}"


SHAPE = Range()
