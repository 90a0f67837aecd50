"""A stretch of marks as a village writes it: `1040<得分≤1060`, `90–95`, `96以上`, `<60`. Pure.

Both ends are kept as they were written, with whether the number itself belongs to it: 以上 and 以下 include
it, 超过 and 低于 do not, and so do both ends of `90–95`. Inside it is the first and the last mark that belong
to it, in hundredths, so that nothing is compared twice in two ways.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pointsbank.errors import Invalid
from pointsbank.points import Points, show
from pointsbank.text import narrow

HUNDREDTH = 1
WHOLE = 100
_FARTHEST = 100_000_000_00
"""Marks beyond a hundred million points are a slip of the pen."""

_NUMBER = r"(-?[0-9]{1,9}(?:\.[0-9]{1,2})?)"
_DASH = r"(?:至|到|~|-|–|—|—|－)"
_UNIT = r"[分颗个星]?"
_UNDER = r"(<=|≤|<|＜)"
_SIGNS = re.compile("[<>≤≥＜＞]")
_MARK = r"(?:得分|分数|积分|分值|星数|总分|分|x|X)?"
_BETWEEN = re.compile(rf"{_NUMBER}{_UNDER}{_MARK}{_UNDER}{_NUMBER}")
_SPAN = re.compile(rf"{_NUMBER}{_UNIT}{_DASH}{_NUMBER}{_UNIT}")
_BOTH_IN = re.compile(rf"{_NUMBER}{_UNIT}(?:及以上|以上)[，,、]?{_NUMBER}{_UNIT}(?:及以下|以下)")
_HALF_OPEN = re.compile(rf"{_NUMBER}{_UNIT}(?:及以上|以上)?[，,、]?(?:不到|不满|低于|未满){_NUMBER}{_UNIT}")
_ABOVE = re.compile(rf"(?:{_MARK}(?:≥|>=){_NUMBER}{_UNIT}|{_NUMBER}{_UNIT}(?:及以上|以上|或以上))")
_BEYOND = re.compile(rf"(?:{_MARK}(?:>|＞)|超过|高于|大于){_NUMBER}{_UNIT}")
_BELOW = re.compile(rf"(?:{_MARK}(?:≤|<=){_NUMBER}{_UNIT}|{_NUMBER}{_UNIT}(?:及以下|以下|或以下))")
_UNDERNEATH = re.compile(rf"(?:{_MARK}(?:<|＜)|低于|不满|不到|不足|未满|小于){_NUMBER}{_UNIT}")


class RangeUnreadable(Invalid):
    """A stretch of marks is written in a way that we do not read."""

    code = "grade_range_unreadable"
    sentence = "看不懂分数段“{given}”，请写成 80<得分≤90、80以上不满90、96以上、低于60这样的。"
    at = ("range",)


class RangeEmpty(Invalid):
    """No mark lies in a stretch: its end comes before its beginning."""

    code = "grade_range_empty"
    sentence = "分数段“{given}”里一个分数也没有，请核对先后。"
    at = ("range",)


@dataclass(frozen=True, slots=True)
class Range:
    """From one mark to another in hundredths, each with whether it belongs to it; None: without an end.

    `written` is how the village writes it.
    """

    low: Points | None
    low_included: bool
    high: Points | None
    high_included: bool
    written: str

    @property
    def in_words(self) -> str:
        """How it is said to somebody who reads no signs; as the village wrote it where that has none.

        >>> [read(one).in_words for one in ("96以上", "30<得分≤40", ">40", "≤0")]
        ['96以上', '高于30分，40分及以下', '高于40分', '0分及以下']
        """
        if not _SIGNS.search(self.written):
            return self.written
        low = "" if self.low is None else show(self.low)
        high = "" if self.high is None else show(self.high)
        above = f"{low}分及以上" if self.low_included else f"高于{low}分"
        below = f"{high}分及以下" if self.high_included else f"低于{high}分"
        return "，".join(one for one, there in ((above, low), (below, high)) if there)

    def first(self, step: int = HUNDREDTH) -> int | None:
        """Return the lowest mark in it, in hundredths; None where it has no lower end.

        Args:
            step: between two marks, in hundredths: 1, or 100 where only whole marks are given.

        >>> read("1040<得分≤1060").first(), read("90-95").first(), read(">7").first(WHOLE)
        (104001, 9000, 800)
        """
        if self.low is None:
            return None
        number = -(-self.low // step) * step
        return number + step if number == self.low and not self.low_included else number

    def last(self, step: int = HUNDREDTH) -> int | None:
        """Return the highest mark in it, in hundredths; None where it has no upper end.

        >>> read("1040<得分≤1060").last(), read("<60").last(), read("5–7星").last(WHOLE)
        (106000, 5999, 700)
        """
        if self.high is None:
            return None
        number = self.high // step * step
        return number - step if number == self.high and not self.high_included else number


def read(written: str) -> Range:
    """Return a stretch of marks as somebody wrote it.

    Raises:
        RangeUnreadable: it is none that we know.
        RangeEmpty: no mark lies in it.

    >>> one = read("96以上")
    >>> one.low, one.low_included, one.high
    (9600, True, None)
    >>> read("60以下").high_included, read("<60").high_included
    (True, False)
    >>> read("80以上不满90").last(), read("80分以上，90分以下").last()
    (8999, 9000)
    """
    tidy = re.sub(r"[\s，,、分星]+(?=$)|\s+", "", narrow(written.strip()))
    for pattern, make in _READERS:
        found = pattern.fullmatch(tidy)
        if found:
            low, low_in, high, high_in = make([one for one in found.groups() if one is not None])
            one = Range(low, low_in, high, high_in, written.strip())
            first, last = one.first(), one.last()
            if first is not None and last is not None and first > last:
                raise RangeEmpty(given=one.written)
            return one
    raise RangeUnreadable(given=written.strip()[:30])


def spelled(low: Points | None, high: Points | None, *, low_included: bool, high_included: bool) -> str:
    """Return how a stretch of marks between two ends is written; None: without an end on this side.

    >>> spelled(Points(104000), Points(106000), low_included=False, high_included=True)
    '1040<得分≤1060'
    >>> spelled(Points(9600), None, low_included=True, high_included=True)
    '得分≥96'
    >>> spelled(None, Points(6000), low_included=False, high_included=False)
    '得分<60'
    """
    if high is None:
        return "" if low is None else f"得分{'≥' if low_included else '>'}{show(low)}"
    upper = f"得分{'≤' if high_included else '<'}{show(high)}"
    return upper if low is None else f"{show(low)}{'≤' if low_included else '<'}{upper}"


_Ends = tuple[Points | None, bool, Points | None, bool]


def _mark(number: str) -> Points:
    return Points(int(Decimal(number) * 100))


def _is_in(sign: str) -> bool:
    return sign in ("<=", "≤")


_READERS: tuple[tuple[re.Pattern[str], Callable[[list[str]], _Ends]], ...] = (
    (_BETWEEN, lambda one: (_mark(one[0]), _is_in(one[1]), _mark(one[3]), _is_in(one[2]))),
    (_SPAN, lambda one: (_mark(one[0]), True, _mark(one[1]), True)),
    (_BOTH_IN, lambda one: (_mark(one[0]), True, _mark(one[1]), True)),
    (_HALF_OPEN, lambda one: (_mark(one[0]), True, _mark(one[1]), False)),
    (_ABOVE, lambda one: (_mark(one[0]), True, None, False)),
    (_BEYOND, lambda one: (_mark(one[0]), False, None, False)),
    (_BELOW, lambda one: (None, False, _mark(one[0]), True)),
    (_UNDERNEATH, lambda one: (None, False, _mark(one[0]), False)),
)
