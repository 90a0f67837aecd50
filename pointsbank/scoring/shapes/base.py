"""基础分: points that everybody gets once a period for no deed; 驾照式 where what is left is taken back."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pointsbank.labels import Labels
from pointsbank.labels.period import PERIOD
from pointsbank.labels.period_end import PERIOD_END
from pointsbank.labels.redeemable import REDEEMABLE
from pointsbank.labels.restriction_kind import RESTRICTION_KIND
from pointsbank.labels.scheme_column import SCHEME_COLUMN
from pointsbank.points import Points, show
from pointsbank.scoring import consequences
from pointsbank.scoring.item_shape import CellProblem, Example, ItemShape, ScoreValueInvalid
from pointsbank.scoring.named_kinds import kinds_of
from pointsbank.scoring.values import PLUS, Item
from pointsbank.spreadsheets import Column, choice

_EMPTY = ("cap_points", "cap_times", "unit", "scored_in")
_NO = dict.fromkeys(("否", "不", "无", "不可兑换", "不能兑换", "不可以", "×"), "")
_STAYS = dict.fromkeys(("否", "无", "不清零", "不收回", "结转", "保留", "累积", "累计"), "")


class BasePoints(ItemShape):
    """Points given by the program at the beginning of each period: honour only unless the row says more."""

    code = "base"
    names = ("基础分", "驾照式", "驾照分")
    columns = (
        Column(
            ("可兑换", "redeemable"),
            "redeemable",
            False,
            choice(REDEEMABLE.choices() | _NO),
            "",
            show=REDEEMABLE.name,
        ),
        Column(
            ("期满", "at_period_end"),
            "at_period_end",
            False,
            choice(PERIOD_END.choices() | _STAYS),
            "",
            show=PERIOD_END.name,
        ),
    )
    choices: ClassVar[Mapping[str, Labels]] = {"redeemable": REDEEMABLE, "at_period_end": PERIOD_END}
    uses_period = True
    not_scored = "它是基础分，由程序按期发放。"
    is_given = True
    has_consequence = True
    examples = (
        Example(
            {"条目": "每户基础分", "方向": "加分", "分值": "10", "形状": "基础分", "周期": "一次"},
            "基础分10，只给一次，只计荣誉",
            [],
        ),
        Example(
            {
                "条目": "文明驾照分",
                "方向": "加分",
                "分值": "12",
                "形状": "基础分",
                "周期": "每年",
                "期满": "清零",
                "后果": "红榜",
            },
            "基础分12，每年重新计，只计荣誉，扣完暂停红榜",
            [],
        ),
        Example(
            {
                "条目": "党员基础分",
                "方向": "加分",
                "分值": "100",
                "形状": "基础分",
                "周期": "每月",
                "适用": "党员",
                "可兑换": "是",
            },
            "基础分100，每月给一次，可以兑换",
            [],
        ),
    )

    def problems(self, row: Mapping[str, Any]) -> list[CellProblem]:
        """Return what is wrong with a row: base points are a sum, a period, and for whom."""
        found = [*super().problems(row), *consequences.cells_problems(row)]
        if row["direction"] != PLUS:
            found.append(("方向", "基础分是发给大家的，方向请填“加分”；从里面扣的另列扣分条目。"))
        if row["cap_period"] in ("", "day", "week"):
            found.append(("周期", "基础分要写多久给一次：每月、每季度、每半年、每年，或者一次。"))
        found += [(SCHEME_COLUMN.name(key), "基础分不用填这一格，请留空。") for key in _EMPTY if row[key]]
        if row["applies_to"] and not kinds_of(row["applies_to"]):
            found.append(("适用", "基础分发给谁，请写主体的类别，如 户、党员、党支部；只发给各户的留空。"))
        if row["at_period_end"] and row["cap_period"] == "ever":
            found.append(("期满", "只给一次的没有期满，请留空，或者把周期改为每年。"))
        if row["consequence"] and not row["at_period_end"]:
            found.append(("后果", "只有期满清零的基础分才有扣完的后果，请把期满填为清零，或者把后果留空。"))
        return found

    def terms(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the shape's own cells and what follows once all is deducted."""
        return {**super().terms(row), **consequences.consequence_terms(row)}

    def points_for(self, item: Item, quantity: int | None, given: Points | None) -> Points:
        """Refuse: nobody scores base points.

        Raises:
            ScoreValueInvalid: always.
        """
        raise ScoreValueInvalid(reason=f"“{item.title}”是基础分，由程序按期发放，不用登记评分。")

    def label(self, item: Item) -> str:
        """Return 基础分12，每年重新计，只计荣誉."""
        period = PERIOD.name(item.cap_period)
        how = "只给一次" if item.cap_period == "ever" else f"{period}给一次"
        if item.terms.get("at_period_end"):
            how = f"{period}重新计"
        use = "可以兑换" if item.terms.get("redeemable") else "只计荣誉"
        kinds = "、".join(RESTRICTION_KIND.name(kind) for kind in consequences.named_in(item))
        return f"基础分{show(item.points or 0)}，{how}，{use}" + (f"，扣完暂停{kinds}" if kinds else "")


SHAPE = BasePoints()
