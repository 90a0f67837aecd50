"""The way in: which kind of file this is, by its content and never by its name alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pointsbank.collecting import collecting_later
from pointsbank.slow_work import before_slow_work
from pointsbank.spreadsheets.delimited import read_delimited
from pointsbank.spreadsheets.kinds import COMPOUND, ZIP, of_start
from pointsbank.spreadsheets.limits import AT_THE_MACHINE, UPLOADED, Bounds
from pointsbank.spreadsheets.problems import FileUnreadable
from pointsbank.spreadsheets.table import Sheet, Table
from pointsbank.spreadsheets.workbooks import read_workbook

_ROWS_AT_ONCE = 500


@collecting_later()
def read_table(name: str, data: bytes, bounds: Bounds = AT_THE_MACHINE) -> Table:
    """Read a spreadsheet or CSV file into a table; its kind is known by its content, never by its name alone.

    Raises:
        FileUnreadable: empty, too large, of another kind, or damaged; the sentence says what to do.
    """
    before_slow_work("reading a table")
    name = _shown(name)
    if not data.strip():
        raise FileUnreadable(name=name, reason="文件是空的，请检查后重新上传。")
    if reason := of_start(data):
        raise FileUnreadable(name=name, reason=reason)
    is_workbook = data.startswith((ZIP, COMPOUND))
    maximum = bounds.file_bytes if is_workbook else bounds.text_bytes
    if len(data) > maximum:
        raise FileUnreadable(name=name, reason=f"文件超过{maximum // 1024 // 1024}MB，请分成几个文件。")
    if is_workbook:
        return Table(read_workbook(name, data, bounds))
    return Table([Sheet("", read_delimited(name, data, bounds))], ragged_is_wrong=True)


def read_upload(path: str, name: str, rows: str) -> Iterator[Table | tuple[int, list[list[str]]]]:
    """Read an uploaded file: yield its table without rows, then the rows of each sheet, 500 at a time.

    For a process that hands it on; `whole` puts it together again.

    Args:
        rows: how many at most, the header included; fewer than `limits.UPLOADED` has.

    Raises:
        FileUnreadable: as `read_table`, by the narrower bounds of what is uploaded.
    """
    table = read_table(name, Path(path).read_bytes(), UPLOADED.with_rows(int(rows)))
    yield replace(table, sheets=[replace(sheet, rows=[]) for sheet in table.sheets])
    for place, sheet in enumerate(table.sheets):
        for start in range(0, len(sheet.rows), _ROWS_AT_ONCE):
            yield place, sheet.rows[start : start + _ROWS_AT_ONCE]


def whole(table: Table, parts: list[tuple[int, list[list[str]]]]) -> Table:
    """Return a table with the rows that came after it."""
    for place, rows in parts:
        table.sheets[place].rows.extend(rows)
    return table


def _shown(name: str) -> str:
    """A file's name fit to stand in a sentence: without its folders and whatever cannot be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[-40:]
