"""Takes in a file that somebody sends with a form."""

from flask import request

from pointsbank.errors import Invalid
from pointsbank.spreadsheets import Table, read_table


class FileMissing(Invalid):
    """No file was chosen."""

    code = "file_missing"
    sentence = "请先选择要导入的表格文件（Excel 或 CSV）。"


def table(name: str) -> Table:
    """Read the table in the posted file.

    Raises:
        FileMissing: no file was chosen.
        FileUnreadable: the file is no table that we can read.
    """
    sent = request.files.get(name)
    if sent is None or not sent.filename:
        raise FileMissing()
    return read_table(sent.filename, sent.stream.read())
