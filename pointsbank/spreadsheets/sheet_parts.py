"""Which part of an xlsx is which sheet, and which of its rows are hidden."""

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
    """Return the rows of a sheet's XML that are hidden, by hand or by a filter, from 0."""
    if b"hidden" not in content:
        return set()
    return {int(number[:9]) - 1 for number in _HIDDEN_ROW.findall(content)}
