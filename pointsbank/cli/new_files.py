"""Files that a command writes where somebody says: never over what an installation lives on.

A slip of the hand (`db backup data/pointsbank.sqlite3`) would put a backup in the place of the database and
say that all went well; a running server would go on in a file that has no name any more.
"""

import os
from pathlib import Path
from typing import Any

import click

from pointsbank.errors import Refused

_OURS = ("secret_key", "signing_key", "backup_passphrase", "pointsbank.toml", "pointsbank-watermark.txt")
_ENDINGS = (".sqlite3", "-wal", "-shm", "-journal", ".seal", ".serving", ".watermark", ".face")
_DATABASE = b"SQLite format 3\x00"


class NotWrittenOver(Refused):
    """A file is to be written in the place of something that must stay."""

    code = "not_written_over"
    sentence = "{file} {what}，没有写。请换一个文件名。"
    fixed_by = "管理员"


class FolderMissing(Refused):
    """A file is to be written into a folder that is not there, such as a stick that is away."""

    code = "folder_missing"
    sentence = "没有 {folder} 这个文件夹，没有写。U 盘请先插好；要放进新文件夹，请先建好它。"
    fixed_by = "管理员"


class NewFile(click.Path):
    """The path of a file that a command writes; one that is there is written over unless it is ours."""

    def __init__(self, *, away: bool = False) -> None:
        """Take files only.

        Args:
            away: it is meant for another place, as a stick: its folder is there, or nothing is written. Made
                where the stick is not, it would lie on the disk whose end it is there for.
        """
        super().__init__(path_type=Path, dir_okay=False)
        self._away = away

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path.

        Raises:
            NotWrittenOver: a database, a key, settings, a stub or no file at all is there.
            FolderMissing: its folder is not there, and it is meant for another place.
        """
        file = Path(os.fsdecode(super().convert(value, param, ctx)))
        if self._away and not file.parent.is_dir():
            raise FolderMissing(folder=file.parent.absolute())
        if (what := _kept_there(file)) is not None:
            raise NotWrittenOver(file=file, what=what)
        return file


def _kept_there(file: Path) -> str | None:
    """Return what must stay at a place, as the middle of a sentence; None where a file may be written."""
    if not file.exists():
        return None
    if not file.is_file():
        return "不是普通文件"
    real = file.resolve()
    if real.name in _OURS or real.name.endswith(_ENDINGS):
        return "是积分银行自己要用的文件"
    with real.open("rb") as there:
        return "是一个数据库" if there.read(len(_DATABASE)) == _DATABASE else None
