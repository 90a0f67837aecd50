"""Every kind of table has a bound on lines, cells and characters, counted before any of it is unpacked.

The bounds of these tests are small, so that the files are; what they hold for is the same code.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import xlsxwriter
import xlwt

from pointsbank.spreadsheets import Table, read_table
from pointsbank.spreadsheets.archives import MAXIMUM_PARTS
from pointsbank.spreadsheets.limits import AT_THE_MACHINE, UPLOADED, Bounds
from pointsbank.spreadsheets.problems import FileUnreadable
from tests.spreadsheets.test_workbooks import edited, xls, xlsx

SMALL = Bounds(
    file_bytes=60_000,
    text_bytes=20_000,
    unpacked_bytes=200_000,
    rows=100,
    columns=40,
    cells=1_560,
    characters=10_000,
    near_rows=60,
)
WIDE, LONG, ODD = "范围过大", "解压后过大", "编码不常见"
TEXT = "长" * 400


def csv(rows: int, columns: int) -> bytes:
    """So many lines of so many cells."""
    return "\n".join([",".join(["a"] * columns)] * rows).encode()


def old(rows: int, columns: int, text: str = "a") -> bytes:
    """An old Excel file whose cells all hold one text."""
    return xls(*((row, column, text) for row in range(rows) for column in range(columns)))


def new(rows: int, columns: int, text: str = "a") -> bytes:
    """An Excel file whose cells all hold one text."""

    def fill(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row in range(rows):
            sheet.write_row(row, 0, [text] * columns)

    return xlsx(fill)


def sheets(number: int, rows: int) -> bytes:
    """An Excel file of so many sheets of forty columns and so many lines."""

    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for each in (sheet, *(book.add_worksheet() for _ in range(number - 1))):
            for row in range(rows):
                each.write_row(row, 0, ["a"] * 40)

    return xlsx(fill)


def ods(rows: int, columns: int, cell: str = "<text:p>a</text:p>", **attributes: str) -> bytes:
    """A LibreOffice sheet of one row of one cell, each standing for so many."""
    given = "".join(f' office:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    content = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content
        xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
        xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
        ><office:body><office:spreadsheet><table:table table:name="a"
        ><table:table-row table:number-rows-repeated="{rows}"
        ><table:table-cell office:value-type="string"{given} table:number-columns-repeated="{columns}"
        >{cell}</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        ' manifest:version="1.2"></manifest:manifest>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return file.getvalue()


def repacked(workbook: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]], how: int) -> bytes:
    """The workbook with other parts, packed in another way."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, content in change(parts).items():
            archive.writestr(name, content)
    return file.getvalue()


