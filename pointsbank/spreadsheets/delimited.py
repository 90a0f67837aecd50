"""CSV as Excel, WPS and text editors save it: four encodings, commas, tabs or semicolons."""

import csv
import io
import re
from collections.abc import Iterable
from itertools import islice

from pointsbank.spreadsheets.formulas import is_failed
from pointsbank.spreadsheets.kinds import of_lines
from pointsbank.spreadsheets.limits import TOO_WIDE, Bounds
from pointsbank.spreadsheets.problems import FileUnreadable
from pointsbank.spreadsheets.table import FailedFormula, LostDigits

LONGEST_CELL = 20_000
_LOOKED_AT = 20
"""Lines looked at for what parts the cells."""

_TEXT_BY_FORMULA = re.compile(r'="([^"]*)"')
"""What programs write so that Excel keeps the noughts of a code: ="001"."""

# What Excel writes into a CSV for a number too long for it: 4.30922E+17.
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+[0-9]+")


def decode(name: str, data: bytes) -> str:
    """Decode a text file by its byte order mark, else as UTF-8, else as GB18030 (Windows in China).

    Raises:
        FileUnreadable: in none of these encodings.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data[:4096]:
        # The zero halves of commas and line ends tell which half of a character comes first.
        little = data[1::2].count(0) >= data[::2].count(0)
        encodings = ["utf-16-le" if little else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    where = 0
    for encoding in encodings:
        try:
            decoded = data.decode(encoding)
        except UnicodeDecodeError as error:
            where = max(where, error.start)
            continue
        if "\0" not in decoded:
            return decoded
    line = data.count(b"\n", 0, where) + 1
    reason = f"第{line}行附近的文字无法识别，请在 Excel 里另存为“CSV UTF-8”或 .xlsx 再上传。"
    raise FileUnreadable(name=name, reason=reason)


def read_delimited(name: str, data: bytes, bounds: Bounds) -> list[list[str]]:
    """Return all records of a CSV file as stripped cells; blank records stay, to keep row numbers true.

    Raises:
        FileUnreadable: undecodable, too large, or with unpaired quotes.
    """
    content = decode(name, data)
    if reason := of_lines(islice(io.StringIO(content), 2 * _LOOKED_AT)):
        raise FileUnreadable(name=name, reason=reason)
    delimiter = _delimiter(io.StringIO(content, newline=""))
    # Counted first: one line of four million commas would be four million cells before it is looked at.
    if content.count(delimiter) > 2 * bounds.cells:
        raise FileUnreadable(name=name, reason=TOO_WIDE)
    grid: list[list[str]] = []
    cells = 0
    # Line by line: as a list, a million empty lines would take sixty times their size.
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in reader:
            if len(grid) >= bounds.rows:
                raise FileUnreadable(name=name, reason=f"超过{bounds.rows}行，请分成几个文件。")
            cells += len(record)
            if cells > bounds.cells:
                raise FileUnreadable(name=name, reason=TOO_WIDE)
            if len(record) > bounds.columns or any(len(cell) > LONGEST_CELL for cell in record):
                raise FileUnreadable(name=name, reason=f"第{len(grid) + 1}行太长，请检查逗号和双引号。")
            grid.append([_cell(cell) for cell in record])
    except csv.Error as error:
        reason = f"第{len(grid) + 1}行的双引号没有配对，请改正，或另存为 .xlsx 再上传。"
        raise FileUnreadable(name=name, reason=reason) from error
    return grid


def _delimiter(lines: Iterable[str]) -> str:
    """Whichever of comma, tab and semicolon some line has most of; a title above the headers has none."""
    filled = (line for line in lines if line.strip(" ,;\t\r\n"))
    some = list(islice(filled, _LOOKED_AT))
    return max(",\t;", key=lambda sign: max((line.count(sign) for line in some), default=0))


def _cell(cell: str) -> str:
    """A cell without the space around it, marked when Excel has rounded its number or failed its formula."""
    cell = cell.strip()
    if cell[:2] == '="' and (text := _TEXT_BY_FORMULA.fullmatch(cell)):
        return text[1].strip()
    if cell[:1] in "#E错" and is_failed(cell):
        return FailedFormula(cell)
    return LostDigits(cell) if "+" in cell and _SCIENTIFIC.fullmatch(cell) else cell
