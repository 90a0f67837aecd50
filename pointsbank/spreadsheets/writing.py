"""Writes tables for Excel: a heading, then rows; text stays text, and no cell is ever a formula.

Rows go to the file one by one, so that a table of any length needs little memory. Of a text that begins as a
formula does, an apostrophe is written first, as Excel's own users do it: a file saved as CSV and opened again
would otherwise be worked out. The imports take it away (`unguarded`). Negative amounts are numbers in .xlsx;
in CSV their sign is the typographic minus, which imports read as one.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from pointsbank.errors import Refused
from pointsbank.lazy import LazyModule
from pointsbank.slow_work import before_slow_work

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = LazyModule("xlsxwriter")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# A cell that begins with = would be a formula, and one like an address a link.
_AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
_WIDEST = 40
_ROWS_LOOKED_AT = 200
_BEGINS_FORMULAS = frozenset("=+-@＝＋－＠")  # "" is none of them
# LibreOffice shows days before March 1900 as the day before.
_FIRST_DAY = date(1900, 3, 1)

Cell = str | int | Decimal | date


class CellNotWritten(Refused):
    """A cell does not fit into a file for Excel."""

    code = "cell_not_written"
    sentence = "第{row}行放不进 Excel：一格最多32767个字，一张表最多1048576行，请先缩小范围再导出。"
    fixed_by = "村委"


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Example:
        >>> guarded("=1+1"), guarded("大米"), guarded("'-5")
        ("'=1+1", '大米', "''-5")
    """
    return f"'{text}" if text.lstrip(" '\t\r\n\u3000")[:1] in _BEGINS_FORMULAS else text


def unguarded(text: str) -> str:
    """Return a text without the apostrophe that `guarded` put before it.

    Example:
        >>> unguarded("'=1+1"), unguarded("'n")
        ('=1+1', "'n")
    """
    return text[1:] if text[:1] == "'" and guarded(text[1:]) == text else text


def write_xlsx(out: BinaryIO, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write an .xlsx file with one sheet, its heading fixed, and return the number of rows.

    Args:
        title: of the sheet, 1 to 31 characters without : \\ / ? * [ ].

    Raises:
        CellNotWritten: a text is too long for a cell, or there are too many rows.

    Example:
        write_xlsx(file, "登录记录", ["时间", "账号"], [["2026-09-01 08:30", "li"]])
    """
    return write_sheets(out, {title: (headings, rows)})


def write_sheets(out: BinaryIO, sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]]) -> int:
    """Write an .xlsx file of several sheets, in their order, and return the number of rows of all.

    Args:
        sheets: headings and rows by the title of each sheet.

    Raises:
        CellNotWritten: a text is too long for a cell, or there are too many rows.

    Example:
        write_sheets(file, {"填这一张": (["户号"], []), "怎样填": (["列"], [["户号"]])})
    """
    before_slow_work("writing a table")
    number = 0
    with xlsxwriter.Workbook(out, _AS_TYPED) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for title, (headings, rows) in sheets.items():
            number += _write_sheet(book.add_worksheet(title), headings, rows, bold, day)
    return number


def _write_sheet(
    sheet: Any, headings: Sequence[str], rows: Iterable[Sequence[Cell]], bold: Any, day: Any
) -> int:
    """Write one sheet row by row and return how many rows it has."""
    number = 0
    widths = [_width(heading) for heading in headings]
    sheet.freeze_panes(1, 0)
    _write_row(sheet, 0, headings, bold, day)
    for number, row in enumerate(rows, start=1):
        _write_row(sheet, number, row, None, day)
        if number <= _ROWS_LOOKED_AT:
            widths = [max(known, _width(value)) for known, value in zip(widths, row, strict=True)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width, _WIDEST) + 2)
    return number


def write_csv(out: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write CSV in UTF-8 with the mark that Excel wants, and return the number of rows.

    Example:
        write_csv(file, ["户号", "积分"], [["0101", Decimal("2.5")]])
    """
    before_slow_work("writing a table")
    number = 0
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow([guarded(heading) for heading in headings])
        for row in rows:
            writer.writerow([_as_text(value) for value in row])
            number += 1
        text.flush()
    finally:
        # The file is the caller's to close.
        text.detach()
    return number


def _write_row(sheet: Any, number: int, row: Sequence[Cell], style: Any, day: Any) -> None:
    """Write one row; raises CellNotWritten, where the library only returns a negative number."""
    for column, value in enumerate(row):
        if isinstance(value, str):
            done = sheet.write_string(number, column, guarded(value), style) if value else 0
        elif isinstance(value, date) and value >= _FIRST_DAY:
            done = sheet.write_datetime(number, column, value, day)
        elif isinstance(value, date):
            done = sheet.write_string(number, column, value.isoformat(), style)
        else:
            done = sheet.write_number(number, column, value, style)
        if done < 0:
            raise CellNotWritten(row=number + 1)


def _as_text(value: Cell) -> str:
    """Return a value as CSV has it."""
    if isinstance(value, str):
        return guarded(value)
    return value.isoformat() if isinstance(value, date) else str(value).replace("-", "−")


def _width(value: Cell) -> int:
    """Return how wide a value is, in letters."""
    return sum(2 if one > "\u2e7f" else 1 for one in str(value))
