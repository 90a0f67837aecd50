"""Excel and LibreOffice files: their cells as text, and bombs defused before they go off."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from odf.text import P

from pointsbank.spreadsheets import Table, read_table
from pointsbank.spreadsheets.problems import FileUnreadable
from pointsbank.spreadsheets.table import DateText, FailedFormula, LostDigits

Sheet = xlsxwriter.worksheet.Worksheet


def xlsx(fill: Callable[[xlsxwriter.Workbook, Sheet], None]) -> bytes:
    """A workbook of one sheet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    fill(book, book.add_worksheet())
    book.close()
    return file.getvalue()


def rows(*cells: list[object]) -> bytes:
    """A workbook with these rows."""

    def fill(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(cells):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                else:
                    sheet.write(number, place, cell)

    return xlsx(fill)


def ods(*cells: list[str], repeated: int = 1) -> bytes:
    """A LibreOffice sheet; its last cell stands for itself so many times."""
    document = OpenDocumentSpreadsheet()
    sheet = OdsTable(name="表")
    for row in cells:
        line = TableRow()
        for place, cell in enumerate(row, start=1):
            last = repeated if row is cells[-1] and place == len(row) else 1
            box = TableCell(valuetype="string", numbercolumnsrepeated=last)
            box.addElement(P(text=cell))
            line.addElement(box)
        sheet.addElement(line)
    sheet.addElement(TableRow(numberrowsrepeated=1_048_000))
    document.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


def xls(*places: tuple[int, int, object]) -> bytes:
    """An old Excel file with cells at these places."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row, column, cell in places:
        sheet.write(row, column, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def grid(table: Table) -> list[list[str]]:
    """The cells of the only sheet."""
    [sheet] = table.sheets
    return sheet.rows


def reason(data: bytes) -> str:
    """Why a file cannot be read."""
    with pytest.raises(FileUnreadable) as refused:
        read_table("表.xlsx", data)
    return refused.value.detail


def test_three_kinds_of_workbook_read_alike():
    old = xls((0, 0, "户号"), (0, 1, "户主"), (1, 0, "0101"), (1, 1, "王建国"))
    tables = [
        read_table("表", file)
        for file in (
            rows(["户号", "户主"], ["0101", "王建国"]),
            ods(["户号", "户主"], ["0101", "王建国"]),
            old,
        )
    ]

    assert [grid(table) for table in tables] == [[["户号", "户主"], ["0101", "王建国"]]] * 3


def test_cells_read_as_they_look():
    table = read_table("表", rows(["a", "b", "c", "d"], [13800138000, 0.1 + 0.2, True, " 文字 "]))

    assert grid(table)[1] == ["13800138000", "0.3", "TRUE", "文字"]


def test_a_code_turned_into_a_date_and_a_number_cut_short_are_marked():
    table = read_table("表", rows(["户号", "身份证"], [datetime(2026, 1, 2), 430922199001011234]))  # noqa: DTZ001
    code, number = grid(table)[1]

    assert isinstance(code, DateText) and code == "2026-01-02"
    assert isinstance(number, LostDigits)


def test_a_formula_gone_wrong_is_no_empty_cell():
    def fill(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
        sheet.write_row(0, 0, ["户号", "积分"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")

    assert grid(read_table("表", xlsx(fill)))[1] == ["", FailedFormula("#DIV/0!")]


def test_rows_are_numbered_from_the_top_of_the_sheet():
    table = read_table("表", rows([], [], ["户号", "户主"], [], ["0101", "王建国"]))

    assert [bool(any(row)) for row in grid(table)] == [False, False, True, False, True]


def test_the_visible_sheets_that_hold_anything_are_read():
    def fill(book: xlsxwriter.Workbook, empty: Sheet) -> None:
        hidden, wanted = book.add_worksheet("隐藏"), book.add_worksheet("花名册")
        hidden.write_row(0, 0, ["不", "要"])
        hidden.hide()
        wanted.write_row(0, 0, ["户号", "户主"])

    assert [(sheet.name, sheet.rows) for sheet in read_table("表", xlsx(fill)).sheets] == [
        ("花名册", [["户号", "户主"]])
    ]


def test_a_sheet_coloured_to_its_edges_is_still_small():
    def fill(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
        colour = book.add_format({"bg_color": "yellow"})
        sheet.write_row(0, 0, ["户号", "户主"])
        for place in range(2, 16_384):
            sheet.write_blank(0, place, None, colour)
        sheet.write_blank(1_048_575, 0, None, colour)

    assert grid(read_table("表", xlsx(fill))) == [["户号", "户主"]]


def test_two_cells_far_apart_are_no_table():
    def fill(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")

    far = xlsx(fill)

    assert len(far) < 10_000
    assert "范围过大" in reason(far)
    assert "范围过大" in reason(xls((0, 0, "a"), (65_535, 255, "b")))
    assert "范围过大" in reason(ods(["户号"], ["0101"], repeated=1_000_000))


def test_cells_without_places_are_counted_all_the_same():
    plain = rows(["户号", "户主"], ["0101", "王建国"])
    unplaced = edited(plain, lambda xml: xml.replace(b'r="A2" ', b"").replace(b'r="B2" ', b""))
    many = edited(plain, lambda xml: xml.replace(b'<c r="B2"', b"<c><v>1</v></c>" * 300 + b'<c r="B2"'))

    assert grid(read_table("表", unplaced))[1] == ["0101", "王建国"]
    assert "范围过大" in reason(many)


def test_a_bomb_is_not_unpacked():
    bomb = edited(rows(["户号"]), lambda xml: xml + b" " * 120_000_000)

    assert len(bomb) < 200_000
    assert "解压后过大" in reason(bomb)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda xml: xml.decode().encode("utf-16"), "编码"),
        (lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml, "编码"),
        (lambda xml: xml[:200], "损坏"),
    ],
)
def test_strange_and_broken_workbooks_are_told(change: Callable[[bytes], bytes], said: str):
    assert said in reason(edited(rows(["户号", "户主"], ["0101", "王建国"]), change))


def test_other_archives_are_no_tables():
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert "Word 文档" in reason(other.getvalue())
    assert "损坏" in reason(rows(["户号"])[:400])
    assert "损坏" in reason(xls((0, 0, "a"))[:700])


def edited(workbook: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its sheet's XML changed."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == "xl/worksheets/sheet1.xml" else content)
    return file.getvalue()
