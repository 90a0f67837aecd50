"""Where each box of a straightened page really is: by its own frame.

The codes pin the corners only; on paper that is curled or folded the middle moves by up to 3 mm, nearly a
row. So each column is followed from its upper bar to its lower one: how far its frames are off changes
little from row to row, and the way on which most frames are met is found by dynamic programming (Viterbi's).
Then each frame is fitted to a part of a point, and one that strays from its neighbours is put between them.
"""

from collections.abc import Sequence
from itertools import accumulate
from statistics import median
from typing import NamedTuple

from PIL import Image

from pointsbank.omr.layout import BOX, ROW_PITCH, bar_middles, box_middle
from pointsbank.omr.straightening import SCALE

FARTHEST = 28
"""Points by which a frame may be off: 3.5 mm; a row more would be its neighbour's."""

_HALF = round(BOX / 2 * SCALE)
_PITCH = round(ROW_PITCH * SCALE)
_BESIDE = 4
"""Points from the middle of a line to where it must be light, on both sides."""

_BEND = 3
"""Points by which neighbouring rows may differ."""

_STIFFNESS = 1 / 60
"""What a difference of one point costs, as a share of what a frame that is met gives; of two, four times."""

_AROUND = FARTHEST + 36
"""Points of profile kept before the first row's middle and behind the last one's."""

_NEAR = 6
"""Points around the way that was found in which a frame is fitted."""

_NEIGHBOURS = 4
"""Rows above and below by which a frame that strays is known."""


class Frame(NamedTuple):
    """A box on a straightened page: its middle in points, and its lines' darkness over what is beside."""

    x: float
    y: float
    contrast: float


def aligned(dark: Image.Image, *, rows: int, columns: int) -> list[Frame]:
    """Return the boxes of a page, row after row.

    Args:
        dark: `straightening.darkness` of the page.
    """
    by_column = [_column(dark, rows, column) for column in range(columns)]
    return [by_column[column][row] for row in range(rows) for column in range(columns)]


def _column(dark: Image.Image, rows: int, column: int) -> list[Frame]:
    middles = [box_middle(row, column) for row in range(rows)]
    x = middles[0].x * SCALE
    ys = [middle.y * SCALE for middle in middles]
    down = _followed_down(dark, x, rows, column)
    found = [y + off for y, off in zip(ys, down, strict=True)]
    across = _followed_across(dark, x, found)
    frames = [_fitted(dark, x + aside, y) for aside, y in zip(across, found, strict=True)]
    xs = _smoothed([frame.x - x for frame in frames])
    offsets = _smoothed([frame.y - y for frame, y in zip(frames, ys, strict=True)])
    return [
        Frame(x + aside, y + off, frame.contrast)
        for aside, off, y, frame in zip(xs, offsets, ys, frames, strict=True)
    ]


def _followed_down(dark: Image.Image, x: float, rows: int, column: int) -> list[int]:
    """Return how many points each row of a column is off, downwards, by the whole column's profile."""
    first = box_middle(0, column).y * SCALE
    length = 2 * _AROUND + _PITCH * (rows - 1) + 1
    # Twice as wide as a box, for nobody knows yet how far it is off sideways.
    profile = _profile_down(dark, x, 2 * _HALF, first - _AROUND, length)
    frames = _frame_scores(profile)
    bars = _bar_scores(profile)
    span = 2 * FARTHEST + 1
    upper, lower = (round(bar.y * SCALE - first) + _AROUND for bar in bar_middles(rows, column))
    places = [_AROUND + _PITCH * row - FARTHEST for row in range(rows)]
    scores = [frames[place : place + span] for place in places]
    ends = [bars[place - FARTHEST : place - FARTHEST + span] for place in (upper, lower)]
    return _best_way([ends[0], *scores, ends[1]])[1:-1]


def _followed_across(dark: Image.Image, x: float, ys: Sequence[float]) -> list[int]:
    """Return how many points each box of a column is off to the right, its row being known."""
    around = FARTHEST + _HALF + _BESIDE
    scores = [
        _frame_scores(_profile_across(dark, x - around, y, _HALF, 2 * around + 1))[
            around - FARTHEST : around + FARTHEST + 1
        ]
        for y in ys
    ]
    return _best_way(scores)


def _fitted(dark: Image.Image, x: float, y: float) -> Frame:
    """Return the frame near a place, to a part of a point; where none is nearer, that place."""
    around = _NEAR + _HALF + _BESIDE
    down = _profile_down(dark, x, _HALF - 1, y - around, 2 * around + 1)
    off, above_below = _peak(down, around)
    y += off
    across = _profile_across(dark, x - around, y, _HALF - 1, 2 * around + 1)
    aside, beside = _peak(across, around)
    return Frame(x + aside, y, (above_below + beside) / 2)


def _peak(profile: Sequence[float], around: int) -> tuple[float, float]:
    """Return how far from the middle of a profile a frame fits best, and how dark its lines are there."""
    scores = _frame_scores(profile)[around - _NEAR : around + _NEAR + 1]
    best = max(range(1, 2 * _NEAR), key=scores.__getitem__)
    before, here, after = scores[best - 1 : best + 2]
    bend = before - 2 * here + after
    part = max(-0.5, min(0.5, 0.5 * (before - after) / bend)) if bend < 0 else 0.0
    middle = around + best - _NEAR
    low, high = middle - _HALF, middle + _HALF
    contrast = (profile[low] + profile[high] - profile[low - _BESIDE] - profile[high + _BESIDE]) / 2
    return best - _NEAR + part, contrast


