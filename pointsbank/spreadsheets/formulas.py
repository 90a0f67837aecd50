"""Formulas that failed or were never worked out: the reader gives both as blank cells, so they are marked.

A blank may mean none or unlimited; a cell that shows #DIV/0! never does.
"""

import re
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pointsbank.spreadsheets.limits import Bounds
from pointsbank.spreadsheets.records import records
from pointsbank.spreadsheets.table import NO_RESULT, FailedFormula, Merged

_SHOWN = re.compile(r"#(?:[A-Z][A-Z0-9_]*[/]?[0A-Z]*[!?]|N/A|GETTING_DATA)|(?:Err|错误)[:：]\d{3}")

# Of Excel's workbook: its sheets with where they begin, the begin, a formula, a truth value or an error.
_SHEET, _BEGIN, _FORMULA, _TRUTH_OR_ERROR = 0x0085, 0x0809, 0x0006, 0x0205

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

_TYPE = re.compile(rb"""\st\s*=\s*(?:"\s*(\w*)\s*"|'\s*(\w*)\s*')""")
_FAILED = re.compile(rb"""\st\s*=\s*(?:"\s*e\s*"|'\s*e\s*')""")
_WITHOUT_VALUE = re.compile(
    rb"<((?:\w+:)?c)\b([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*(0?)\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


class Failed(NamedTuple):
    """A block of cells, counted from 0, whose formula failed, and what each of them shows."""

    row: int
    column: int
    rows: int
    columns: int
    shown: str


def is_failed(text: str) -> bool:
    """Return whether a cell's text is what a spreadsheet shows for a failed formula.

    Example:
        >>> is_failed("#DIV/0!"), is_failed("#N/A"), is_failed("#1"), is_failed("Err:502")
        (True, True, False, True)
    """
    return text[:1] in "#E错" and _SHOWN.fullmatch(text) is not None


def mark_in_xlsx(content: bytes, *, never_calculated: bool) -> bytes:
    """Return a sheet's XML in which errors are texts, and formulas without a value such an error.

    Args:
        never_calculated: the file asks to be worked out when it is opened; its noughts are no results.
    """
    if b"<f" not in content and b":f" not in content:
        return _FAILED.sub(b' t="str"', content) if _has_error(content) else content

    def marked(cell: re.Match[bytes]) -> bytes:
        name, attributes, value, nought = cell[1], cell[2], cell[3], cell[4]
        found = _TYPE.search(attributes)
        kind = (found[1] or found[2] or b"") if found else b""
        if (kind == b"str" and value is not None) or (nought and not never_calculated):
            return cell[0]
        prefix, rest = name[:-1], _TYPE.sub(b"", attributes)
        return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (
            prefix,
            rest,
            prefix,
            NO_RESULT.encode(),
            prefix,
            prefix,
        )

    content = _WITHOUT_VALUE.sub(marked, content)
    return _FAILED.sub(b' t="str"', content) if _has_error(content) else content


def _has_error(content: bytes) -> bool:
    return any(written in content for written in (b'"e"', b"'e'", b'"e ', b"'e ", b' e"', b" e'"))


def failed_in_xls(stream: bytes) -> Mapping[int, list[Failed]]:
    """Return the failed cells of an old workbook by the place of their sheet; raises struct.error."""
    begins = [
        struct.unpack_from("<I", stream, start)[0] for kind, start, _ in records(stream) if kind == _SHEET
    ]
    places = {begin: place for place, begin in enumerate(begins)}
    found: dict[int, list[Failed]] = defaultdict(list)
    place: int | None = None
    for kind, start, length in records(stream):
        if kind == _BEGIN:
            place = places.get(start - 4, place)
        elif place is not None and kind in (_FORMULA, _TRUTH_OR_ERROR):
            found[place] += _failed_record(stream, kind, start, length)
    return found


def _failed_record(stream: bytes, kind: int, start: int, length: int) -> Iterator[Failed]:
    """Yield the cell of a record if it failed."""
    row, column = struct.unpack_from("<HH", stream, start)
    if kind == _TRUTH_OR_ERROR:
        value, is_error = struct.unpack_from("<BB", stream, start + 6)
        if is_error:
            yield Failed(row, column, 1, 1, _ERRORS.get(value, "#VALUE!"))
        return
    what, value, mark = struct.unpack_from("<BxBxxxH", stream, start + 6)
    if mark == 0xFFFF and what == 2:
        yield Failed(row, column, 1, 1, _ERRORS.get(value, "#VALUE!"))
    elif mark == 0xFFFF and what == 3:
        yield Failed(row, column, 1, 1, NO_RESULT)


def put_in(
    rows: list[list[str]], failed: list[Failed], bounds: Bounds, *, made: type[str] = FailedFormula
) -> None:
    """Write failed cells into a sheet's rows, which are made longer where they end before them."""
    for one in failed:
        for row in range(one.row, min(one.row + one.rows, bounds.rows)):
            while len(rows) <= row:
                rows.append([])
            cells = rows[row]
            last = min(one.column + one.columns, bounds.columns)
            cells += [""] * (last - len(cells))
            for column in range(one.column, last):
                cells[column] = made(one.shown)


class Marks(NamedTuple):
    """What the reader does not say of a sheet: failed formulas, what is hidden, of an ods merged ranges.

    Attributes:
        shown: cells, as `Failed`, of which something else is shown than their number.
        hidden: rows from 0.
        struck: rows and columns, from 0, of cells whose text is struck out.
    """

    failed: list[Failed]
    merged: list[Merged]
    hidden: set[int]
    shown: list[Failed]
    hidden_columns: set[int]
    struck: set[tuple[int, int]]

    @classmethod
    def none(cls) -> "Marks":
        """Return marks to add to."""
        return cls([], [], set(), [], set(), set())
