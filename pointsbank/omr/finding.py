"""The codes in a sheet's corners, found on a photo; which sheet they are of, and where its page lies.

A photo is searched small first, which takes a few hundredths of a second, then smoothed, whole, doubled and
sharpened. A code that is seen and cannot be read counts where those that were read say that a corner must be.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import zxingcpp
from PIL import Image, ImageFilter

from pointsbank.errors import Invalid
from pointsbank.omr.corner_codes import CornerCode, read_text
from pointsbank.omr.layout import CODE_SIDE, Point, code_corners
from pointsbank.omr.straightening import Perspective, perspective

LONGEST_SIDE = 2000
ENOUGH_SECONDS = 0.6
"""Processor time after which no further view is tried."""

DOUBLED_UP_TO = 3_300_000
"""Pixels of a photo that may be searched at twice its size."""

NEEDED = 3
_AWAY = 0.5
"""How far from where it must be a code that was not read may lie, in its own sides."""

Quad = tuple[tuple[float, float], ...]


class SheetNotSeen(Invalid):
    """No code of a score sheet is in the photo."""

    code = "sheet_not_seen"
    sentence = "照片里没有认出评分表。请把整张表放平拍清楚，四个角上的码都要拍到，再发一次。"
    fixed_by = "村委"
    at = ("photo",)


class SheetInPart(Invalid):
    """Fewer than three corners of the sheet are in the photo, or can be read."""

    code = "sheet_in_part"
    sentence = "照片里只认出评分表的{corners}个角。请把整张表都拍进去，光线亮一些，再发一次。"
    fixed_by = "村委"
    at = ("photo",)


class SheetsTwo(Invalid):
    """Corners of several sheets are in the photo."""

    code = "sheets_two"
    sentence = "一张照片里有几张评分表。请一张一张分开拍，再发一次。"
    fixed_by = "村委"
    at = ("photo",)


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A sheet on a photo: the page's number, its rows and columns, and where it lies."""

    number: str
    rows: int
    columns: int
    seen: Perspective
    corners: int


@dataclass(slots=True)
class _Seen:
    """What the views have shown so far, in points of the photo."""

    read: dict[CornerCode, Quad] = field(default_factory=dict)
    unread: list[Quad] = field(default_factory=list)
    is_twice: bool = False

    def add(self, code: CornerCode, quad: Quad) -> None:
        """Note where a code lies; at two places it is on two copies of a page, filled in differently."""
        first = self.read.setdefault(code, quad)
        self.is_twice |= math.dist(first[0], quad[0]) > math.dist(first[0], first[1])

    @property
    def is_several(self) -> bool:
        """Whether there are several sheets."""
        return self.is_twice or len({(code.number, code.rows, code.columns) for code in self.read}) > 1

    @property
    def is_enough(self) -> bool:
        """Whether nothing more is wanted."""
        return self.is_several or len({code.corner for code in self.read}) == 4


def find_sheet(photo: Image.Image) -> FoundSheet:
    """Return the one sheet on a grey photo.

    Raises:
        SheetNotSeen: there is no code of ours.
        SheetsTwo: there are several sheets, or several copies of one.
        SheetInPart: fewer than three corners.
    """
    began, seen = time.process_time(), _Seen()
    for view, larger in _views(photo):
        _search(view, larger, seen)
        if seen.is_enough or time.process_time() - began > ENOUGH_SECONDS:
            break
    if not seen.read:
        raise SheetNotSeen()
    if seen.is_several:
        raise SheetsTwo()
    first = next(iter(seen.read))
    quads = {code.corner: quad for code, quad in seen.read.items()}
    quads |= _missing(quads, seen.unread)
    found = _fitted(quads)
    if len(quads) < NEEDED or found is None:
        raise SheetInPart(corners=len(quads))
    return FoundSheet(first.number, first.rows, first.columns, found, len(quads))


def _views(photo: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    """Yield the photo in several ways, each with how much larger than the photo it is."""
    share = min(1.0, LONGEST_SIDE / max(photo.size))
    small = photo
    if share < 1:
        small = photo.resize((round(photo.width * share), round(photo.height * share)), reducing_gap=2.0)
    yield small, share
    # Noise: what looks like edges at every point hides the squares in a code's corners.
    yield small.filter(ImageFilter.GaussianBlur(1)), share
    if share < 1:
        yield photo, 1.0
    if photo.width * photo.height <= DOUBLED_UP_TO:
        doubled = photo.resize((2 * photo.width, 2 * photo.height), Image.Resampling.BICUBIC)
        yield doubled, 2.0
        yield doubled.filter(ImageFilter.UnsharpMask(radius=6, percent=150, threshold=0)), 2.0
    else:
        yield photo.filter(ImageFilter.UnsharpMask(radius=4, percent=250, threshold=0)), 1.0


def _search(view: Image.Image, larger: float, seen: _Seen) -> None:
    """Add the codes on a view."""
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for code in zxingcpp.read_barcodes(view, formats=formats, return_errors=True):
        at = code.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        # A point is meant by its middle.
        quad = tuple(((one.x + 0.5) / larger, (one.y + 0.5) / larger) for one in corners)
        known = read_text(code.text) if code.valid else None
        if known is not None:
            seen.add(known, quad)
        elif not code.valid:
            seen.unread.append(quad)


def _missing(quads: dict[int, Quad], unread: list[Quad]) -> dict[int, Quad]:
    """Return the codes that were not read and lie where a missing corner must be."""
    if len(quads) < 2 or len(quads) == 4:
        return {}
    guess = _fitted(quads)
    if guess is None:
        return {}
    found = {}
    for corner in set(range(4)) - set(quads):
        expected = [guess.place(point) for point in code_corners(corner)]
        side = math.dist(expected[0], expected[1])
        away = [max(map(math.dist, quad, expected)) for quad in unread]
        if away and min(away) < _AWAY * side * (4 - len(quads)):
            found[corner] = unread[away.index(min(away))]
    return found


def _fitted(quads: dict[int, Quad]) -> Perspective | None:
    """Return where the page lies by its corners' codes."""
    pairs = [pair for corner, quad in quads.items() for pair in zip(code_corners(corner), quad, strict=True)]
    return perspective(pairs) if len(pairs) >= 4 else None


def finder_middles() -> list[Point]:
    """Return the middles of the squares in the codes' corners, which are the darkest places of a page."""
    in_from = 3.5 * CODE_SIDE / 21
    middles = []
    for corner in range(4):
        left, top = code_corners(corner)[0]
        far = CODE_SIDE - in_from
        places = ((in_from, in_from), (far, in_from), (in_from, far))
        middles += [Point(left + x, top + y) for x, y in places]
    return middles
