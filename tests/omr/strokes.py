"""Marks as people make them in a box: ticks, crosses, dots, filled boxes, and those that nobody can read."""

import math
import random
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_FINE = 3
"""Points drawn for each one of the page: then made smaller, so that edges are soft."""

_REACH = 6.0
"""Millimetres around the middle of a box that a mark may use."""

Line = list[tuple[float, float]]


class Pen(NamedTuple):
    """An ink: its colour, how thick its strokes are (mm, from and to), how dark, how much is missing."""

    colour: tuple[int, int, int]
    width: tuple[float, float]
    dark: float
    gaps: float


class Spot(NamedTuple):
    """A place on the page in its points, with points a millimetre."""

    x: float
    y: float
    scale: int


def drawn_mark(sheet: Image.Image, spot: Spot, pen: Pen, dice: random.Random, shape: str, kind: str) -> None:
    """Draw one mark: a `shape`, or one that is half-hearted or crossed out."""
    if kind == "half-hearted":
        lines = _half_hearted(dice)
    elif kind == "crossed out":
        lines = _LINES[shape](dice) + _crossing_out(dice)
    else:
        lines = _LINES[shape](dice)
    draw_lines(sheet, spot, pen, dice, lines)


def scribble(
    sheet: Image.Image, spot: Spot, pen: Pen, dice: random.Random, *, wide: float, high: float
) -> None:
    """Draw something like a signature, so many millimetres wide and high."""
    steps = dice.randint(8, 16)
    line = [
        (-wide / 2 + wide * number / steps, dice.uniform(-high / 2, high / 2)) for number in range(steps + 1)
    ]
    draw_lines(sheet, spot, pen, dice, [_smooth(line)], reach=max(wide, high) / 2 + 1)


def dust(sheet: Image.Image, spot: Spot, dice: random.Random) -> None:
    """Draw a speck of 0.1 to 0.4 mm."""
    half = dice.uniform(0.05, 0.2) * spot.scale
    box = (spot.x - half, spot.y - half, spot.x + half, spot.y + half)
    ImageDraw.Draw(sheet).ellipse(box, fill=(dice.randint(60, 170),) * 3)


def draw_lines(
    sheet: Image.Image, spot: Spot, pen: Pen, dice: random.Random, lines: list[Line], *, reach: float = _REACH
) -> None:
    """Draw lines (mm from the spot) with a pen: thinner and thicker, with gaps as its ink has."""
    scale = spot.scale * _FINE
    side = round(2 * reach * spot.scale)
    ink = Image.new("L", (side * _FINE, side * _FINE), 0)
    pencil = ImageDraw.Draw(ink)
    width = dice.uniform(*pen.width)
    for line in lines:
        points = [((x + reach) * scale, (y + reach) * scale) for x, y in line]
        thick = max(1, round(width * dice.uniform(0.85, 1.15) * scale))
        pencil.line(points, fill=255, width=thick, joint="curve")
        for x, y in (points[0], points[-1]):
            pencil.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
    ink = ink.reduce(_FINE).point(lambda shade: round(shade * pen.dark))
    if pen.gaps:
        ink = ImageChops.multiply(ink, _grain(ink.size, pen.gaps, dice))
    left, top = round(spot.x - side / 2), round(spot.y - side / 2)
    sheet.paste(pen.colour, (left, top, left + side, top + side), ink)


def _grain(size: tuple[int, int], gaps: float, dice: random.Random) -> Image.Image:
    """Where ink came: for a share `gaps` of the way a third of it or less, patch by patch."""
    small = (size[0] // 4 + 1, size[1] // 4 + 1)
    patches = Image.frombytes("L", small, dice.randbytes(small[0] * small[1]))
    cut = round(255 * gaps)
    came = patches.point(lambda byte: 255 if byte >= cut else round(90 * byte / max(1, cut)))
    return came.filter(ImageFilter.GaussianBlur(0.5)).resize(size, Image.Resampling.BILINEAR)


def _near(dice: random.Random, x: float, y: float, by: float) -> tuple[float, float]:
    return x + dice.uniform(-by, by), y + dice.uniform(-by, by)


def _smooth(line: Line) -> Line:
    """A line with its corners cut twice, as a moving hand does."""
    for _ in range(2):
        cut = [line[0]]
        for (ax, ay), (bx, by) in pairwise(line):
            cut += [
                (0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by),
                (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by),
            ]
        line = [*cut, line[-1]]
    return line


def _tick(dice: random.Random) -> list[Line]:
    """A short way down, a longer one up to the right, often out of the box."""
    size = dice.uniform(0.75, 1.55)
    x, y = _near(dice, 0, 0, 0.45)
    start = _near(dice, x - 1.0 * size, y - 0.1 * size, 0.25)
    foot = _near(dice, x - 0.25 * size, y + 0.95 * size, 0.2)
    end = _near(dice, x + dice.uniform(1.2, 1.8) * size, y - dice.uniform(1.0, 1.55) * size, 0.3)
    bend = (
        (foot[0] + end[0]) / 2 + dice.uniform(-0.2, 0.1),
        (foot[1] + end[1]) / 2 + dice.uniform(-0.1, 0.3),
    )
    return [[start, foot, *_smooth([foot, bend, end])]]


def _cross(dice: random.Random) -> list[Line]:
    half = dice.uniform(0.75, 1.6)
    x, y = _near(dice, 0, 0, 0.4)
    lines = []
    for turn in (1, -1):
        lines.append(
            [_near(dice, x - half, y - turn * half, 0.25), _near(dice, x + half, y + turn * half, 0.25)]
        )
    return lines


def _dot(dice: random.Random) -> list[Line]:
    """A thick dot, made by going round a small circle."""
    x, y = _near(dice, 0, 0, 0.45)
    radius = dice.uniform(0.35, 0.75)
    turns = 2 + radius
    line = []
    for number in range(40):
        angle, far = number / 40 * turns * 2 * math.pi, radius * (0.2 + 0.8 * number / 40)
        line.append((x + far * math.cos(angle), y + far * math.sin(angle)))
    return [line]


def _filled(dice: random.Random) -> list[Line]:
    """The box filled by going up and down."""
    half = dice.uniform(0.95, 1.35)
    x, y = _near(dice, 0, 0, 0.2)
    count = dice.randint(6, 10)
    zigzag = [
        _near(dice, x - half + 2 * half * number / count, y + half * (-1) ** number, 0.15)
        for number in range(count + 1)
    ]
    return [zigzag]


def _half_hearted(dice: random.Random) -> list[Line]:
    """A short stroke, or a tick mostly beside the box."""
    if dice.random() < 0.5:
        x, y = _near(dice, 0, 0, 1.0)
        length, angle = dice.uniform(0.4, 1.2), dice.uniform(0, math.pi)
        return [[(x, y), (x + length * math.cos(angle), y + length * math.sin(angle))]]
    away = dice.uniform(1.2, 2.2)
    return [[(x + away, y) for x, y in line] for line in _tick(dice)]


def _crossing_out(dice: random.Random) -> list[Line]:
    """Scribbled over, across both sides of the box; or the box filled and signed beside."""
    if dice.random() < 0.5:
        count = dice.randint(5, 9)
        return [
            [
                (-2.6 + 5.2 * number / count, dice.uniform(0.6, 1.5) * (-1) ** number)
                for number in range(count + 1)
            ]
        ]
    signature = [(2.2 + 2.8 * number / 8, dice.uniform(-1.2, 1.2)) for number in range(9)]
    return [*_filled(dice), _smooth(signature)]


_LINES = {"tick": _tick, "cross": _cross, "dot": _dot, "filled": _filled}
