"""What an .xls says beside its values: rows and columns that are hidden, formats of numbers."""

import struct
from array import array
from collections import defaultdict
from dataclasses import dataclass, field

from pointsbank.spreadsheets.records import SEVERAL_CELLS, records
from pointsbank.spreadsheets.shown import Form, form_of_number

_SHEET, _BEGIN, _ROW, _FORMAT, _STYLE = 0x0085, 0x0809, 0x0208, 0x041E, 0x00E0
_NUMBERS = frozenset({0x0006, 0x0203, 0x027E})
_COLUMNS, _LAST_COLUMN = 0x007D, 255
_IS_HIDDEN, _COLUMN_IS_HIDDEN, _TWO_BYTES = 0x20, 1, 1


@dataclass
class OldSheet:
    """Hidden rows and columns of a sheet, from 0, and where numbers stand whose format may show another."""

    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    forms: dict[Form, "array[int]"] = field(default_factory=lambda: defaultdict(lambda: array("I")))

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
    styles: list[Form | None] = []
    place: int | None = None
    for kind, start, length in records(stream):
        if kind == _BEGIN:
            place = places.get(start - 4, place)
        elif kind == _FORMAT:
            number, code = _format(stream, start, length)
            codes[number] = code
        elif kind == _STYLE:
            styles.append(form_of_number(struct.unpack_from("<H", stream, start + 2)[0], codes))
        elif place is None:
            continue
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", stream, start)
            if flags & _IS_HIDDEN:
                found[place].hidden.add(row)
        elif kind == _COLUMNS:
            first, last, width, flags = struct.unpack_from("<HHH2xH", stream, start)
            if flags & _COLUMN_IS_HIDDEN or not width:
                found[place].hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))
        elif kind in _NUMBERS:
            row, column, style = struct.unpack_from("<HHH", stream, start)
            _note(found[place], row, column, style, styles)
        elif kind == SEVERAL_CELLS:
            row, first = struct.unpack_from("<HH", stream, start)
            for number in range((length - 6) // 6):
                (style,) = struct.unpack_from("<H", stream, start + 4 + 6 * number)
                _note(found[place], row, first + number, style, styles)
    return found


def _note(sheet: OldSheet, row: int, column: int, style: int, styles: list[Form | None]) -> None:
    form = styles[style] if style < len(styles) else None
    if form is not None and column < 256:
        sheet.forms[form].append(row << 8 | column)


def _format(stream: bytes, start: int, length: int) -> tuple[int, str]:
    """Return a format's number and its code."""
    if length < 5:
        return 0, ""
    number, letters, flags = struct.unpack_from("<HHB", stream, start)
    data = stream[start + 5 : start + length]
    if flags & _TWO_BYTES:
        return number, data[: 2 * letters].decode("utf-16-le", "replace")
    return number, data[:letters].decode("latin-1")
