"""What people see in a workbook: numbers as they are shown, what is hidden; settings of printers."""

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
import xlwt
from odf import opendocument
from odf.table import Table as OdsTable
from odf.table import TableCell, TableColumn, TableRow
from odf.text import P

from pointsbank.spreadsheets import read_table
from pointsbank.spreadsheets.shown import Form, forms_in_xlsx, show_in_xlsx
from pointsbank.spreadsheets.struck import struck_cells, struck_styles
from pointsbank.spreadsheets.table import Sheet

# Number, format, what an .ods keeps of it as shown, and what it is read as.
SHOWN = [
    (101, "00000", "00101", "00101"),
    (1, '"M"000', "M001", "M001"),
    (0.5, "0%", "50%", "50%"),
    (4.6, "0_ ", "5", "4.6（显示为5）"),
    (1234.5, "#,##0.00", "1,234.50", "1234.5"),
    (5, '0"分"', "5分", "5分"),
    (2, '0"箱"', "2 箱", "2箱"),
    (38, '"¥"0', "¥38", "¥38"),
    (5, "General", "5", "5"),
]
HIDDEN = 2
HIDDEN_COLUMNS = (1, 2)


def xlsx() -> bytes:
    """As Excel writes it, with a printer's settings and a macro."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, (number, form, _, _) in enumerate(SHOWN):
        sheet.write_number(row, 0, number, book.add_format({"num_format": form}))
    sheet.set_row(HIDDEN, None, None, {"hidden": True})
    sheet.set_column(*HIDDEN_COLUMNS, None, None, {"hidden": True})
    book.close()
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/printerSettings/printerSettings1.bin", b"\0\1" * 20)
        packed.writestr("xl/vbaProject.bin", b"\xd0\xcf\0\0")
    return out.getvalue()


def xls() -> bytes:
    """As Excel 97 writes it."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("1")
    for row, (number, form, _, _) in enumerate(SHOWN):
        sheet.write(row, 0, number, xlwt.easyxf(num_format_str=form))
    sheet.row(HIDDEN).hidden = True
    for column in HIDDEN_COLUMNS:
        sheet.col(column).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods() -> bytes:
    """As LibreOffice writes it: what is shown stands beside the number."""
    document = opendocument.OpenDocumentSpreadsheet()
    table = OdsTable(name="1")
    table.addElement(TableColumn())
    table.addElement(TableColumn(numbercolumnsrepeated=2, visibility="collapse"))
    table.addElement(TableColumn())
    for row, (number, _, shown, _) in enumerate(SHOWN):
        line = TableRow(**({"visibility": "filter"} if row == HIDDEN else {}))
        cell = TableCell(valuetype="float", value=str(number))
        cell.addElement(P(text=shown))
        line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_numbers_are_read_as_they_are_shown_and_what_is_hidden_is_known(make: Callable[[], bytes]):
    [sheet] = read_table("表", make()).sheets

    assert [row[0] for row in sheet.rows] == [read for _, _, _, read in SHOWN]
    assert sheet == Sheet(sheet.name, sheet.rows, hidden={HIDDEN}, hidden_columns=set(HIDDEN_COLUMNS))


@pytest.mark.parametrize("attribute", [b's="1" ', b'r="A1" ', b't="s" ', b'numFmtId="1" ', b"<fonts>strike"])
def test_one_tag_may_say_the_same_a_hundred_thousand_times(attribute: bytes):
    # Each place once: looked for again from every one of them, this takes hours.
    content = b'<c s="1" ' + attribute * 100_000 + b"x></c>"
    styles = b"<numFmt " + attribute * 100_000

    assert show_in_xlsx(content, {b"1": Form("", 5, 0, False)}) == content
    assert struck_cells(content, frozenset([b"1"]), frozenset([b"1"])) == set()
    assert struck_styles(styles) == frozenset() and forms_in_xlsx(styles) == {}
