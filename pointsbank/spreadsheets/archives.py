"""xlsx and ods files: unpacked within bounds and measured before any sheet is built in memory.

A file of a few kilobytes can unpack to a hundred megabytes, or hold two cells so far apart that the sheet
between them would fill the machine. The reader is handed a copy of exactly what was looked at here.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from functools import cache

from pointsbank.spreadsheets.formulas import Marks, mark_in_xlsx
from pointsbank.spreadsheets.kinds import of_archive
from pointsbank.spreadsheets.limits import TOO_LARGE_UNPACKED, TOO_WIDE, Bounds
from pointsbank.spreadsheets.opendocument import check_ods
from pointsbank.spreadsheets.problems import FileUnreadable
from pointsbank.spreadsheets.sheet_parts import hidden_columns, hidden_rows, parts_of_sheets
from pointsbank.spreadsheets.shown import forms_in_xlsx, show_in_xlsx
from pointsbank.spreadsheets.struck import parts_struck, struck_cells

_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*/>")

_EMPTY_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*(?:/>|>\s*</(?:\w+:)?row>)")

_ANY_ROW = re.compile(rb"""\br\s*=\s*["']\s*[A-Za-z]*([0-9]+)""")

_NEAR_COLUMN = re.compile(rb"""<c r="([A-Z])[0-9]""")

_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")

_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")

_RESAVE = "文件的编码不常见，请用 Excel 或 WPS 另存为 .xlsx 再上传。"

_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, ValueError, OSError)


# A cell that holds the place of a shared text, that place where it stands as it is always written, each text.
_SHARING = re.compile(rb"""\bt\s*=\s*(?:"\s*s\s*"|'\s*s\s*')""")
_SHARED = re.compile(
    rb"<(?:\w+:)?c\b(?>[^<>]*?" + _SHARING.pattern + rb")[^<>]*+>\s*<(?:\w+:)?v>\s*([0-9]{1,9})\s*<"
)
_TEXT = re.compile(rb"<(?:\w+:)?si[\s>/]")
_TAG = re.compile(rb"<[^<>]*>")

# Written by programs that leave it to Excel to work out the formulas.
_NEVER_CALCULATED = re.compile(rb"""\bfullCalcOnLoad\s*=\s*["'](?:1|true)""")

_USUAL_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

MAXIMUM_PARTS = 2000
"""Parts in one file; a workbook of a hundred sheets has 300."""


def repack(name: str, data: bytes, bounds: Bounds) -> tuple[bytes, list[Marks]]:
    """Return an uncompressed copy of a workbook's parts, so that the reader unpacks nothing itself.

    Also what the reader does not tell of each sheet; what cells of an xlsx show is marked in the copy.

    Raises:
        FileUnreadable: not a table, or larger unpacked than `bounds` allow.
    """
    if data.count(b"PK\x01\x02") > MAXIMUM_PARTS:
        raise FileUnreadable(name=name, reason=TOO_LARGE_UNPACKED)
    parts = _unpack(name, data, bounds)
    marks: list[Marks] = []
    if reason := of_archive(parts):
        raise FileUnreadable(name=name, reason=reason)
    if "content.xml" in parts:
        marks = check_ods(name, parts["content.xml"], bounds)
    else:
        # Settings of printers, macros: nothing of them is read.
        parts = {part: content for part, content in parts.items() if not part.lower().endswith(".bin")}
        fresh = _NEVER_CALCULATED.search(parts["xl/workbook.xml"]) is not None
        parts = {part: _check_xlsx(name, part, content, bounds, fresh) for part, content in parts.items()}
        _check_texts(name, parts, bounds)
        forms = forms_in_xlsx(next((parts[part] for part in parts if part.lower() == "xl/styles.xml"), b""))
        struck = parts_struck(parts)
        for part in parts_of_sheets(parts):
            content = parts.get(part, b"")
            columns = hidden_columns(content)
            marks.append(Marks([], [], hidden_rows(content), [], columns, struck_cells(content, *struck)))
            if content:
                parts[part] = show_in_xlsx(content, forms)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return copy.getvalue(), marks


