"""xlsx and ods files: unpacked within bounds and measured before any sheet is built in memory.

A file of a few kilobytes can unpack to a hundred megabytes, or hold two cells so far apart that the sheet
between them would fill the machine. The reader is handed a copy of exactly what was looked at here.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from pointsbank.spreadsheets.limits import MAXIMUM_UNPACKED_BYTES, TOO_WIDE, is_too_wide
from pointsbank.spreadsheets.problems import FileUnreadable

_FAR_CELL = re.compile(rb"""r\s*=\s*["']\s*(?:([A-Za-z]{2,})([0-9]+)|[A-Za-z]?([0-9]{6,}))""")

_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*/>")

_EMPTY_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*(?:/>|>\s*</(?:\w+:)?row>)")

_ANY_ROW = re.compile(rb"""\br\s*=\s*["']\s*[A-Za-z]*([0-9]+)""")

_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")

_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")

_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, ValueError, OSError)


def repack(name: str, data: bytes) -> bytes:
    """Return an uncompressed copy of a workbook's parts, so that the reader unpacks nothing itself.

    Raises:
        FileUnreadable: not a table, or larger unpacked than `limits` allows.
    """
    parts = _unpack(name, data)
    if "xl/workbook.bin" in parts:
        raise FileUnreadable(name=name, reason="这是 .xlsb 文件，请另存为 .xlsx 再上传。")
    if "content.xml" in parts:
        _check_ods(name, parts["content.xml"])
    elif "xl/workbook.xml" in parts:
        parts = {part: _check_xlsx(name, content) for part, content in parts.items()}
    else:
        raise FileUnreadable(name=name, reason="这不是表格，请另存为 .xlsx、.ods 或 CSV 再上传。")
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return copy.getvalue()


def _unpack(name: str, data: bytes) -> dict[str, bytes]:
    """The parts a sheet is read from, within the bound; pictures, macros and the like are left behind."""
    parts: dict[str, bytes] = {}
    left = MAXIMUM_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if not entry.filename.endswith((".xml", ".rels", ".bin", "mimetype")):
                    continue
                with archive.open(entry) as packed:
                    content = packed.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise FileUnreadable(name=name, reason="文件解压后过大，请只保留需要导入的工作表。")
                parts[entry.filename] = content
    except _BROKEN as error:
        reason = "文件已损坏或加了密码，请重新保存为 .xlsx 再上传。"
        raise FileUnreadable(name=name, reason=reason) from error
    return parts


def _check_xlsx(name: str, content: bytes) -> bytes:
    """Refuse a part whose cells stand too far apart; cells without content do not count and are dropped."""
    if b"\0" in content or b"<!ENTITY" in content:
        raise FileUnreadable(name=name, reason="文件的编码不常见，请用Excel或WPS另存为 .xlsx 再上传。")
    if b"sheetData" in content and _too_far(content):
        content = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", content))
        if _too_far(content):
            raise FileUnreadable(name=name, reason=TOO_WIDE)
    # The reader gives a formula's error as an empty cell; as text it is refused where it matters.
    return content.replace(b' t="e"', b' t="str"')


def _too_far(content: bytes) -> bool:
    """Whether the rectangle around a part's cells would be too large."""
    # Cells of ordinary sheets (A to Z, rows of five digits) are passed over: only far ones cost time.
    rows, columns = 99_999, 26
    for letters, row, far_row in _FAR_CELL.findall(content):
        rows = max(rows, int((row or far_row or b"0")[:12]))
        columns = max(columns, _column_number(letters))
    if not _all_cells_say_where(content):
        cells_in_rows = [len(_CELL.findall(row)) for row in _ROW.split(content)]
        rows, columns = rows + len(cells_in_rows), max(columns, *cells_in_rows)
    elif columns > 26:
        rows = max((int(row[:12]) for row in _ANY_ROW.findall(content)), default=0)
    return is_too_wide(rows, columns)


def _all_cells_say_where(content: bytes) -> bool:
    """Whether every cell of a sheet written in the usual way names its place; other ways are not trusted."""
    unusual = (b"<c>", b"<c/", b"<c\t", b"<c\r", b"<c\n", b":c")
    return content.count(b"<c ") == content.count(b'<c r="') and not any(way in content for way in unusual)


def _column_number(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters[:8].upper():
        number = number * 26 + letter - 64
    return number


def _check_ods(name: str, content: bytes) -> None:
    """Refuse a sheet whose repeated cells and rows would unfold to too much."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FileUnreadable(name=name, reason="文件内容不正常，请用WPS或Excel另存为 .xlsx 再上传。")
    try:
        extents = list(_ods_extents(content))
    except (ElementTree.ParseError, ValueError) as error:
        raise FileUnreadable(name=name, reason="文件已损坏，请重新保存后再上传。") from error
    if any(is_too_wide(rows, columns) for rows, columns in extents):
        raise FileUnreadable(name=name, reason=TOO_WIDE)


def _ods_extents(content: bytes) -> Iterator[tuple[int, int]]:
    """Rows and columns of every sheet up to its last filled cell."""
    rows = last_row = width = last_column = widest = 0
    for _, element in ElementTree.iterparse(io.BytesIO(content)):
        kind = element.tag.rpartition("}")[2]
        if kind.endswith("table-cell"):
            width += _repeats(element, "number-columns-repeated")
            if _is_filled(element):
                last_column = width
        elif kind == "table-row":
            rows += _repeats(element, "number-rows-repeated")
            if last_column:
                last_row, widest = rows, max(widest, last_column)
            width = last_column = 0
            element.clear()
        elif kind == "table":
            yield last_row, widest
            rows = last_row = widest = 0


def _is_filled(cell: ElementTree.Element) -> bool:
    """Whether a cell holds more than its looks."""
    layout = ("style-name", "repeated", "spanned", "content-validation-name")
    return len(cell) > 0 or any(not attribute.endswith(layout) for attribute in cell.attrib)


def _repeats(element: ElementTree.Element, attribute: str) -> int:
    """How many times an element stands for itself."""
    return next((int(value) for key, value in element.attrib.items() if key.endswith(attribute)), 1)
