"""A photo of a sheet made flat: eight points a millimetre, and its light taken out.

The photo is mapped by the one perspective that fits all corners of the codes best, so the page's four corners
are right and its middle is off by as much as the paper was bent (`aligning`).
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter

from pointsbank.omr.layout import PAGE, Point

SCALE = 8
"""Points a millimetre on a straightened page."""

_COARSE = 12
"""Points a millimetre from which a photo is made smaller first: to skip points is to see noise."""

LIGHT_EVERY = 8
"""Points of the page, each way, that are one point of the picture of its light."""

_INK_WIDTH = 5
"""Points of that picture: what is darker and narrower is ink, what is wider is a shadow."""

_STEPS = 255 / math.log(256)
_LOGARITHM = [round(_STEPS * math.log(shade + 1)) for shade in range(256)]
_DARKNESS = [round(255 * (1 - math.exp(-step / _STEPS))) for step in range(256)]


class Perspective(NamedTuple):
    """Where the page lies on a photo: ``x = (a·u + b·v + c) / (g·u + h·v + 1)``, u and v in millimetres."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    g: float
    h: float

    def place(self, point: Point) -> tuple[float, float]:
        """Return where a place of the page is on the photo, in its points."""
        below = self.g * point.x + self.h * point.y + 1
        x = self.a * point.x + self.b * point.y + self.c
        y = self.d * point.x + self.e * point.y + self.f
        return x / below, y / below


def perspective(pairs: Sequence[tuple[Point, tuple[float, float]]]) -> Perspective | None:
    """Return the perspective that fits best, by least squares; None where there is none.

    Args:
        pairs: at least four places of the page, not all on one line, each with where it is on the photo.
    """
    # In parts of the page and of the photo, so that all unknowns are of one size.
    unit = PAGE[1]
    wide = max(max(abs(x), abs(y)) for _, (x, y) in pairs) or 1.0
    rows = []
    for (u, v), (x, y) in pairs:
        u, v, x, y = u / unit, v / unit, x / wide, y / wide
        rows.append(((u, v, 1.0, 0.0, 0.0, 0.0, -u * x, -v * x), x))
        rows.append(((0.0, 0.0, 0.0, u, v, 1.0, -u * y, -v * y), y))
    normal = [
        [sum(row[i] * row[j] for row, _ in rows) for j in range(8)] + [sum(row[i] * to for row, to in rows)]
        for i in range(8)
    ]
    solved = _solved(normal)
    if solved is None:
        return None
    a, b, c, d, e, f, g, h = solved
    near, far = wide / unit, 1 / unit
    return Perspective(a * near, b * near, c * wide, d * near, e * near, f * wide, g * far, h * far)


def _solved(rows: list[list[float]]) -> list[float] | None:
    """Return the solution of linear equations, each a row with its right side last, or None."""
    count = len(rows)
    for column in range(count):
        pivot = max(range(column, count), key=lambda row: abs(rows[row][column]))
        if abs(rows[pivot][column]) < 1e-12:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(count):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                pairs = zip(rows[row], rows[column], strict=True)
                rows[row] = [one - factor * other for one, other in pairs]
    return [rows[row][count] / rows[row][row] for row in range(count)]


def straightened(photo: Image.Image, seen: Perspective) -> Image.Image:
    """Return the page of a grey photo, `SCALE` points a millimetre."""
    left, right = seen.place(Point(0, PAGE[1] / 2)), seen.place(Point(PAGE[0], PAGE[1] / 2))
    factor = 2 if math.dist(left, right) / PAGE[0] > _COARSE else 1
    if factor > 1:
        photo = photo.reduce(factor)
    size = (round(PAGE[0] * SCALE), round(PAGE[1] * SCALE))
    across = [value / SCALE / factor for value in (seen.a, seen.b, seen.d, seen.e)]
    coefficients = (
        *(across[0], across[1], seen.c / factor, across[2], across[3], seen.f / factor),
        *(seen.g / SCALE, seen.h / SCALE),
    )
    return photo.transform(
        size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR, fillcolor=128
    )


def light_on(page: Image.Image) -> Image.Image:
    """Return how bright the paper itself is, a point a millimetre: ink and print are filled in."""
    light = page.reduce(LIGHT_EVERY)
    light = light.filter(ImageFilter.MaxFilter(_INK_WIDTH)).filter(ImageFilter.MinFilter(_INK_WIDTH))
    # More would carry the shade of a sharp shadow into the light beside it.
    return light.filter(ImageFilter.GaussianBlur(1))


def darkness(page: Image.Image, light: Image.Image) -> Image.Image:
    """Return how dark each point of a straightened page is: 0 as the paper around it, 255 black.

    Args:
        light: `light_on` the page.
    """
    whole = light.resize(page.size, Image.Resampling.BILINEAR)
    return _share_missing(whole, page)


def shadow_edges(light: Image.Image) -> Image.Image:
    """Return how much darker paper is than paper 2 mm away, a point a millimetre: 0 no edge, 255 black.

    Where a shadow ends sharply a box is half in it, and what is shade and what is ink is not certain.
    """
    window = ImageFilter.MaxFilter(_INK_WIDTH), ImageFilter.MinFilter(_INK_WIDTH)
    return _share_missing(light.filter(window[0]), light.filter(window[1]))


def _share_missing(whole: Image.Image, part: Image.Image) -> Image.Image:
    # A quotient is a difference of logarithms, and those come from a table.
    return ImageChops.subtract(whole.point(_LOGARITHM), part.point(_LOGARITHM)).point(_DARKNESS)
