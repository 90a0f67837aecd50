"""A place where stubs are kept: a folder on this machine or on a USB stick, with one file for each village.

A file in it says that the folder is ours. Without that file the place is away: a stick that is not plugged in
leaves an empty folder behind on many systems, and nothing may be begun in there by mistake.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pointsbank import durable
from pointsbank.watermark.stubs import KEPT, Mark, Stub, head_line, lines_of, read_stub

_ENDING = ".watermark"
_OURS = "pointsbank-watermark.txt"
_ABOUT = """积分银行的账外存根：记着账本最近的每一条（编号、时间、种类、校验），不含姓名和数额。
账本被换成旧副本时，靠它发现。请不要删除或修改这里的文件；U盘请弹出后再拔。
"""
_PATIENCE = 10.0


class Place:
    """One folder of stubs."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is made yet."""
        self.folder = folder

    @property
    def is_here(self) -> bool:
        """Whether the folder is there and was begun; False for a stick that is away."""
        try:
            return (self.folder / _OURS).is_file()
        except OSError:
            return False

    def begin(self) -> None:
        """Make the folder and the file that says that it is ours.

        Raises:
            OSError: the folder above it is not there, or nothing can be written.
        """
        self.folder.mkdir(mode=0o700, exist_ok=True)
        with durable.writing_whole(self.folder / _OURS) as file:
            file.write(_ABOUT.encode())

    def villages(self) -> list[str]:
        """Return the villages that have a stub here."""
        return sorted(file.name.removesuffix(_ENDING) for file in self.folder.glob(f"*{_ENDING}"))

    def has(self, village: str) -> bool:
        """Return whether the village has a stub here."""
        return self._file(village).exists()

    def bytes_of(self, village: str) -> int:
        """Return how long the village's stub is, in bytes; 0 where it has none."""
        file = self._file(village)
        return file.stat().st_size if file.exists() else 0

    def read(self, village: str) -> Stub | None:
        """Return what the village's stub says; None where it has none here.

        Raises:
            OSError: the file is there and cannot be read.
        """
        try:
            content = self._file(village).read_bytes()
        except FileNotFoundError:
            return None
        return read_stub(content, village=village)

    def append(self, village: str, marks: Sequence[Mark]) -> None:
        """Add marks behind the last one, synced; a file that grew to twice its length is rewritten.

        Raises:
            OSError: nothing can be written here.
        """
        with durable.opened_for_owner(self._file(village), os.O_APPEND) as file:
            file.write(lines_of(marks))
            file.flush()
            os.fsync(file.fileno())
        self._shorten(village)

    def rewrite(self, village: str, marks: Sequence[Mark]) -> None:
        """Write the village's stub anew, whole or not at all.

        Raises:
            OSError: nothing can be written here.
        """
        with durable.writing_whole(self._file(village)) as file:
            file.write(head_line(village) + lines_of(marks[-KEPT:]))

    def put_aside(self, village: str, *, at: datetime) -> None:
        """Copy the village's stub to another name, so that what it said can still be read.

        Raises:
            OSError: nothing can be written here.
        """
        # A copy, not another name for it: a crash before the new stub is there leaves the old one.
        if self.has(village):
            file = self._file(village)
            with durable.writing_whole(file.with_name(f"{village}-{at:%Y%m%d-%H%M%S-%f}.replaced")) as copy:
                copy.write(file.read_bytes())

    def remove(self, village: str) -> None:
        """Remove the stub of a village that there is no longer."""
        self._file(village).unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process after the other read and write here.

        Raises:
            OSError: another process held the place for 10 seconds, or it is away.
        """
        with durable.locked(self.folder / ".lock", _PATIENCE):
            yield

    def _file(self, village: str) -> Path:
        return self.folder / f"{village}{_ENDING}"

    def _shorten(self, village: str) -> None:
        """Keep the last marks of a stub that became too long."""
        # A line has at least 150 bytes: what is surely short enough need not be read.
        if self._file(village).stat().st_size < 2 * KEPT * 150:
            return
        stub = self.read(village)
        if stub is not None and not stub.damaged and len(stub.marks) >= 2 * KEPT:
            self.rewrite(village, stub.marks)
