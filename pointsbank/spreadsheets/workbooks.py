"""Excel and LibreOffice workbooks: their visible sheets that hold anything, as cells of text."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import python_calamine as calamine

from pointsbank.spreadsheets.archives import repack
from pointsbank.spreadsheets.compound import check_workbook
from pointsbank.spreadsheets.formulas import Marks, is_failed, put_in
from pointsbank.spreadsheets.limits import TOO_LARGE_TOGETHER, Bounds
from pointsbank.spreadsheets.old_sheets import OldSheet
from pointsbank.spreadsheets.problems import FileUnreadable
from pointsbank.spreadsheets.table import DateText, FailedFormula, LostDigits, Merged, Sheet

Cell = int | float | str | bool | time | date | datetime | timedelta

_VISIBLE_SHEET = (calamine.SheetVisibleEnum.Visible, calamine.SheetTypeEnum.WorkSheet)

# Excel keeps 15 digits of a number; from here on what it shows is no longer what was typed.
_FIRST_DOUBTFUL = 10**15


def read_workbook(name: str, data: bytes, bounds: Bounds) -> list[Sheet]:
    """Return the filled visible sheets, each from its very first row, so that numbers agree with Excel's.

    Raises:
        FileUnreadable: encrypted, damaged, too large, or nothing is in it.
    """
    old: Mapping[int, OldSheet] = {}
    if data.startswith(b"PK"):
        data, found = repack(name, data, bounds)
        marks = dict(enumerate(found))
    else:
        failed, old = check_workbook(name, data, bounds)
        marks = {
            place: Marks.none()._replace(
                failed=failed.get(place, []), **old[place].marks if place in old else {}
            )
            for place in {*failed, *old}
            for seen in (old.get(place, OldSheet()),)
        }
    try:
        sheets = list(_sheets(name, data, bounds, marks, old))
    except calamine.PasswordError as error:
        raise FileUnreadable(name=name, reason="文件加了密码，请去掉密码后重新上传。") from error
    except FileUnreadable:
        raise
    except BaseException as error:
        # A panic in the reader's Rust code is no Exception; everything else that is none must go on.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        reason = "表格内容已损坏或不是 Excel 格式，请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。"
        raise FileUnreadable(name=name, reason=reason) from error
    if not sheets:
        reason = "里面没有填了字的工作表（图片里的字读不出来）。请把内容填进单元格，保存后再上传。"
        raise FileUnreadable(name=name, reason=reason)
    return sheets


def _sheets(
    name: str, data: bytes, bounds: Bounds, marks: Mapping[int, Marks], old: Mapping[int, OldSheet]
) -> Iterator[Sheet]:
    """Yield the visible sheets with a filled cell; together they are no larger than one may be."""
    rows_left, cells_left = bounds.rows, bounds.cells
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for place, about in enumerate(workbook.sheets_metadata):
            if (about.visible, about.typ) != _VISIBLE_SHEET:
                continue
            sheet = workbook.get_sheet_by_index(place)
            # Not total_height, which of a sheet of one row is 0.
            rows, columns = (last + 1 for last in sheet.end or (-1, -1))
            cells_left -= rows * columns
            if rows > rows_left or columns > bounds.columns:
                reason = f"超过{bounds.rows}行或{bounds.columns}列，请删除多余的行和列，或分成几个文件。"
                raise FileUnreadable(name=name, reason=reason)
            if cells_left < 0:
                raise FileUnreadable(name=name, reason=TOO_LARGE_TOGETHER)
            rows_left -= rows
            grid = [_texts(row) for row in sheet.to_python(skip_empty_area=False)] if rows else []
            merged = [Merged(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
            if place in old:
                old[place].texts(grid)
            mine = marks.get(place, Marks.none())
            put_in(grid, mine.shown, bounds, made=str)
            put_in(grid, mine.failed, bounds)
            merged += mine.merged
            if grid:
                hidden = {row for row in mine.hidden if row < len(grid)}
                whole = _within(name, grid, merged)
                yield Sheet(about.name, grid, whole, hidden, mine.hidden_columns, mine.struck)


def _within(name: str, grid: Sequence[Sequence[str]], merged: Sequence[Merged]) -> list[Merged]:
    """Return the merged ranges, cut to the sheet's rows; ranges that overlap are of no program's making."""
    height, width = len(grid), max(map(len, grid))
    cut = [
        Merged(top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in merged
        if top < height and left < width
    ]
    if sum((one.bottom - one.top + 1) * (one.right - one.left + 1) for one in cut) > height * width:
        raise FileUnreadable(
            name=name, reason="合并单元格互相重叠，请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。"
        )
    return cut


def _texts(row: Sequence[Cell]) -> list[str]:
    return [_plain(cell) if type(cell) is str else _text(cell) for cell in row]


def _plain(cell: str) -> str:
    """A text without the space around it, marked where it is what a failed formula shows."""
    cell = cell.strip()
    return FailedFormula(cell) if cell[:1] in "#E错" and is_failed(cell) else cell


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