def with_texts(workbook: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its shared texts changed."""

    def changed(parts: dict[str, bytes]) -> dict[str, bytes]:
        return parts | {"xl/sharedStrings.xml": change(parts["xl/sharedStrings.xml"])}

    return repacked(workbook, changed, zipfile.ZIP_DEFLATED)


def renamed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The shared texts under a name that the reader finds all the same."""
    return {name.replace("sharedStrings", "SharedStrings"): content for name, content in parts.items()}


def twice(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The shared texts, and short ones before them under nearly the same name."""
    return {"xl/SharedStrings.xml": b"<sst><si><t>a</t></si></sst>"} | parts


MANY = new(5, 6, TEXT)


@dataclass(frozen=True)
class Over:
    """A file over one bound, what is said of it, and the largest within it."""

    file: bytes
    said: str
    within: bytes = b""


OVER = {
    "CSV, lines": Over(csv(101, 2), "超过100行", csv(100, 2)),
    "CSV, columns": Over(csv(2, 41), "太长", csv(2, 40)),
    "CSV, cells": Over(csv(40, 40), WIDE, csv(39, 40)),
    "CSV, cells in one line": Over(b"," * 4_000, WIDE),
    "CSV, bytes": Over(b"a" * 20_001, "超过0MB"),
    "xlsx, lines": Over(new(101, 2), WIDE, new(100, 2)),
    "xlsx, columns": Over(new(2, 41), WIDE, new(2, 40)),
    "xlsx, cells": Over(new(40, 40), WIDE, new(39, 40)),
    "xlsx, sheets together": Over(sheets(2, 20), "加在一起过大", sheets(2, 19)),
    "xlsx, unpacked": Over(edited(new(1, 2), lambda xml: xml + b" " * 200_000), LONG),
    "xlsx, one text in many cells": Over(MANY, LONG, new(4, 6, TEXT)),
    "xlsx, the same, told in other quotes": Over(
        edited(MANY, lambda xml: xml.replace(b't="s"', b"t='s'")), LONG
    ),
    "xlsx, the same, told with blanks": Over(
        edited(MANY, lambda xml: xml.replace(b't="s"', b't = " s "')), LONG
    ),
    "xlsx, its place in other signs": Over(
        edited(MANY, lambda xml: xml.replace(b"<v>0<", b"<v>&#48;<")), LONG
    ),
    "xlsx, the texts under another name": Over(repacked(MANY, renamed, zipfile.ZIP_DEFLATED), LONG),
    "xlsx, the texts twice": Over(repacked(MANY, twice, zipfile.ZIP_DEFLATED), ODD),
    "xlsx, the text behind a comment": Over(
        with_texts(MANY, lambda xml: xml.replace(b"<si>", b"<!--<si>--><si>", 1)), ODD
    ),
    "xlsx, packed as nobody packs": Over(repacked(new(1, 2), dict, zipfile.ZIP_LZMA), ODD),
    "xlsx, parts": Over(
        repacked(new(1, 2), lambda parts: {str(n): b"" for n in range(MAXIMUM_PARTS)} | parts, 0), "超过0MB"
    ),
    "xls, lines": Over(old(101, 2), WIDE, old(100, 2)),
    "xls, columns": Over(old(2, 41), WIDE, old(2, 40)),
    "xls, cells": Over(old(40, 40), WIDE, old(39, 40)),
    "xls, one text in many cells": Over(old(5, 6, TEXT), LONG, old(4, 6, TEXT)),
    "ods, lines": Over(ods(101, 2), WIDE, ods(100, 2)),
    "ods, columns": Over(ods(2, 41), WIDE, ods(2, 40)),
    "ods, cells": Over(ods(40, 40), WIDE, ods(39, 40)),
    "ods, unpacked": Over(ods(1, 1, " " * 200_000), LONG),
    "ods, one text in many cells": Over(
        ods(5, 6, f"<text:p>{TEXT}</text:p>"), LONG, ods(4, 6, f"<text:p>{TEXT}</text:p>")
    ),
    "ods, blanks by their number": Over(
        ods(1, 2, '<text:p>a<text:s text:c="9000"/></text:p>'),
        LONG,
        ods(1, 2, '<text:p>a<text:s text:c="4000"/></text:p>'),
    ),
    "ods, a hidden text": Over(ods(5, 6, string_value=TEXT), LONG, ods(4, 6, string_value=TEXT)),
    "ods, a formula": Over(ods(5, 6, formula=TEXT), LONG, ods(4, 6, formula=TEXT)),
}


def read(data: bytes) -> Table:
    """The table, read within the small bounds."""
    return read_table("表", data, SMALL)


@pytest.mark.parametrize("over", OVER.values(), ids=OVER)
def test_what_is_over_a_bound_is_refused_and_what_is_just_within_is_read(over: Over):
    with pytest.raises(FileUnreadable, match=over.said):
        read(over.file)

    assert not over.within or read(over.within).sheets


def test_many_parts_are_counted_before_any_is_listed():
    many = repacked(new(1, 2), lambda parts: {str(n): b"" for n in range(MAXIMUM_PARTS)} | parts, 0)

    with pytest.raises(FileUnreadable, match=LONG):
        read_table("表", many)


def test_a_text_that_goes_on_in_other_records_is_as_long_as_it_is():
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row in range(40):
        sheet.write(row, 0, f"{row}" + ("字" if row % 2 else "a") * 700)
        sheet.write(row, 1, "ab")
    file = io.BytesIO()
    book.save(file)
    together = sum(len(f"{row}") + 702 for row in range(40))

    exactly, less = (Bounds(**_as_dict(AT_THE_MACHINE) | {"characters": n}) for n in (together, together - 1))

    assert read_table("表", file.getvalue(), exactly).sheets
    with pytest.raises(FileUnreadable, match=LONG):
        read_table("表", file.getvalue(), less)


def _as_dict(bounds: Bounds) -> dict[str, int]:
    return {name: getattr(bounds, name) for name in bounds.__slots__}


@pytest.mark.parametrize(
    "bounds", [SMALL, UPLOADED, AT_THE_MACHINE], ids=["small", "uploaded", "at the machine"]
)
def test_a_sheet_that_nobody_need_look_at_closely_is_within_the_bounds(bounds: Bounds):
    assert not bounds.is_too_wide(bounds.near_rows, 26)


@pytest.mark.parametrize("make", [csv, old, new, ods])
def test_who_takes_fewer_lines_refuses_one_more(make: Callable[[int, int], bytes]) -> None:
    bounds = UPLOADED.with_rows(50)

    assert len(read_table("表", make(50, 2), bounds).sheets[0].rows) == 50
    with pytest.raises(FileUnreadable, match="分成几个文件"):
        read_table("表", make(51, 2), bounds)
