"""What an .xls says of its cells beside their values: what is hidden or struck out, formats of numbers."""

import struct
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pointsbank.spreadsheets.records import SEVERAL_CELLS, records
from pointsbank.spreadsheets.shown import Form, form_of_number

_SHEET, _BEGIN, _ROW, _FORMAT, _STYLE = 0x0085, 0x0809, 0x0208, 0x041E, 0x00E0
_FONT, _COLUMNS = 0x0031, 0x007D
_TEXTS = frozenset({0x00FD, 0x0204, 0x00D6, 0x0205})
_NUMBERS = frozenset({0x0006, 0x0203, 0x027E})
_IS_HIDDEN, _TWO_BYTES = 0x20, 1
_IS_STRUCK, _COLUMN_IS_HIDDEN = 8, 1


@dataclass
class OldSheet:
    """What of a sheet is hidden or struck out, from 0, and numbers whose format may show something else."""

    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    forms: dict[Form, "array[int]"] = field(default_factory=lambda: defaultdict(lambda: array("I")))

    @property
    def marks(self) -> dict[str, Any]:
        """What is hidden or struck out, by the names that `Marks` has for it."""
        return {"hidden": self.hidden, "hidden_columns": self.hidden_columns, "struck": self.struck}

    def texts(self, rows: list[list[str]]) -> None:
        """Write what is shown into the cells where it is something else than their number."""
        for form, places in self.forms.items():
            for at in places:
                row, column = at >> 8, at & 255
                if row < len(rows) and column < len(rows[row]) and type(rows[row][column]) is str:
                    rows[row][column] = form.shows(rows[row][column]) or rows[row][column]


def old_sheets(stream: bytes) -> dict[int, OldSheet]:
    """Return what is known of each sheet by its place; raises struct.error."""
    begins = [
        struct.unpack_from("<I", stream, start)[0] for kind, start, _ in records(stream) if kind == _SHEET
    ]
    places = {begin: place for place, begin in enumerate(begins)}
    found: dict[int, OldSheet] = defaultdict(OldSheet)
    codes: dict[int, str] = {}
    fonts: list[bool] = []
    styles: list[_Style] = []
    place: int | None = None
    for kind, start, length in records(stream):
        if kind == _BEGIN:
            place = places.get(start - 4, place)
        elif kind == _FORMAT:
            number, code = _format(stream, start, length)
            codes[number] = code
        elif kind == _FONT:
            fonts.append(bool(struct.unpack_from("<H", stream, start + 2)[0] & _IS_STRUCK))
            if len(fonts) == _NO_FONT:
                fonts.append(False)
        elif kind == _STYLE:
            font, number = struct.unpack_from("<HH", stream, start)
            styles.append(_Style(form_of_number(number, codes), font < len(fonts) and fonts[font]))
        elif place is not None:
            _see(found[place], stream, kind, start, length, styles)
    return found


class _Style(NamedTuple):
    """How a cell looks: what its format shows of a number, and whether it is struck out."""

    form: Form | None
    struck: bool


_NO_FONT = 4
"""There is none of this number: [MS-XLS] 2.5.129."""


def _see(
    sheet: OldSheet, stream: bytes, kind: int, start: int, length: int, styles: Sequence[_Style]
) -> None:
    """Note what a record of a sheet says of rows, columns or cells."""
    if kind == _ROW:
        row, flags = struct.unpack_from("<H10xH", stream, start)
        if flags & _IS_HIDDEN:
            sheet.hidden.add(row)
    elif kind == _COLUMNS:
        first, last, width, _, flags = struct.unpack_from("<5H", stream, start)
        if flags & _COLUMN_IS_HIDDEN or not width:
            sheet.hidden_columns.update(range(first, min(last, 255) + 1))
    elif kind in _NUMBERS or kind in _TEXTS:
        row, column, style = struct.unpack_from("<HHH", stream, start)
        _note(sheet, row, column, style, styles, is_number=kind in _NUMBERS)
    elif kind == SEVERAL_CELLS:
        row, first = struct.unpack_from("<HH", stream, start)
        for number in range((length - 6) // 6):
            (style,) = struct.unpack_from("<H", stream, start + 4 + 6 * number)
            _note(sheet, row, first + number, style, styles, is_number=True)


def _note(
    sheet: OldSheet, row: int, column: int, style: int, styles: Sequence[_Style], *, is_number: bool
) -> None:
    drawn = styles[style] if style < len(styles) else None
    if drawn is None or column > 255:
        return
    if drawn.struck:
        sheet.struck.add((row, column))
    if is_number and drawn.form is not None:
        sheet.forms[drawn.form].append(row << 8 | column)


def _format(stream: bytes, start: int, length: int) -> tuple[int, str]:
    """Return a format's number and its code."""
    if length < 5:
        return 0, ""
    number, letters, flags = struct.unpack_from("<HHB", stream, start)
    data = stream[start + 5 : start + length]
    if flags & _TWO_BYTES:
        return number, data[: 2 * letters].decode("utf-16-le", "replace")
    return number, data[:letters].decode("latin-1")
