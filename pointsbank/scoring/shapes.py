"""What one deed is worth under an item of each shape. Pure: values in, unsigned hundredths out."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

from pointsbank.errors import Invalid, Refused
from pointsbank.points import Points, parse, show
from pointsbank.scoring.values import VETO, Item

LARGEST_QUANTITY = 100_000_000
"""In hundredths: a million persons, hours or yuan at once is a typing slip."""

_STEP = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,2})?)\s*[=/]\s*([0-9]{1,9}(?:\.[0-9]{1,2})?)")


class CannotBeWorth(Invalid):
    """The quantity or points given do not fit the item's shape."""

    code = "score_value_invalid"
    sentence = "{reason}"
    column: ClassVar[str] = "分值"


class QuantityWrong(CannotBeWorth):
    """The quantity is missing, out of bounds or of no use to this item."""

    code = "score_quantity_invalid"
    column = "数量"


class VetoNotScored(Refused):
    """A veto is not a number and cannot be entered as a score."""

    code = "veto_not_scored"
    sentence = "“{title}”是一票否决条目，不能按分值登记，请写进会议记录，由村委按细则处理。"


class StepsInvalid(Invalid):
    """The steps of a ladder or a rate cannot be read."""

    code = "steps_invalid"
    sentence = "看不懂档位“{given}”，阶梯请写成 10=1;20=2;50=5，比例请写成 1000/100;5000/400，门槛从小到大。"


def worth(item: Item, quantity: int | None, points: Points | None) -> Points:
    """What a deed is worth, before caps; raises CannotBeWorth, QuantityWrong or VetoNotScored.

    Quantities are hundredths, so that one and a half hours are exact.
    """
    if item.direction == VETO:
        raise VetoNotScored(title=item.title)
    amount = _SHAPES[item.shape](item, quantity, points)
    if item.shape != "range" and points is not None and points != amount:
        raise CannotBeWorth(reason=f"按细则应为{show(amount)}分，填的是{show(points)}分，请改正或留空。")
    return amount


@lru_cache(maxsize=1024)
def read_steps(text: str) -> tuple[tuple[int, int], ...]:
    """Read 10=1;20=2 or 1000/100;5000/400 as pairs of hundredths, thresholds rising; raises StepsInvalid."""
    steps = []
    for part in re.split(r"[;；,，]", text.strip().strip(";；")):
        step = _STEP.fullmatch(part.strip())
        if step is None:
            raise StepsInvalid(given=text[:40])
        steps.append((int(parse(step[1])), int(parse(step[2]))))
    rising = all(before[0] < after[0] for before, after in pairwise(steps))
    if not rising or any(value == 0 for _, value in steps):
        raise StepsInvalid(given=text[:40])
    return tuple(steps)


def _fixed(item: Item, quantity: int | None, points: Points | None) -> Points:
    """The same for every deed."""
    if quantity not in (None, 100):
        raise QuantityWrong(reason="这个条目按次计固定分，数量请留空或填1。")
    return _given(item.points)


def _range(item: Item, quantity: int | None, points: Points | None) -> Points:
    """What the panel judged, both bounds included (以上、以下含本数)."""
    least, most = _given(item.least), _given(item.most)
    if quantity not in (None, 100):
        raise QuantityWrong(reason="这个条目由评议会在区间内打分，数量请留空。")
    if points is None:
        raise CannotBeWorth(reason=f"请填写评定的分值，{show(least)}到{show(most)}分之间。")
    if not least <= points <= most:
        raise CannotBeWorth(reason=f"分值应在{show(least)}到{show(most)}分之间，填的是{show(points)}分。")
    return points


def _per_unit(item: Item, quantity: int | None, points: Points | None) -> Points:
    """So much for each person, time or hour."""
    return _rounded(Decimal(_given(item.points)) * _asked(item, quantity) / 100)


def _full_mark(item: Item, quantity: int | None, points: Points | None) -> Points:
    """The full mark less so much for each fault found, never below nothing."""
    faults = 0 if quantity is None else quantity
    if faults % 100:
        raise QuantityWrong(reason="数量是发现的问题处数，请填整数，没有问题填0。")
    return Points(max(0, _given(item.points) - faults // 100 * _given(item.per_fault)))


def _ladder(item: Item, quantity: int | None, points: Points | None) -> Points:
    """The points of the highest threshold reached, not the sum of those below."""
    reached = [value for threshold, value in read_steps(item.steps) if threshold <= _asked(item, quantity)]
    if not reached:
        lowest = show(read_steps(item.steps)[0][0])
        raise QuantityWrong(reason=f"未达到最低一档（{lowest}{item.unit}），达到后再登记。")
    return Points(reached[-1])


def _rate(item: Item, quantity: int | None, points: Points | None) -> Points:
    """So many points for each so much, bracket by bracket; beyond the last bracket nothing is added."""
    amount, total, below = _asked(item, quantity), Decimal(0), 0
    for threshold, per in read_steps(item.steps):
        inside = max(0, min(amount, threshold) - below)
        total += Decimal(_given(item.points)) * inside / per
        below = threshold
    return _rounded(total)


_SHAPES: dict[str, Callable[[Item, int | None, Points | None], Points]] = {
    "fixed": _fixed,
    "once": _fixed,
    "range": _range,
    "per_unit": _per_unit,
    "full_mark": _full_mark,
    "ladder": _ladder,
    "rate": _rate,
}


def _asked(item: Item, quantity: int | None) -> int:
    """The quantity an item needs; raises QuantityWrong when it is missing or nothing."""
    if not quantity:
        unit = f"（单位：{item.unit}）" if item.unit else ""
        raise QuantityWrong(reason=f"请填写数量{unit}，应大于0。")
    return quantity


def _given(value: Points | None) -> Points:
    """A value the import made sure is there."""
    return Points(0) if value is None else value


def _rounded(amount: Decimal) -> Points:
    """Whole hundredths, halves up: as people round on paper."""
    return Points(int(amount.quantize(Decimal(1), ROUND_HALF_UP)))
