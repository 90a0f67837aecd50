"""Cells of an xlsx whose text is struck out: people cross out what no longer holds, and leave it there."""

import re
from collections.abc import Mapping

from pointsbank.spreadsheets.sheet_parts import section_of

_STRUCK = rb"<(?:\w+:)?strike\s*(?:/>|>|val\s*=\s*[\"'](?:1|true)[\"'])"
_STRIKE = re.compile(_STRUCK)
_FONT = re.compile(rb"<(?:\w+:)?font\b")
_ONE_FORMAT = re.compile(rb"<(?:\w+:)?xf\b([^<>]*)>")
_ITS_FONT = re.compile(rb'\bfontId="(\d+)"')
_TEXT = re.compile(rb"<(?:\w+:)?si\b")
_STYLED = re.compile(
    rb'<(?:\w+:)?c\b(?=[^<>]*\ss="(\d+)")(?>[^<>]*?\sr="([A-Z]{1,3})(\d{1,7})")[^<>/]*+>\s*+<(?!/)'
)
_SHARED = re.compile(
    rb'<(?:\w+:)?c\b(?=[^<>]*\st="s")(?>[^<>]*?\sr="([A-Z]{1,3})(\d{1,7})")[^<>/]*+>\s*<(?:\w+:)?v>(\d+)<'
)

_CELL = re.compile(rb"<(?:\w+:)?c\b")
_REFERENCE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')


def struck_styles(styles: bytes) -> frozenset[bytes]:
    """Return the numbers of a workbook's cell styles whose font strikes out, as cells name them."""
    fonts = _FONT.split(section_of(styles, b"fonts"))[1:] if b"strike" in styles else []
    struck = {place for place, font in enumerate(fonts) if _STRIKE.search(font)}
    if not struck:
        return frozenset()
    formats = [_ITS_FONT.search(one) for one in _ONE_FORMAT.findall(section_of(styles, b"cellXfs"))]
    return frozenset(b"%d" % at for at, font in enumerate(formats) if font and int(font[1]) in struck)


def struck_texts(texts: bytes) -> frozenset[bytes]:
    """Return the places of a workbook's shared texts of which a part is struck out."""
    if b"strike" not in texts:
        return frozenset()
    return frozenset(b"%d" % at for at, text in enumerate(_TEXT.split(texts)[1:]) if _STRIKE.search(text))


def struck_cells(sheet: bytes, styles: frozenset[bytes], texts: frozenset[bytes]) -> set[tuple[int, int]]:
    """Return the rows and columns, from 0, of the cells of a sheet's XML that hold something struck out."""
    found = set()
    if styles and any(b's="%b"' % style in sheet for style in styles):
        found = {_place(row, at) for style, at, row in _STYLED.findall(sheet) if style in styles}
    if texts:
        found |= {_place(row, at) for at, row, text in _SHARED.findall(sheet) if text in texts}
    return found | _struck_in_place(sheet)


def _struck_in_place(sheet: bytes) -> set[tuple[int, int]]:
    """Return the cells whose text stands in the sheet itself, as openpyxl 3.1 writes rich text."""
    if b"strike" not in sheet:
        return set()
    found = set()
    for cell in _CELL.split(sheet)[1:]:
        tag, _, text = cell.partition(b">")
        if _STRIKE.search(text) and (place := _REFERENCE.search(tag)):
            found.add(_place(place[2], place[1]))
    return found


def parts_struck(parts: Mapping[str, bytes]) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Return the styles and the shared texts of a workbook's parts that are struck out."""
    named = {part.lower(): content for part, content in parts.items()}
    return struck_styles(named.get("xl/styles.xml", b"")), struck_texts(
        named.get("xl/sharedstrings.xml", b"")
    )


def _place(row: bytes, letters: bytes) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(row) - 1, column - 1
