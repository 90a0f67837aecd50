"""合计上限: what the items of a category, or all of them, may come to together."""

from collections.abc import Mapping
from typing import Any

from pointsbank.labels.scheme_column import SCHEME_COLUMN
from pointsbank.points import Points
from pointsbank.scoring.caps import Cap
from pointsbank.scoring.item_shape import CellProblem, Example, ItemShape, ScoreValueInvalid
from pointsbank.scoring.limits import EVERYTHING, LIMIT, limit_of
from pointsbank.scoring.values import Item

_LEFT_EMPTY = ("points", "unit", "applies_to", "scored_in")
"""Columns of deeds, by key."""


class CategoryLimit(ItemShape):
    """A cap over several items: no deed is entered under it, every deed of its category counts towards it."""

    code = LIMIT
    names = ("合计上限", "合计封顶", "类别封顶", "总封顶", "累计封顶")
    not_scored = "它是合计上限，别的条目记分时自动按它封顶。"
    uses_period = True
    examples = (
        Example(
            {
                "类别": "样例",
                "条目": "样例类全年封顶",
                "方向": "加分",
                "形状": "合计上限",
                "周期": "年",
                "上限": "40",
            },
            "样例类加分每年最多40分",
            [],
        ),
        Example(
            {
                "类别": EVERYTHING,
                "条目": "全年累计封顶",
                "方向": "加分",
                "形状": "合计上限",
                "周期": "年",
                "上限": "700",
            },
            "全部加分每年最多700分",
            [],
        ),
        Example(
            {
                "类别": "样例",
                "条目": "每周最多扣两次",
                "方向": "扣分",
                "形状": "合计上限",
                "周期": "周",
                "次数上限": "2",
            },
            "样例类扣分每周最多2次",
            [],
        ),
    )

    def problems(self, row: Mapping[str, Any]) -> list[CellProblem]:
        """Return what is wrong: a category, a period and a limit are needed, and nothing of a deed's."""
        found = [
            (SCHEME_COLUMN.name(key), "合计上限不是记分的条目，这一格请留空。")
            for key in _LEFT_EMPTY
            if row[key]
        ]
        if row["double_months"]:
            found.append(("重复加倍", "合计上限不是记分的条目，这一格请留空。"))
        if not row["category"]:
            sentence = f"请写明管哪一类，和条目的类别一字不差；管全部条目的写“{EVERYTHING}”。"
            found.append(("类别", sentence))
        if row["cap_points"] is None and row["cap_times"] is None:
            found.append(("上限", "请填上限，或者次数上限。"))
        return found

    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Refuse every deed: none is entered under it.

        Raises:
            ScoreValueInvalid: always.
        """
        raise ScoreValueInvalid(reason=self.not_scored)

    def shown_caps(self, item: Item) -> list[Cap]:
        """Return none: the label says it all."""
        return []

    def label(self, item: Item) -> str:
        """Return 环境卫生类加分每年最多40分."""
        return limit_of(item).cap.label


SHAPE = CategoryLimit()
