"""What a panel's marks come to. Pure: marks in, one mark out."""

from collections.abc import Container, Mapping
from decimal import ROUND_HALF_UP, Decimal

from pointsbank.errors import Invalid
from pointsbank.points import Points


class TooFewMarks(Invalid):
    """Without the judges who may not judge here, too few marks are left."""

    code = "too_few_marks"
    sentence = "回避后只剩{left}位评议员的打分，至少需要{needed}位，请补充评议员。"


def panel_mark(
    marks: Mapping[str, Points], *, trimmed: bool = False, recused: Container[str] = frozenset()
) -> Points:
    """The mean of the marks, or that without the highest and the lowest; recused judges do not count."""
    counted = sorted(mark for judge, mark in marks.items() if judge not in recused)
    needed = 3 if trimmed else 1
    if len(counted) < needed:
        raise TooFewMarks(left=len(counted), needed=needed)
    if trimmed:
        counted = counted[1:-1]
    mean = Decimal(sum(counted)) / len(counted)
    return Points(int(mean.quantize(Decimal(1), ROUND_HALF_UP)))
