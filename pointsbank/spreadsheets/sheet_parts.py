"""Which part of an xlsx is which sheet, and which of its rows and columns are hidden."""

import re
from collections.abc import Mapping
from posixpath import join, normpath

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
_ID = re.compile(rb"""\b\w+:id\s*=\s*["']([^"']*)["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_ATTRIBUTE = re.compile(rb"""\b(Id|Target)\s*=\s*["']([^"']*)["']""")
_HIDDEN_ROW = re.compile(
    rb"""<(?:\w+:)?row\b(?=[^<>]*\shidden\s*=\s*["'](?:1|true)["'])[^<>]*?\sr\s*=\s*["'](\d+)"""
)
_FLAT_ROW = re.compile(
    rb"""<(?:\w+:)?row\b(?=[^<>]*\sht\s*=\s*["']0(?:\.0*)?["'])[^<>]*?\sr\s*=\s*["'](\d+)"""
)
_COLUMNS = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_OF_COLUMNS = re.compile(rb"""\b(min|max|hidden|width)\s*=\s*["']([^"']*)["']""")
_LAST_COLUMN = 256


def parts_of_sheets(parts: Mapping[str, bytes]) -> list[str]:
    """Return the name of each sheet's part, in the order of the sheets; "" where none is said."""
    relations = {}
    for one in _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b"")):
        found = dict(_ATTRIBUTE.findall(one))
        target = found.get(b"Target", b"").decode("utf-8", "replace")
        path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        relations[found.get(b"Id", b"")] = path
    ids = [_ID.search(sheet) for sheet in _SHEET.findall(parts.get("xl/workbook.xml", b""))]
    return [relations.get(found[1], "") if found else "" for found in ids]


def hidden_rows(content: bytes) -> set[int]:
    """Return the rows of a sheet's XML that are hidden, by hand or by a filter, or of no height, from 0."""
    numbers = _HIDDEN_ROW.findall(content) if b"hidden" in content else []
    if b'ht="0' in content or b"ht='0" in content:
        numbers += _FLAT_ROW.findall(content)
    return {int(number[:9]) - 1 for number in numbers}


def hidden_columns(content: bytes) -> set[int]:
    """Return the columns of a sheet's XML that are hidden or have no width, from 0."""
    found: set[int] = set()
    for one in _COLUMNS.findall(content[: content.find(b"sheetData")]):
        says = dict(_OF_COLUMNS.findall(one))
        first, last = says.get(b"min", b""), says.get(b"max", b"")
        is_hidden = says.get(b"hidden") in (b"1", b"true") or says.get(b"width") in (b"0", b"0.0")
        if is_hidden and first.isdigit() and last.isdigit():
            found.update(range(int(first[:6]) - 1, min(int(last[:6]), _LAST_COLUMN)))
    return found


def section_of(content: bytes, name: bytes) -> bytes:
    """Return the first element of this name, with its tags; nothing where it has no end.

    Example:
        >>> section_of(b"<a><fonts><font/></fonts></a>", b"fonts")
        b'<fonts><font/></fonts>'
    """
    # One search each: of `<fonts.*?</fonts>` each of many beginnings would look for its end.
    begin = re.search(rb"<(?:\w+:)?%b\b" % name, content)
    end = re.compile(rb"</(?:\w+:)?%b>" % name).search(content, begin.end()) if begin else None
    return content[begin.start() : end.end()] if begin and end else b""
