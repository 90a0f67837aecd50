"""Whether there is a mark in a box: five looks at its ink, each against what is clear around it.

A box is empty only if every look says so, and marked only if it is dark where a mark must be. Everything
between is asked about, and so is what looks crossed out. What ink is worth is measured on the sheet itself:
black by the codes' corners, paper and the frames' own shade by the emptiest boxes near by, the pen by its
clearest marks.
"""

from collections.abc import Sequence
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from PIL import Image

from pointsbank.omr.aligning import Frame
from pointsbank.omr.finding import finder_middles
from pointsbank.omr.layout import BOX, FRAME
from pointsbank.omr.straightening import SCALE

_OUTER = (BOX + FRAME) / 2 * SCALE
_INNER = BOX / 2 * SCALE * (1 - 2 * 0.16)
"""What is looked at inside: less a sixth of the box on each side, where its frame's shade reaches."""

_CELLS = 4
_DARKEST = 3
_BESIDE = (0.15 * SCALE, 0.75 * SCALE)
"""Points outside the frame, to its left and right, where a crossed-out box is dark."""


class Ink(NamedTuple):
    """Ink of a box, as parts of black: 0 nothing.

    Attributes:
        inside: all of its inside.
        cells: the three darkest of the inside's sixteen parts.
        left, right: beside the frame.
        whole: the box with its frame.
    """

    inside: float
    cells: float
    left: float
    right: float
    whole: float


def ink_in(dark: Image.Image, frames: Sequence[Frame]) -> list[Ink]:
    """Return the ink of boxes, nothing subtracted yet, as parts of the black of the codes."""
    black = max(40.0, _black(dark))
    return [Ink(*(value / black for value in _box(dark, frame))) for frame in frames]


def _box(dark: Image.Image, frame: Frame) -> tuple[float, ...]:
    x, y = frame.x, frame.y
    inner, outer = _INNER, _OUTER
    box = dark.resize((_CELLS, _CELLS), Image.Resampling.BOX, (x - inner, y - inner, x + inner, y + inner))
    cells = box.tobytes()
    darkest = sorted(cells)[-_DARKEST:]
    near, far = (outer + away for away in _BESIDE)
    return (
        sum(cells) / len(cells),
        sum(darkest) / _DARKEST,
        _mean(dark, x - far, y - outer, x - near, y + outer),
        _mean(dark, x + near, y - outer, x + far, y + outer),
        _mean(dark, x - outer, y - outer, x + outer, y + outer),
    )


def _mean(dark: Image.Image, left: float, top: float, right: float, bottom: float) -> int:
    return dark.resize((1, 1), Image.Resampling.BOX, (left, top, right, bottom)).tobytes()[0]


def _black(dark: Image.Image) -> float:
    """Return the darkness of the squares in the codes' corners."""
    half = 0.7 * SCALE
    return median(
        _mean(dark, x * SCALE - half, y * SCALE - half, x * SCALE + half, y * SCALE + half)
        for x, y in finder_middles()
    )


class Answer(StrEnum):
    """What a box says."""

    EMPTY = "empty"
    MARKED = "marked"
    UNCLEAR = "unclear"
    CROSSED_OUT = "crossed_out"


class _Bounds(NamedTuple):
    """Ink of a black pen on each side of which a box is clear; a fainter pen's is less in proportion."""

    empty: float
    marked: float


_INSIDE = _Bounds(empty=0.04, marked=0.12)
_DARK_CELLS = _Bounds(empty=0.09, marked=0.34)
_BESIDE_EMPTY = 0.10
_WHOLE_EMPTY = 0.05
_BOTH_SIDES = 0.08
_FULL = 0.5
_SIGNED = 0.045
"""A box that is as full as that, with so much ink on one side, may be filled and signed: taken back."""

_FULLER = (0.5, 1.5)
"""Or it is full, and so much fuller than the sheet's other marks, which are ticks or crosses."""

_USUAL_INSIDE = 0.3
_FEW_MARKS = 8
_CLEAR_MARK = 0.2
_STRONG = 0.6
_STRENGTH = (0.35, 1.0)
_ROWS_AROUND, _COLUMNS_AROUND = 3, 2
_EMPTIEST = 4
"""One in so many boxes near by is taken to be empty."""

