"""Takes in a file that somebody sends with a form."""

from flask import request

from pointsbank.errors import Invalid
from pointsbank.spreadsheets import Table, read_table
from pointsbank.web import forms
from pointsbank.web.forms import BoundForm


class FileMissing(Invalid):
    """No file was chosen."""

    code = "file_missing"
    sentence = "请先选择要导入的表格文件（Excel 或 CSV）。"


def table() -> BoundForm:
    """Read the table in the posted file `file`, before any transaction begins.

    The form's data holds it as `table`; why it cannot be read is kept as the form's refusal.
    """
    form = forms.unbound()
    form.data["table"] = forms.run_catching_refusals(form, _read)
    return form


def _read() -> Table:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise FileMissing()
    return read_table(sent.filename, sent.stream.read())