def _unpack(name: str, data: bytes, bounds: Bounds) -> dict[str, bytes]:
    """The parts a sheet is read from, within the bound; pictures, macros and the like are left behind."""
    parts: dict[str, bytes] = {}
    left = bounds.unpacked_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if not entry.filename.endswith((".xml", ".rels", ".bin", "mimetype")):
                    continue
                if entry.compress_type not in _USUAL_PACKING:
                    # Others ask for memory by what the file says: LZMA for up to 4 GiB.
                    raise FileUnreadable(name=name, reason=_RESAVE)
                with archive.open(entry) as packed:
                    content = packed.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise FileUnreadable(name=name, reason=TOO_LARGE_UNPACKED)
                parts[entry.filename] = content
        if len({part.lower() for part in parts}) < len(parts):
            # The reader does not tell their letters apart, and might take the other.
            raise FileUnreadable(name=name, reason=_RESAVE)
    except _BROKEN as error:
        reason = "文件已损坏或加了密码，请重新保存为 .xlsx 再上传。"
        raise FileUnreadable(name=name, reason=reason) from error
    return parts


def _check_xlsx(name: str, part: str, content: bytes, bounds: Bounds, fresh: bool) -> bytes:
    """Refuse a part whose cells stand too far apart; cells without content do not count and are dropped."""
    # Comments and the like, which Excel never writes here, hide from a search what the reader sees.
    is_read = part.lower().startswith("xl/") or b"sheetData" in content
    if b"\0" in content or b"<!ENTITY" in content or (is_read and b"<!" in content):
        raise FileUnreadable(name=name, reason=_RESAVE)
    if b"sheetData" in content and _too_far(content, bounds):
        content = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", content))
        if _too_far(content, bounds):
            raise FileUnreadable(name=name, reason=TOO_WIDE)
    # The reader gives a failed formula as an empty cell; as text it is refused where it matters.
    return mark_in_xlsx(content, never_calculated=fresh) if b"sheetData" in content else content


def _too_far(content: bytes, bounds: Bounds) -> bool:
    """Whether the rectangle around a part's cells would be too large."""
    # Cells of ordinary sheets (A to Z, rows of few digits) are passed over: only far ones cost time.
    rows, columns = bounds.near_rows, 0
    for found in _far_cells(len(str(rows)) + 1).finditer(content):
        letters, row, far_row = (part or b"" for part in found.groups())
        rows = max(rows, int((row or far_row or b"0")[:12]))
        columns = max(columns, _column_number(letters))
    if not _all_cells_say_where(content):
        # So many stand somewhere: seen at once, where looking at each takes seconds.
        if content.count(b"<c") + content.count(b":c ") + content.count(b":c>") > 2 * bounds.cells:
            return True
        cells_in_rows = [len(_CELL.findall(row)) for row in _ROW.split(content)]
        return bounds.is_too_wide(rows + len(cells_in_rows), max(26, columns, *cells_in_rows))
    if columns > 26:
        rows = max((int(found[1][:12]) for found in _ANY_ROW.finditer(content)), default=0)
    elif rows > bounds.near_rows:
        letters = max((found[1] for found in _NEAR_COLUMN.finditer(content)), default=b"A")
        columns = max(columns, _column_number(letters))
    return bounds.is_too_wide(rows, columns or 26)


@cache
def _far_cells(digits: int) -> re.Pattern[bytes]:
    """The place of a cell right of column Z, or in a row of so many digits."""
    return re.compile(rb"""r\s*=\s*["']\s*(?:([A-Za-z]{2,})([0-9]+)|[A-Za-z]?([0-9]{%d,}))""" % digits)


def _check_texts(name: str, parts: Mapping[str, bytes], bounds: Bounds) -> None:
    """Refuse few shared texts that stand in so many cells that together they are too long."""
    table = next((parts[part] for part in parts if part.lower() == "xl/sharedstrings.xml"), b"")
    # No part holds a zero byte.
    texts = _TAG.sub(b"", b"\0".join(_TEXT.split(table)[1:])).decode("utf-8", "replace")
    lengths = [len(text) for text in texts.split("\0")]
    if len(lengths) > bounds.cells:
        raise FileUnreadable(name=name, reason=TOO_LARGE_UNPACKED)
    longest = max(lengths, default=0)
    for content in parts.values():
        if b"sheetData" not in content:
            continue
        # No more cells than that can share one: counting them is a search of many milliseconds.
        if longest * (content.count(b"<c") + content.count(b":c")) <= bounds.characters:
            continue
        cells = len(_SHARING.findall(content))
        used = Counter(int(found[1]) for found in _SHARED.finditer(content))
        together = sum(lengths[place] * times for place, times in used.items() if place < len(lengths))
        # A place that is written otherwise may be that of the longest.
        together += longest * (cells - used.total())
        if together > bounds.characters:
            raise FileUnreadable(name=name, reason=TOO_LARGE_UNPACKED)


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
