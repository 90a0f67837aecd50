"""Looks at a data directory before anything is written there: a mistyped one is refused, left as it was.

`pointsbank serve` prepares an empty directory by itself, and only an empty one: with a slip of the hand it
would make an empty village beside the real one, and people would think that everything is lost.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pointsbank import migrating
from pointsbank.cli.alone import alone
from pointsbank.cli.answers import echo_progress
from pointsbank.cli.first_settings import set_watermark
from pointsbank.database import Database
from pointsbank.durable import sync_folder
from pointsbank.errors import Refused

_SETTINGS, _MARK, _DATABASE = "pointsbank.toml", "preparing", "pointsbank.sqlite3"
_OURS = frozenset({_SETTINGS, _MARK, _DATABASE, "secret_key", "signing_key", "backups", "out"})
_OF_THE_SYSTEM = frozenset(
    {".DS_Store", "Thumbs.db", "desktop.ini", "lost+found", "System Volume Information"}
)
"""What systems put into folders and disks by themselves."""


Directory = Literal["kept", "made", "filled", "prepared"]
"""What a command does with its data directory: works in one, may make one, makes one with a village in it, or
prepares an empty one."""


class DataDirectoryMissing(Refused):
    """There is no such directory; nothing was made."""

    code = "data_directory_missing"
    sentence = (
        "没有数据目录 {path}，什么也没有建。请核对写法；第一次使用请先建一个空文件夹，"
        "再运行 pointsbank serve --data 文件夹。"
    )
    fixed_by = "管理员"


class DataDirectoryForeign(Refused):
    """The directory holds other things and nothing of ours; nothing was made."""

    code = "data_directory_foreign"
    sentence = (
        "{path} 里有别的文件，不是积分银行的数据目录，什么也没有建。请核对写法；"
        "第一次使用请另建一个空文件夹。"
    )
    fixed_by = "管理员"


class DataDirectoryEmpty(Refused):
    """Nothing is in the directory yet; nothing was made."""

    code = "data_directory_empty"
    sentence = (
        "数据目录 {path} 是空的，什么也没有建。第一次使用请先运行 pointsbank serve，它会准备好；"
        "以前有过数据的，请核对写法。"
    )
    fixed_by = "管理员"


def check(path: Path, use: Directory, *, environ: Mapping[str, str]) -> bool:
    """Return whether a directory is to be prepared; mark it then, so that a start that is killed goes on.

    Where the data is elsewhere (POINTSBANK_DATABASE_URL), the directory may be empty.

    Raises:
        DataDirectoryMissing: there is none.
        DataDirectoryForeign: there are only other things in it.
        DataDirectoryEmpty: nothing is in it, and this command prepares none.
    """
    elsewhere = "POINTSBANK_DATABASE_URL" in environ
    if use == "filled" and not _holds_something(path / _DATABASE):
        set_watermark(path, environ=environ)
    if use in ("made", "filled") or (use == "kept" and elsewhere):
        return False
    path = path.resolve()
    if not path.is_dir():
        raise DataDirectoryMissing(path=path)
    names = {one.name for one in path.iterdir()} - _OF_THE_SYSTEM
    if _MARK in names:
        return use == "prepared" and _begin(path, environ)
    if elsewhere:
        return False
    if names - {_SETTINGS}:
        if not names & _OURS:
            raise DataDirectoryForeign(path=path)
        return False
    if use == "kept":
        raise DataDirectoryEmpty(path=path)
    return _begin(path, environ)


def _begin(path: Path, environ: Mapping[str, str]) -> bool:
    """Mark the directory as being prepared, and name where its stubs lie; return True."""
    (path / _MARK).touch(mode=0o600)
    set_watermark(path, environ=environ)
    sync_folder(path)
    return True


def _holds_something(file: Path) -> bool:
    """Return whether there is a database; one that was only opened, never written, is an empty file."""
    return file.exists() and file.stat().st_size > 0


def prepare(path: Path, database: Database) -> None:
    """Make the database of a directory that `check` has marked; take the mark away when it is whole.

    Raises:
        AlreadyServed: another start prepares it at this moment.

    And those of `migrating.upgrade`.
    """
    path = path.resolve()
    with alone(database):
        if migrating.is_empty(database):
            echo_progress(f"第一次使用：在 {path} 里准备数据")
            migrating.upgrade(database)
        (path / _MARK).unlink(missing_ok=True)
        sync_folder(path)
