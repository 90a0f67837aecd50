"""Takes in a file that somebody sends with a form: kept on disk, read in a process of its own."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from flask import Request, current_app, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from pointsbank import failures, isolated
from pointsbank.errors import Invalid
from pointsbank.spreadsheets import CLASSES, Column, Imported, Table, notes_of, parse_rows, whole
from pointsbank.web import access, forms, limits
from pointsbank.web.forms import BoundForm
from pointsbank.web.pacing import Pace

_WRITTEN, _IMPORTS = "pointsbank.uploads", "pointsbank.imports"
_LINES, _LONGEST_LINE = 12, 120
PACE = "pointsbank_pace"
"""Of the application's extensions: its `Pace`."""


class FileMissing(Invalid):
    """No file was chosen."""

    code = "file_missing"
    sentence = "请先选择要导入的表格文件（Excel 或 CSV）。"


class ReadingStopped(Invalid):
    """A file within all bounds needed more memory or time than it may."""

    code = "reading_stopped"
    sentence = "这个文件读起来太费时间，已经停止。照片请换成截图；表格请只保留要导入的工作表，另存后再上传。"


class UploadRequest(Request):
    """A request whose files go to the disk as they come, under a name that another process can open."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """Open the file that a part of the form is written to; it is removed with the request."""
        folder = access.settings().uploads_dir
        folder.mkdir(mode=0o700, exist_ok=True)
        descriptor, path = tempfile.mkstemp(dir=folder)
        os.close(descriptor)
        self.environ.setdefault(_WRITTEN, []).append(path)
        return open(path, "w+b")


def refuse_unread() -> None:
    """Say why the listening side has read no more of this request.

    Raises:
        RequestEntityTooLarge: its body is longer than it may be.
        Busy: too many large bodies are being received.
    """
    refused = request.environ.get(limits.REFUSED)
    if refused == "busy":
        raise failures.Busy()
    if refused:
        raise RequestEntityTooLarge()


def take_turn() -> None:
    """Let one large body be taken apart at a time: what takes it apart holds Python's lock.

    Raises:
        Busy: another file is being read and two wait.
    """
    is_taken_in = request.max_content_length == limits.STAFF_BYTES
    if is_taken_in and (request.content_length or 0) > limits.STRANGER_BYTES:
        _enter()


def _enter() -> None:
    try:
        isolated.PROCESS.enter(request.environ.get(limits.ARRIVED))
    except isolated.Crowded:
        raise failures.Busy() from None


def remove(_error: BaseException | None = None) -> None:
    """Remove what this request's files were written to, and let the next be read and imported."""
    isolated.PROCESS.leave()
    if request.environ.pop(_IMPORTS, False):
        _pace().leave()
    written = request.environ.pop(_WRITTEN, [])
    if written:
        # On Windows an open file cannot be removed.
        request.close()
    for path in written:
        with contextlib.suppress(OSError):
            os.unlink(path)


def remove_all(folder: Path) -> None:
    """Remove what a server that was killed left behind."""
    for path in folder.glob("*"):
        path.unlink(missing_ok=True)


def read(function: str, file: FileStorage, *more: str, into: tuple[type, ...] = ()) -> Any:
    """Return what `function` yields of an uploaded file, in a process of its own; see `Isolated.run`.

    Raises:
        Busy: another file is being read and two wait.
        ReadingStopped: it needed more memory or time than it may.
    """
    file.stream.flush()
    path = file.stream.name
    # Kept until the request ends: a table of twenty thousand rows is held in memory until it is written.
    _enter()
    try:
        return isolated.PROCESS.run(function, str(path), *more, into=into)
    except isolated.Crowded:
        raise failures.Busy() from None
    except isolated.Stopped as stopped:
        failures.log.warning("a file was not read: %s", stopped)
        raise ReadingStopped() from None


def table(
    columns: Sequence[Column], *, rows: int, form: type[forms.Form] | None = None
) -> Callable[[], BoundForm]:
    """Return a function that reads the table in the posted file `file` by these columns.

    An action calls it before its transaction begins. The form's data holds the `table`; why it or its rows
    cannot be read is kept as the form's refusal.

    Args:
        rows: at most, the header included; all are written in one transaction, for which tills wait.
        form: reads the fields beside the file; its data has them too.

    Raises:
        Busy: when it is called, as `read` and `Pace.enter`.
    """

    def bound() -> BoundForm:
        sent = forms.unbound() if form is None else forms.bind(form)
        found = forms.run_catching_refusals(sent, lambda: _table(rows))
        if isinstance(sent.refusal, failures.Busy):
            # Told on a page of three lines: the one with the form may list a thousand goods.
            raise sent.refusal
        if found is not None:
            forms.run_catching_refusals(sent, lambda: parse_rows(found, columns))
        sent.data["table"] = found
        if sent.is_valid:
            # A photo need not wait until this table may be written.
            isolated.PROCESS.leave()
            _pace().wait()
        return sent

    return bound if form is None else forms.Reader(form, bound)


def message_of(result: Imported) -> str:
    """Return what is behind the counts of an import, in the command's words, cut to fit a message."""
    lines = notes_of(result)
    shown = lines[:_LINES]
    more = f"还有{len(lines) - _LINES}处，用命令导入时全部列出。" if len(lines) > _LINES else ""
    return "".join(line[:_LONGEST_LINE] for line in shown) + more


def _pace() -> Pace:
    pace: Pace = current_app.extensions[PACE]
    return pace


def _table(rows: int) -> Table:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise FileMissing()
    _pace().enter()
    request.environ[_IMPORTS] = True
    reader = "pointsbank.spreadsheets.reading:read_upload"
    found, *parts = read(reader, sent, sent.filename, str(rows), into=CLASSES)
    return whole(found, parts)
