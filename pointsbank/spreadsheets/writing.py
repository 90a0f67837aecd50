"""Writes a table for Excel: a heading, then rows; text stays text, whatever it begins with."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pointsbank.lazy import LazyModule

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = LazyModule("xlsxwriter")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins with = would be a formula, and one like an address a link.
_AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_WIDEST = 40


def write_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return an .xlsx file with one sheet, its heading fixed and its columns as wide as what is in them.

    Args:
        title: of the sheet, 1 to 31 characters without : \\ / ? * [ ].

    Example:
        write_table("登录记录", ["时间", "账号"], [["2026-09-01 08:30", "li"]])
    """
    out = io.BytesIO()
    widths = [2 * len(heading) for heading in headings]
    with xlsxwriter.Workbook(out, _AS_TYPED) as book:
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write_number(number, column, value)
                widths[column] = max(widths[column], len(str(value)) + sum(c > "\u2e7f" for c in str(value)))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, _WIDEST) + 2)
    return out.getvalue()
