"""Bands over marks: every mark falls in exactly one, or the table is refused with the mark that does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pointsbank.errors import Invalid
from pointsbank.grades.ranges import HUNDREDTH, WHOLE, Range
from pointsbank.points import Points, show

MAXIMUM_BANDS = 12


class BandsTooMany(Invalid):
    """A table has no band at all, or more than anybody could tell apart."""

    code = "grade_bands_count"
    sentence = "一张等级表要有1至{maximum}档，现在是{count}档，请核对。"
    at = ("bands",)


class BandNamedTwice(Invalid):
    """Two bands of a table have the same name."""

    code = "grade_band_twice"
    sentence = "“{name}”写了两次，每一档的名字要不一样。"
    at = ("bands",)


class BandsOverlap(Invalid):
    """A mark falls in two bands."""

    code = "bands_overlap"
    sentence = "“{first}”和“{second}”重叠：{mark}分两档都算，请改成只算一档。"
    at = ("bands",)


class BandsGap(Invalid):
    """A mark falls in no band."""

    code = "bands_gap"
    sentence = "{marks}分落不进任何一档，请把相邻的两档接上再通过。"
    at = ("bands",)


class NoLowestBand(Invalid):
    """Marks under the lowest band fall in none."""

    code = "grade_no_lowest_band"
    sentence = "{mark}分低于最低的“{name}”，落不进任何一档：请再加一档，或者写明最低一档以下叫什么。"
    at = ("below", "bands")


class NoHighestBand(Invalid):
    """Marks above the highest band fall in none."""

    code = "grade_no_highest_band"
    sentence = "{mark}分高于最高的“{name}”，落不进任何一档：请给最高一档写多少分以上，不写到多少。"
    at = ("bands",)


class Scale(NamedTuple):
    """Which marks there are, in hundredths: how far apart, the lowest and the highest; None: no end."""

    step: int
    lowest: int | None
    highest: int | None


SCALES = {
    "stars": Scale(WHOLE, 0, None),
    "base_left": Scale(HUNDREDTH, 0, None),
    "patrol": Scale(HUNDREDTH, 0, 10_000),
}
_ANY = Scale(HUNDREDTH, None, None)
MEANS = frozenset({"honour_average", "patrol"})
"""Measures that are means of months or of checks."""


@dataclass(frozen=True, slots=True)
class Band:
    """One band: its name, what it hangs out (a code of `labels.grade_sign`), its marks, what follows."""

    name: str
    sign: str
    range: Range
    measure: str = ""


def scale_of(measured_on: str) -> Scale:
    """Return which marks what is measured on can give.

    >>> scale_of("patrol").highest, scale_of("honour_sum").lowest
    (10000, None)
    """
    return SCALES.get(measured_on, _ANY)


def in_order(bands: Sequence[Band], scale: Scale = _ANY) -> list[Band]:
    """Return the bands from the highest down, each mark in exactly one.

    Raises:
        BandsTooMany: there is none, or more than twelve.
        BandNamedTwice: two have one name.
        BandsOverlap: a mark falls in two.
        BandsGap: a mark between two bands falls in none.
        NoLowestBand, NoHighestBand: a mark below or above all of them does.

    >>> from pointsbank.grades.ranges import read
    >>> [one.name for one in in_order([Band("良", "b", read("<90")), Band("优", "a", read("90以上"))])]
    ['优', '良']
    """
    if not 1 <= len(bands) <= MAXIMUM_BANDS:
        raise BandsTooMany(maximum=MAXIMUM_BANDS, count=len(bands))
    for place, band in enumerate(bands):
        if any(one.name == band.name for one in bands[:place]):
            raise BandNamedTwice(name=band.name)
    rising = sorted(bands, key=lambda band: _bottom(band, scale))
    gaps = list[str]()
    for low, high in pairwise(rising):
        last, first = low.range.last(scale.step), high.range.first(scale.step)
        if last is None or first is None or first <= last:
            shared = first if first is not None else last if last is not None else 0
            raise BandsOverlap(first=low.name, second=high.name, mark=show(Points(shared)))
        if first > last + scale.step:
            gaps.append(show(Points(_between(last + scale.step, first - scale.step, scale.step))))
    if gaps:
        raise BandsGap(marks="分、".join(gaps))
    _check_ends(rising, scale)
    return rising[::-1]


def band_for(mark: int, bands: Sequence[Band], scale: Scale = _ANY) -> int | None:
    """Return the place, from 0 for the first, of the band in which a mark falls; None where it falls in none.

    >>> from pointsbank.grades.ranges import read
    >>> bands = [Band("五星", "stars_5", read("96以上")), Band("四星", "stars_4", read("低于96"))]
    >>> [band_for(mark, bands) for mark in (9600, 9550, -100)]
    [0, 1, 1]
    """
    for place, band in enumerate(bands):
        first, last = band.range.first(scale.step), band.range.last(scale.step)
        if (first is None or first <= mark) and (last is None or mark <= last):
            return place
    return None


def next_up(mark: int, bands: Sequence[Band], scale: Scale = _ANY, *, is_mean: bool = False) -> str:
    """Return how far it is from a mark to the next band up, in words; nothing from the highest.

    Args:
        bands: from the highest down.
        is_mean: marks are means: who is short of one by a point needs more than one point.

    >>> from pointsbank.grades.ranges import read
    >>> bands = [Band("四星", "stars_4", read(">1040")), Band("三星", "stars_3", read("≤1040"))]
    >>> next_up(102800, bands), next_up(104100, bands)
    ('超过1040分就是“四星”，现在1028分', '')
    >>> bands = [Band("优", "a", read("90以上")), Band("良", "b", read("<90"))]
    >>> next_up(8650, bands)
    '再得3.5分就是“优”'
    >>> next_up(8650, bands, is_mean=True)
    '平均再高3.5分就是“优”'
    """
    place = band_for(mark, bands, scale)
    if not place:
        return ""
    above = bands[place - 1]
    low = above.range.low
    if low is None:
        return ""
    unit = "颗星" if scale.step == WHOLE else "分"
    if not above.range.low_included and scale.step == HUNDREDTH:
        return f"超过{show(low)}分就是“{above.name}”，现在{show(Points(mark))}分"
    first = above.range.first(scale.step)
    more = "平均再高" if is_mean else "再得"
    return f"{more}{show(Points((first or 0) - mark))}{unit}就是“{above.name}”"


def _bottom(band: Band, scale: Scale) -> float:
    first = band.range.first(scale.step)
    return float("-inf") if first is None else first


def _between(first: int, last: int, step: int) -> int:
    """Return a mark in the middle of those that fall through: of 95.01 to 95.99 it is 95.5.

    >>> _between(9501, 9599, 1), _between(800, 900, 100), _between(6000, 6000, 1)
    (9550, 800, 6000)
    """
    return first + (last - first) // 2 // step * step


def _check_ends(rising: Sequence[Band], scale: Scale) -> None:
    """Raise if a mark below the lowest or above the highest band falls in none."""
    lowest, highest = rising[0], rising[-1]
    first, last = lowest.range.first(scale.step), highest.range.last(scale.step)
    if first is not None and (scale.lowest is None or first > scale.lowest):
        mark = (first - 1) // WHOLE * WHOLE
        raise NoLowestBand(mark=show(Points(mark)), name=lowest.name)
    if last is not None and (scale.highest is None or last < scale.highest):
        raise NoHighestBand(mark=show(Points((last // WHOLE + 1) * WHOLE)), name=highest.name)