def _profile_down(dark: Image.Image, x: float, half: float, top: float, length: int) -> list[int]:
    """Return the mean darkness of a strip at `length` points from `top` down."""
    box = (x - half, top - 0.5, x + half, top - 0.5 + length)
    return _means(dark, (1, length), box)


def _profile_across(dark: Image.Image, left: float, y: float, half: float, length: int) -> list[int]:
    """Return the mean darkness of a strip at `length` points from `left` to the right."""
    box = (left - 0.5, y - half, left - 0.5 + length, y + half)
    return _means(dark, (length, 1), box)


def _means(dark: Image.Image, size: tuple[int, int], box: tuple[float, float, float, float]) -> list[int]:
    return list(dark.resize(size, Image.Resampling.BOX, box).tobytes())


def _frame_scores(profile: Sequence[float]) -> list[float]:
    """Return how well two lines, a box apart, stand around each point: dark there and light beside them."""
    edge = _HALF + _BESIDE
    lines = [0.0] * len(profile)
    inner = _HALF - _BESIDE
    for middle in range(edge, len(profile) - edge):
        dark = profile[middle - _HALF] + profile[middle + _HALF]
        light = profile[middle - edge] + profile[middle - inner]
        light += profile[middle + inner] + profile[middle + edge]
        lines[middle] = dark - 0.5 * light
    return lines


def _bar_scores(profile: Sequence[float]) -> list[float]:
    """Return how well a bar stands around each point."""
    half, beside = 3, 9
    sums = [0, *accumulate(profile)]
    bars = [0.0] * len(profile)
    for middle in range(beside, len(profile) - beside):
        dark = (sums[middle + half + 1] - sums[middle - half]) / (2 * half + 1)
        bars[middle] = 2 * dark - profile[middle - beside] - profile[middle + beside]
    return bars


def _best_way(scores: Sequence[Sequence[float]]) -> list[int]:
    """Return for each row how far it is off, so that all scores together are the largest.

    From row to row it changes by at most `_BEND` points, and each change has its price.
    """
    typical = median(max(row) for row in scores)
    prices = [typical * _STIFFNESS * step * step for step in range(_BEND + 1)]
    out = [float("-inf")] * _BEND
    totals = [list(scores[0])]
    for row in scores[1:]:
        padded = [*out, *totals[-1], *out]
        dearer = [[total - price for total in padded] for price in prices]
        ways = (dearer[abs(step - _BEND)][step : step + len(row)] for step in range(2 * _BEND + 1))
        totals.append([score + best for score, best in zip(row, map(max, *ways), strict=True)])
    place = max(range(len(totals[-1])), key=totals[-1].__getitem__)
    way = [place]
    for before in reversed(totals[:-1]):
        near = range(max(0, place - _BEND), min(len(before), place + _BEND + 1))
        here = place
        place = max(near, key=lambda one: before[one] - prices[abs(one - here)])
        way.append(place)
    return [place - FARTHEST for place in reversed(way)]


def _smoothed(offsets: Sequence[float]) -> list[float]:
    """Return offsets, those that stray from a line through their neighbours put back towards it."""
    smooth = []
    for row in range(len(offsets)):
        low, high = max(0, row - _NEIGHBOURS), min(len(offsets), row + _NEIGHBOURS + 1)
        near = [(other - row, offsets[other]) for other in range(low, high)]
        expected = _on_line(near)
        strays = [abs(value - expected[place]) for place, (_, value) in enumerate(near)]
        limit = max(0.6, 2.5 * median(strays))
        kept = [pair for pair, stray in zip(near, strays, strict=True) if stray <= limit] or near
        line = _line(kept)
        smooth.append(line + max(-0.5, min(0.5, 0.5 * (offsets[row] - line))))
    return smooth


def _line(pairs: Sequence[tuple[int, float]]) -> float:
    """Return the value at 0 of the straight line that fits best."""
    count = len(pairs)
    mean_x, mean_y = sum(x for x, _ in pairs) / count, sum(y for _, y in pairs) / count
    spread = sum((x - mean_x) ** 2 for x, _ in pairs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in pairs) / spread if spread else 0.0
    return mean_y - slope * mean_x


def _on_line(pairs: Sequence[tuple[int, float]]) -> list[float]:
    """Return the values at each place of a line that a few strays do not turn: by medians of halves."""
    count = len(pairs)
    if count < 4:
        middle = median(value for _, value in pairs)
        return [middle] * count
    third = max(1, count // 3)
    first, last = pairs[:third], pairs[-third:]
    x1, x2 = median(x for x, _ in first), median(x for x, _ in last)
    y1, y2 = median(y for _, y in first), median(y for _, y in last)
    slope = (y2 - y1) / (x2 - x1)
    start = median(y - slope * x for x, y in pairs)
    return [start + slope * x for x, _ in pairs]
