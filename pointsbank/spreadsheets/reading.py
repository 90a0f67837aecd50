"""The way in: which kind of file this is, by its content and never by its name alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pointsbank.collecting import collecting_later
from pointsbank.slow_work import before_slow_work
from pointsbank.spreadsheets.delimited import read_delimited
from pointsbank.spreadsheets.limits import AT_THE_MACHINE, UPLOADED, Bounds
from pointsbank.spreadsheets.problems import FileUnreadable
from pointsbank.spreadsheets.table import Table
from pointsbank.spreadsheets.workbooks import read_workbook

_ROWS_AT_ONCE = 500

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "这是PDF文件，请改用Excel或CSV文件。",
    b"\xff\xd8\xff": "这是图片，请改用Excel或CSV文件。",
    b"\x89PNG": "这是图片，请改用Excel或CSV文件。",
    b"Rar!": "这是压缩包，请解压后上传里面的表格。",
    b"7z\xbc\xaf": "这是压缩包，请解压后上传里面的表格。",
    b"\x1f\x8b": "这是压缩包，请解压后上传里面的表格。",
    b"PK\x05\x06": "这是空的压缩包，请改用Excel或CSV文件。",
}


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
    for start, reason in _OTHERS.items():
        if data.startswith(start):
            raise FileUnreadable(name=name, reason=reason)
    is_workbook = data.startswith((_ZIP, _COMPOUND))
    maximum = bounds.file_bytes if is_workbook else bounds.text_bytes
    if len(data) > maximum:
        raise FileUnreadable(name=name, reason=f"文件超过{maximum // 1024 // 1024}MB，请分成几个文件。")
    if is_workbook:
        return Table.from_grid(read_workbook(name, data, bounds), ragged_is_wrong=False)
    return Table.from_grid(read_delimited(name, data, bounds), ragged_is_wrong=True)


def read_upload(path: str, name: str, rows: str) -> Iterator[Table]:
    """Read an uploaded file and yield its table in parts of 500 rows, for a process that hands it on.

    Args:
        rows: how many at most, the header included; fewer than `limits.UPLOADED` has.

    Raises:
        FileUnreadable: as `read_table`, by the narrower bounds of what is uploaded.
    """
    table = read_table(name, Path(path).read_bytes(), UPLOADED.with_rows(int(rows)))
    yield replace(table, rows=[])
    for start in range(0, len(table.rows), _ROWS_AT_ONCE):
        yield replace(table, rows=table.rows[start : start + _ROWS_AT_ONCE], problems=[])


def _shown(name: str) -> str:
    """A file's name fit to stand in a sentence: without its folders and whatever cannot be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[-40:]
