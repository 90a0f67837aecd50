"""Excel and LibreOffice workbooks: the first visible sheet that holds anything, as cells of text."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import python_calamine as calamine

from pointsbank.spreadsheets.archives import repack
from pointsbank.spreadsheets.compound import check_workbook
from pointsbank.spreadsheets.limits import Bounds
from pointsbank.spreadsheets.problems import FileUnreadable
from pointsbank.spreadsheets.table import DateText, LostDigits

Cell = int | float | str | bool | time | date | datetime | timedelta

_VISIBLE_SHEET = (calamine.SheetVisibleEnum.Visible, calamine.SheetTypeEnum.WorkSheet)

# Excel keeps 15 digits of a number; from here on what it shows is no longer what was typed.
_FIRST_DOUBTFUL = 10**15


def read_workbook(name: str, data: bytes, bounds: Bounds) -> list[list[str]]:
    """Return all rows of the first filled sheet, from its very first, so that row numbers agree with Excel's.

    Raises:
        FileUnreadable: encrypted, damaged or too large.
    """
    data = repack(name, data, bounds) if data.startswith(b"PK") else check_workbook(name, data, bounds)
    try:
        rows = _first_filled_sheet(data)
    except calamine.PasswordError as error:
        raise FileUnreadable(name=name, reason="文件加了密码，请去掉密码后重新上传。") from error
    except BaseException as error:
        # A panic in the reader's Rust code is no Exception; everything else that is none must go on.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        reason = "表格内容已损坏或不是Excel格式，请用Excel或WPS打开，另存为 .xlsx 再上传。"
        raise FileUnreadable(name=name, reason=reason) from error
    if len(rows) > bounds.rows or (rows and len(rows[0]) > bounds.columns):
        raise FileUnreadable(
            name=name, reason=f"超过{bounds.rows}行或{bounds.columns}列，请删除多余的行和列，或分成几个文件。"
        )
    return [[cell.strip() if type(cell) is str else _text(cell) for cell in row] for row in rows]


def _first_filled_sheet(data: bytes) -> Sequence[Sequence[Cell]]:
    """The rows of the first visible sheet with a filled cell."""
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for place, sheet in enumerate(workbook.sheets_metadata):
            if (sheet.visible, sheet.typ) != _VISIBLE_SHEET:
                continue
            rows = workbook.get_sheet_by_index(place).to_python(skip_empty_area=False)
            if rows:
                return rows
    return []


def _text(cell: Cell) -> str:
    """A cell as its reader sees it; dates and damaged numbers stay marked."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        return DateText(cell.date() if cell.time() == time() else cell)
    return DateText(cell) if isinstance(cell, date) else str(cell)


def _number(cell: int | float) -> str:
    """A number without exponent or binary dust: 0.30000000000000004 is shown, and meant, as 0.3."""
    if isinstance(cell, float):
        if abs(cell) != abs(cell) or abs(cell) == float("inf"):
            return str(cell)
        cell = int(cell) if cell.is_integer() else cell
    if isinstance(cell, int):
        return LostDigits(cell) if abs(cell) >= _FIRST_DOUBTFUL else str(cell)
    return format(Decimal(f"{cell:.15g}"), "f")
