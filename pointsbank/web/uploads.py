"""Takes in a file that somebody sends with a form: kept on disk, read in a process of its own."""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import IO, Any

from flask import Request, current_app, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from pointsbank import failures, isolated
from pointsbank.errors import Invalid
from pointsbank.spreadsheets import CLASSES, Imported, Table, notes_of, whole
from pointsbank.web import access, limits
from pointsbank.web.pacing import Pace

_WRITTEN, _IMPORTS = "pointsbank.uploads", "pointsbank.imports"
_LINES, _LONGEST_LINE = 12, 120
PACE = "pointsbank_pace"
"""Of the application's extensions: its `Pace`."""


class FileMissing(Invalid):
    """No file was chosen."""

    code = "file_missing"
    sentence = "请先选择要导入的表格文件（Excel 或 CSV）。"
    at = ("file",)


class ReadingStopped(Invalid):
    """A file within all bounds needed more memory or time than it may."""

    code = "reading_stopped"
    sentence = "这个文件读起来太费时间，已经停止。照片请换成截图；表格请只保留要导入的工作表，另存后再上传。"
    at = ("file", "photo")


class NotTakenIn(failures.Busy):
    """Too many files are being received or read: this one was not, nor what was typed beside it."""

    code = "not_taken_in"
    sentence = (
        "正在收别人的文件，您这一份没有收下，这一次没有生效。请过几秒点浏览器的返回，重新选文件再提交。"
    )


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
        NotTakenIn: too many large bodies are being received; for a program Busy, whose body is no file.
    """
    refused = request.environ.get(limits.REFUSED)
    if refused == "busy":
        raise failures.Busy() if request.path.startswith("/api/") else NotTakenIn()
    if refused:
        raise RequestEntityTooLarge()


def take_turn() -> None:
    """Let one large body be taken apart at a time: what takes it apart holds Python's lock.

    Raises:
        NotTakenIn: another file is being read and two wait.
    """
    is_taken_in = request.max_content_length == limits.STAFF_BYTES
    if is_taken_in and (request.content_length or 0) > limits.STRANGER_BYTES:
        try:
            _enter()
        except failures.Busy:
            raise NotTakenIn() from None


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
    return read_path(function, str(file.stream.name), *more, into=into)


def read_path(function: str, path: str, *more: str, into: tuple[type, ...] = ()) -> Any:
    """Return what `function` yields of a file that lies on the disk; as `read`.

    Raises:
        Busy, ReadingStopped: as `read`.
    """
    # Kept until the request ends: a table of twenty thousand rows is held in memory until it is written.
    _enter()
    try:
        return isolated.PROCESS.run(function, path, *more, into=into)
    except isolated.Crowded:
        raise failures.Busy() from None
    except isolated.Stopped as stopped:
        failures.log.warning("a file was not read: %s", stopped)
        raise ReadingStopped() from None


def let_others() -> None:
    """Let another's file be read before the next of this request: each has a turn of its own."""
    isolated.PROCESS.leave()


def message_of(result: Imported, *first: str) -> str:
    """Return what is behind the counts of an import, in the command's words, cut to fit a message."""
    lines = [*first, *notes_of(result)]
    shown = lines[:_LINES]
    more = f"还有{len(lines) - _LINES}处，用命令导入时全部列出。" if len(lines) > _LINES else ""
    return "".join(line[:_LONGEST_LINE] for line in shown) + more


def _pace() -> Pace:
    pace: Pace = current_app.extensions[PACE]
    return pace


def chosen() -> tuple[Path, str]:
    """Return where the posted file `file` lies, and how its sender calls it.

    Raises:
        FileMissing: none was chosen.
    """
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise FileMissing()
    sent.stream.flush()
    return Path(str(sent.stream.name)), sent.filename


def read_table(path: Path, name: str, *, rows: int, taken_over: str = "") -> Table:
    """Read a table that lies on the disk; from here to the request's end nobody else imports one.

    Args:
        rows: at most, the header included.
        taken_over: id of the kept file that is to be taken over; empty where it is only looked at.

    Raises:
        FileUnreadable: it is no table; the sentence says what to do.
        Busy, ReadingStopped: as `read`.
    """
    if not request.environ.get(_IMPORTS):
        _pace().enter(taken_over)
        request.environ[_IMPORTS] = True
    reader = "pointsbank.spreadsheets.reading:read_upload"
    found, *parts = read_path(reader, str(path), name, str(rows), into=CLASSES)
    return whole(found, parts)


def wait_to_write() -> None:
    """Let others read, and wait until a table may be written: from here to the end counts as its write."""
    isolated.PROCESS.leave()
    _pace().wait()


def may_be_taken_over(kept: str) -> None:
    """Let the take-over of the kept file (id) that this request has looked at follow at once."""
    _pace().looked(kept)
