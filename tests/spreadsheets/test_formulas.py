"""A formula that failed or was never worked out is refused in every format; merged cells are filled."""

import io
from collections.abc import Callable

import pytest
import xlsxwriter
import xlwt
from odf import opendocument
from odf.table import CoveredTableCell, TableCell, TableRow
from odf.table import Table as OdsTable
from odf.text import P

from pointsbank.roster import BALANCE_COLUMNS
from pointsbank.spreadsheets import Column, parse_rows, points, read_table, text
from pointsbank.spreadsheets.problems import BadRows
from tests.spreadsheets.test_workbooks import Sheet, edited, rows, xls, xlsx

NEVER = "这一格是公式，文件里没有它的结果"
FAILED = "这一格的公式出错了（#DIV/0!）"
GROUPED = (Column(("组",), "group", True, text(9)), Column(("分",), "points", False, points, is_amount=True))


def in_xlsx(value: str | int, formula: str = "=1/0") -> bytes:
    """A balance that is a formula with this stored value."""

    def fill(_book: xlsxwriter.Workbook, sheet: Sheet) -> None:
        sheet.write_row(0, 0, ["户号", "积分", "荣誉"])
        sheet.write(1, 0, "0101")
        sheet.write_formula(1, 1, formula, None, value)
        sheet.write(1, 2, 5)

    return xlsx(fill)


def without_value(xml: bytes) -> bytes:
    """The formula as openpyxl writes it: no value at all."""
    start, end = xml.index(b"<v>", xml.index(b"<f>")), xml.index(b"</v>", xml.index(b"<f>"))
    return xml[:start] + b"<v/>" + xml[end + 4 :]


def in_ods(**cell: str) -> bytes:
    """A balance that is a cell with these attributes and this text."""
    shown = cell.pop("shown", "")
    document, sheet = opendocument.OpenDocumentSpreadsheet(), OdsTable(name="表")
    for row in (["户号", "积分"], ["0101", None]):
        line = TableRow()
        for value in row:
            box = TableCell(valuetype="string") if value else TableCell(**cell)
            box.addElement(P(text=value or shown))
            line.addElement(box)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


# The stored result of a formula in an old workbook: an empty text, as xlwt writes it, and #DIV/0!.
NEVER_IN_XLS, FAILED_IN_XLS = b"\3\0\0\0\0\0\xff\xff", b"\2\0\7\0\0\0\xff\xff"


def in_xls() -> bytes:
    """A balance that is a formula without a result."""
    return xls((0, 0, "户号"), (0, 1, "积分"), (1, 0, "0101"), (1, 1, xlwt.Formula("2+3")))


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "xlsx, failed": (lambda: in_xlsx("#DIV/0!"), FAILED),
    "xlsx, failed, in other quotes": (
        lambda: edited(in_xlsx("#DIV/0!"), lambda xml: xml.replace(b't="e"', b"t='e'")),
        FAILED,
    ),
    "xlsx, never worked out": (lambda: edited(in_xlsx(7), without_value), NEVER),
    "xlsx, left to Excel to work out": (lambda: in_xlsx(0, "=2+3"), NEVER),
    "xls, failed": (lambda: in_xls().replace(NEVER_IN_XLS, FAILED_IN_XLS), FAILED),
    "xls, never worked out": (in_xls, NEVER),
    "ods, failed": (lambda: in_ods(formula="of:=1/0", valuetype="string", shown="#DIV/0!"), FAILED),
    "ods, never worked out": (lambda: in_ods(formula="of:=2+3"), NEVER),
    "CSV, failed": (lambda: "户号,积分\n0101,#DIV/0!\n".encode(), FAILED),
}


@pytest.mark.parametrize(("make", "said"), FILES.values(), ids=FILES)
def test_a_formula_without_a_result_is_no_blank(make: Callable[[], bytes], said: str):
    with pytest.raises(BadRows) as refused:
        parse_rows(read_table("表", make()), BALANCE_COLUMNS)

    assert [str(one)[: len(f"第2行“积分”：{said}")] for one in refused.value.problems] == [
        f"第2行“积分”：{said}"
    ]


def test_a_result_is_read_and_an_empty_text_is_a_blank():
    assert parse_rows(read_table("表", in_xlsx(7)), BALANCE_COLUMNS).rows[0]["points"] == 700
    blank = edited(in_xlsx("x"), lambda xml: xml.replace(b"<v>x</v>", b"<v></v>"))
    assert parse_rows(read_table("表", blank), BALANCE_COLUMNS).rows[0]["points"] == 0
    file = in_ods(formula="of:=2+3", valuetype="float", value="5", shown="5")
    done = parse_rows(read_table("表", file), BALANCE_COLUMNS)
    assert done.rows[0]["points"] == 500


def merged_xlsx() -> bytes:
    """A group merged over two rows."""

    def fill(_book: xlsxwriter.Workbook, sheet: Sheet) -> None:
        sheet.write_row(0, 0, ["组", "分"])
        sheet.merge_range(1, 0, 2, 0, "一组")
        sheet.write(1, 1, 5)
        sheet.write(2, 1, 6)

    return xlsx(fill)


def merged_xls() -> bytes:
    """The same in an old workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for place, header in enumerate(["组", "分"]):
        sheet.write(0, place, header)
    sheet.write_merge(1, 2, 0, 0, "一组")
    sheet.write(1, 1, 5)
    sheet.write(2, 1, 6)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def merged_ods() -> bytes:
    """The same of LibreOffice."""
    document, sheet = opendocument.OpenDocumentSpreadsheet(), OdsTable(name="表")
    for row in (["组", "分"], ["一组", "5"], [None, "6"]):
        line = TableRow()
        for place, value in enumerate(row):
            over = {"numberrowsspanned": 2} if value == "一组" else {}
            box = TableCell(valuetype="string", **over) if value else CoveredTableCell()
            if value:
                box.addElement(P(text=value))
            line.addElement(box)
            assert place < 2
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


@pytest.mark.parametrize("make", [merged_xlsx, merged_xls, merged_ods])
def test_merged_cells_are_filled_downwards_in_every_format(make: Callable[[], bytes]):
    parsed = parse_rows(read_table("表", make()), GROUPED)

    assert [(row["group"], row["points"]) for row in parsed.rows] == [("一组", 500), ("一组", 600)]
    assert "“组”有合并单元格，向下填了1行。" in parsed.found


def test_ranges_that_overlap_are_refused():
    over = "".join(f'<mergeCell ref="A1:B{row}"/>' for row in range(2, 90)).encode()
    file = edited(
        rows(["组", "分"], ["一组", 5]),
        lambda xml: xml.replace(b"</sheetData>", b"</sheetData><mergeCells>" + over + b"</mergeCells>"),
    )

    with pytest.raises(Exception, match="合并单元格互相重叠"):
        read_table("表", file)
