"""The way in: which kind of file this is, by its content and never by its name alone."""

from pointsbank.slow_work import before_slow_work
from pointsbank.spreadsheets.delimited import read_delimited
from pointsbank.spreadsheets.problems import FileUnreadable
from pointsbank.spreadsheets.table import Table
from pointsbank.spreadsheets.workbooks import read_workbook

MAXIMUM_BYTES = 20 * 1024 * 1024

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


def read_table(name: str, data: bytes) -> Table:
    """Read a spreadsheet or CSV file into a table; its kind is known by its content, never by its name alone.

    Raises:
        FileUnreadable: empty, larger than 20 MiB, of another kind, or damaged; the sentence says what to do.
    """
    before_slow_work("reading a table")
    name = _shown(name)
    if not data.strip():
        raise FileUnreadable(name=name, reason="文件是空的，请检查后重新上传。")
    if len(data) > MAXIMUM_BYTES:
        raise FileUnreadable(name=name, reason=f"文件超过{MAXIMUM_BYTES // 1024 // 1024}MB，请分成几个文件。")
    for start, reason in _OTHERS.items():
        if data.startswith(start):
            raise FileUnreadable(name=name, reason=reason)
    if data.startswith((_ZIP, _COMPOUND)):
        return Table.from_grid(read_workbook(name, data), ragged_is_wrong=False)
    return Table.from_grid(read_delimited(name, data), ragged_is_wrong=True)


def _shown(name: str) -> str:
    """A file's name fit to stand in a sentence: without its folders and whatever cannot be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[-40:]
