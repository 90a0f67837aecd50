"""What a panel's marks come to. Pure: marks in, one mark out."""

from collections.abc import Container, Mapping
from decimal import ROUND_HALF_UP, Decimal

from pointsbank.errors import Invalid
from pointsbank.points import Points


class TooFewMarks(Invalid):
    """Without the judges who may not judge here, too few marks are left."""

    code = "too_few_marks"
    sentence = "回避后只剩{left}位评议员的打分，至少需要{needed}位，请补充评议员。"
    fixed_by = "村委"
    at = ("judges",)


def panel_mark(
    marks: Mapping[str, Points], *, trimmed: bool = False, recused: Container[str] = frozenset()
) -> Points:
    """Return the mean of the marks, half a hundredth up, with or without the highest and the lowest.

    Args:
        marks: by judge, in hundredths.
        trimmed: leave out one highest and one lowest mark; needs three.
        recused: judges whose marks do not count.

    Raises:
        TooFewMarks: after recusal fewer than one mark is left, or three when trimmed.

    Example:
        >>> panel_mark({"甲": Points(500), "乙": Points(600), "丙": Points(1000)}, trimmed=True)
        600
        >>> panel_mark({"甲": Points(500), "乙": Points(501)})
        501
    """
    counted = sorted(mark for judge, mark in marks.items() if judge not in recused)
    needed = 3 if trimmed else 1
    if len(counted) < needed:
        raise TooFewMarks(left=len(counted), needed=needed)
    if trimmed:
        counted = counted[1:-1]
    mean = Decimal(sum(counted)) / len(counted)
    return Points(int(mean.quantize(Decimal(1), ROUND_HALF_UP)))
