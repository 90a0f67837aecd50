"""Reads which characters a font file really draws, and refuses files that cannot be printed with.

A character map only promises: it may point at the empty box (.notdef), at a copy of it, or at nothing; or at
one picture that stands for a whole script. What counts is an outline with an extent and a width of its own.
Outlines lie one behind the other in one table, and where one ends the next begins: so an empty one is seen
without drawing it.
"""

import struct
import unicodedata
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools import ttLib

from pointsbank.errors import Invalid
from pointsbank.printing.scripts import is_set_alone

MAXIMUM_BYTES = 64 << 20
"""The largest font file; SimSun has 18 MB, Noto Sans SC 17."""

_KINDS = (b"\0\1\0\0", b"true", b"ttcf")
_RESTRICTED, _NO_CUTTING, _PICTURES_ONLY = 0x0002, 0x0100, 0x0200
_DEEPEST = 5
_ALIKE = 8
"""So many letters may share an outline: of real fonts four do (樂 and its three doubles of Korean order)."""

_EXTENT = struct.Struct(">5h")
"""How an outline begins: its number of contours, < 0 for one made of others, and its extent."""


class FontUnusable(Invalid):
    """A font file cannot be printed with; prints go on without it."""

    code = "font_unusable"
    sentence = "字体文件 {file} 不能用于打印：{why}。请换一个 TrueType 轮廓的 .ttf 或 .ttc 文件。"
    fixed_by = "管理员"


def drawn_points(path: Path) -> frozenset[int]:
    """Return the code points that a font file draws by themselves, U+0020 among them.

    Raises:
        FontUnusable: not there, too large, no TrueType outlines, or not to be embedded.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise FontUnusable(file=path.name, why="文件不在或读不了") from error
    if state.st_size > MAXIMUM_BYTES:
        raise FontUnusable(file=path.name, why=f"超过{MAXIMUM_BYTES >> 20}MB")
    return _drawn_points(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _drawn_points(path: Path, _changed: int, _size: int) -> frozenset[int]:
    """Return the same, remembered until the file changes."""
    try:
        with path.open("rb") as content:
            kind = content.read(4)
        if kind not in _KINDS:
            raise FontUnusable(file=path.name, why=_what_it_is(kind))
        with ttLib.TTFont(path, lazy=True, fontNumber=0) as font:
            if "glyf" not in font:
                raise FontUnusable(file=path.name, why="里面没有 TrueType 轮廓")
            _refuse_forbidden(font, path)
            points = _with_outlines(font)
    except FontUnusable:
        raise
    # Whatever a broken file makes fontTools do, it is the file that is wrong.
    except Exception as error:
        raise FontUnusable(file=path.name, why="文件不完整或已损坏") from error
    return frozenset(point for point in points if point == 0x20 or is_set_alone(chr(point)))


def _what_it_is(kind: bytes) -> str:
    known = {b"OTTO": "轮廓是 CFF（OpenType）", b"wOFF": "是网页字体", b"wOF2": "是网页字体"}
    return known.get(kind, "不是字体文件")


def _refuse_forbidden(font: Any, path: Path) -> None:
    """Refuse a font whose own bits (OS/2 fsType) do not let it be cut and embedded in a print."""
    if "OS/2" not in font:
        raise FontUnusable(file=path.name, why="没有写明许可嵌入（OS/2）")
    bits = int(font["OS/2"].fsType)
    if bits & 0xF == _RESTRICTED:
        raise FontUnusable(file=path.name, why="字体自己写明不许嵌入")
    if bits & (_NO_CUTTING | _PICTURES_ONLY):
        raise FontUnusable(file=path.name, why="字体自己写明不许裁切嵌入")


def _with_outlines(font: Any) -> set[int]:
    """Return the code points whose outline is neither empty nor that of .notdef nor that of many letters."""
    outlines, widths = _Outlines(font), font["hmtx"]
    numbers = {point: font.getGlyphID(name) for point, name in (font.getBestCmap() or {}).items()}
    drawn = {
        point: number
        for point, number in numbers.items()
        if point == 0x20 or (outlines.draws(number) and widths[font.getGlyphName(number)][0] > 0)
    }
    letters = {point: number for point, number in drawn.items() if unicodedata.category(chr(point)) == "Lo"}
    # Thirty thousand extents are compared at once, outlines only where many have the same.
    extents = Counter(map(outlines.extent, letters.values()))
    doubtful = {
        p: outlines.shape(number)
        for p, number in letters.items()
        if extents[outlines.extent(number)] > _ALIKE
    }
    alike = Counter(doubtful.values())
    return drawn.keys() - {point for point, shape in doubtful.items() if alike[shape] > _ALIKE}


class _Outlines:
    """The outlines of a font as they lie in its file, by number."""

    def __init__(self, font: Any) -> None:
        self._data = font.getTableData("glyf")
        self._starts = font["loca"].locations
        self._undefined, self._extent_undefined = self.shape(0), self.extent(0)

    def draws(self, number: int, depth: int = 0) -> bool:
        """Return whether an outline shows something; one made of others if one of these does."""
        start, end = self._starts[number], self._starts[number + 1]
        if not number or end - start < _EXTENT.size or depth > _DEEPEST:
            return False
        contours, left, low, right, high = _EXTENT.unpack_from(self._data, start)
        if contours < 0:
            return any(self.draws(part, depth + 1) for part in _parts(self._of(number)))
        shown = contours > 0 and right > left and high > low
        if self.extent(number) != self._extent_undefined:
            return bool(shown)
        return bool(shown) and self.shape(number) != self._undefined

    def extent(self, number: int) -> bytes:
        """Return how an outline begins: how many contours it has and how far they reach."""
        start = self._starts[number]
        return bytes(self._data[start : min(start + _EXTENT.size, self._starts[number + 1])])

    def shape(self, number: int) -> bytes:
        """Return what of an outline is seen: all but its instructions and the zeros that fill it up."""
        outline = self._of(number)
        contours = int.from_bytes(outline[:2], "big", signed=True) if outline else 0
        if contours <= 0:
            return outline
        at = _EXTENT.size + 2 * contours
        instructions = int.from_bytes(outline[at : at + 2], "big")
        return (outline[:at] + outline[at + instructions + 2 :]).rstrip(b"\0")

    def _of(self, number: int) -> bytes:
        return bytes(self._data[self._starts[number] : self._starts[number + 1]])


def _parts(outline: bytes) -> list[int]:
    """Return the numbers of the outlines that one is made of (OpenType, "glyf", composite description)."""
    parts, at, more = [], 10, True
    while more and at + 4 <= len(outline):
        flags = int.from_bytes(outline[at : at + 2], "big")
        parts.append(int.from_bytes(outline[at + 2 : at + 4], "big"))
        # Two arguments of a byte or a word each; then a scale, two, or four, of a word each.
        at += 8 if flags & 0x0001 else 6
        at += 2 if flags & 0x0008 else 4 if flags & 0x0040 else 8 if flags & 0x0080 else 0
        more = bool(flags & 0x0020)
    return parts
