"""What a panel's marks come to. Pure: marks in, one mark out."""

from collections.abc import Container, Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pointsbank.errors import Invalid
from pointsbank.labels.panel_rule import PANEL_RULE
from pointsbank.points import Points, show
from pointsbank.scoring.item_shape import rounded

FEWEST, MAXIMUM = 3, 9
"""So many judges mark a case: of two one friend is half of the mark, and ten are no panel but a vote."""

FEWEST_TRIMMED = 5
"""Of four marks without the highest and the lowest two are left: one judge would be half of the result."""


class TooFewMarks(Invalid):
    """Without the judges who may not judge here, too few marks are left."""

    code = "too_few_marks"
    sentence = (
        "只有{left}位评议员可以打分，至少需要{needed}位：请登记补充的评议员到场，"
        "或者撤下这件，由评议会议定分值后直接录入。"
    )
    fixed_by = "村委"
    at = ("codes", "judges")


class TooManyMarks(Invalid):
    """More judges are present than a panel that marks may have."""

    code = "too_many_marks"
    sentence = "一件最多由{most}位评议员打分，现在可以打分的有{given}位：请由人数合适的评议小组开会评定。"
    fixed_by = "村委"
    at = ("codes", "judges")


@dataclass(frozen=True, slots=True)
class PanelResult:
    """What marks come to: the mark, the lowest and highest of those that count, how many, by which rule.

    `trimmed`: one lowest and one highest were left out; they are counted in `count` and in the spread.
    """

    mark: Points
    lowest: Points
    highest: Points
    count: int
    trimmed: bool

    @property
    def rule(self) -> str:
        """The rule that was used, a code of `labels.panel_rule`."""
        return "trimmed" if self.trimmed else "mean"

    @property
    def words(self) -> str:
        """E.g. 5位评议员打分，6至9分，去掉最高和最低再平均."""
        spread = show(self.lowest)
        if self.highest != self.lowest:
            spread += f"至{show(self.highest)}"
        return f"{self.count}位评议员打分，{spread}分，{PANEL_RULE.name(self.rule)}"


def check_judges(count: int) -> None:
    """Refuse a case that too few or too many judges would mark.

    Args:
        count: judges who are present and not recused, >= 0.

    Raises:
        TooFewMarks: fewer than three.
        TooManyMarks: more than nine.

    Example:
        >>> check_judges(3), check_judges(9)
        (None, None)
    """
    if count < FEWEST:
        raise TooFewMarks(left=count, needed=FEWEST)
    if count > MAXIMUM:
        raise TooManyMarks(most=MAXIMUM, given=count)


def panel_mark(
    marks: Mapping[Hashable, Points], *, rule: str = "mean", recused: Container[Hashable] = frozenset()
) -> PanelResult:
    """Return what a panel's marks come to: their mean, half a hundredth up, as points are rounded everywhere.

    Under the rule `trimmed` one highest and one lowest mark are left out, from five marks on; of three or
    four all count (usual practice of judged contests: 去掉一个最高分和一个最低分).

    Args:
        marks: by judge, in hundredths.
        rule: a code of `labels.panel_rule`; anything but `trimmed` is the mean.
        recused: judges whose marks do not count.

    Raises:
        TooFewMarks: after recusal fewer than three marks are left.
        TooManyMarks: more than nine are.

    Example:
        >>> panel_mark({"甲": Points(500), "乙": Points(600), "丙": Points(1000)}).mark
        700
        >>> five = dict(zip("甲乙丙丁戊", map(Points, (100, 600, 700, 750, 1000)), strict=True))
        >>> found = panel_mark(five, rule="trimmed")
        >>> found.mark, found.words
        (683, '5位评议员打分，1至10分，去掉最高和最低再平均')
    """
    counted = sorted(mark for judge, mark in marks.items() if judge not in recused)
    check_judges(len(counted))
    trimmed = rule == "trimmed" and len(counted) >= FEWEST_TRIMMED
    meant = counted[1:-1] if trimmed else counted
    mean = rounded(Decimal(sum(meant)) / len(meant))
    return PanelResult(mean, Points(counted[0]), Points(counted[-1]), len(counted), trimmed)