_LARGEST_GROUND = Ink(inside=0.08, cells=0.14, left=0.10, right=0.10, whole=0.30)
"""No paper is darker: where nearly every box is marked, the emptiest of them does not make it so."""


def answers(inks: Sequence[Ink], *, rows: int, columns: int) -> list[Answer]:
    """Return what each box says, row after row."""
    clear = _less_ground(inks, rows, columns)
    strength = pen_strength(clear)
    usual = usual_inside(clear) / strength
    return [answer(one, strength=strength, usual=usual) for one in clear]


def answer(ink: Ink, *, strength: float = 1.0, usual: float = _USUAL_INSIDE) -> Answer:
    """Return what a box says by its ink, the ground's taken away.

    A box that is filled and signed beside is taken back, as stands at the foot of the sheet; one that is only
    filled may be a mark where all are filled, and is asked about where others are ticks.

    Args:
        strength: how dark the pen is, 0.35 to 1.
        usual: ink inside a usual mark of the sheet, by the same pen.

    Example:
        >>> nothing = Ink(0, 0, 0, 0, 0)
        >>> answer(nothing).value, answer(nothing._replace(inside=0.3, cells=0.6, whole=0.3)).value
        ('empty', 'marked')
    """
    inside, cells, left, right, whole = (value / strength for value in ink)
    is_dark = inside > _INSIDE.marked and cells > _DARK_CELLS.marked
    is_signed = inside > _FULL and max(left, right) > _SIGNED
    is_fuller = inside > _FULLER[0] and inside > _FULLER[1] * usual
    if is_dark and (min(left, right) > _BOTH_SIDES or is_signed or is_fuller):
        return Answer.CROSSED_OUT
    if is_dark:
        return Answer.MARKED
    is_clear = inside < _INSIDE.empty and cells < _DARK_CELLS.empty and whole < _WHOLE_EMPTY
    return Answer.EMPTY if is_clear and max(left, right) < _BESIDE_EMPTY else Answer.UNCLEAR


def pen_strength(inks: Sequence[Ink]) -> float:
    """Return how dark a sheet's pen is, 0.35 to 1: by the middle one of its clear marks; 1 where it has none.

    Example:
        >>> nothing = Ink(0, 0, 0, 0, 0)
        >>> pen_strength([nothing, nothing._replace(cells=0.3)])
        0.5
    """
    clear = [ink.cells for ink in inks if ink.cells > _CLEAR_MARK]
    return min(_STRENGTH[1], max(_STRENGTH[0], median(clear) / _STRONG)) if clear else 1.0


def usual_inside(inks: Sequence[Ink]) -> float:
    """Return the ink inside the middle one of a sheet's clear marks; a tick's where there are few.

    Example:
        >>> usual_inside([Ink(0.6, 0.9, 0, 0, 0.6)] * 8), usual_inside([Ink(0.6, 0.9, 0, 0, 0.6)])
        (0.6, 0.3)
    """
    clear = [ink.inside for ink in inks if ink.cells > _CLEAR_MARK]
    return median(clear) if len(clear) >= _FEW_MARKS else _USUAL_INSIDE


def _less_ground(inks: Sequence[Ink], rows: int, columns: int) -> list[Ink]:
    """Return the ink without what the emptiest boxes near by have of it too: paper, and the frames' shade."""
    clear = []
    for place, ink in enumerate(inks):
        row, column = divmod(place, columns)
        near = [
            inks[other * columns + aside]
            for other in range(max(0, row - _ROWS_AROUND), min(rows, row + _ROWS_AROUND + 1))
            for aside in range(max(0, column - _COLUMNS_AROUND), min(columns, column + _COLUMNS_AROUND + 1))
        ]
        quarter = len(near) // _EMPTIEST
        ground = (sorted(values)[quarter] for values in zip(*near, strict=True))
        clear.append(
            Ink(
                *(
                    value - min(under, largest)
                    for value, under, largest in zip(ink, ground, _LARGEST_GROUND, strict=True)
                )
            )
        )
    return clear
