"""Why a SQLite file cannot be used, seen from its place, its size, its first bytes and SQLite's own codes."""

import os
import sqlite3
from pathlib import Path

from pointsbank import failures
from pointsbank.errors import Problem
from pointsbank.storage_faults.family import DatabaseUnusable


class NoDatabaseFile(DatabaseUnusable):
    """The file begins as no SQLite database does."""

    code = "database_file_foreign"
    sentence = (
        "这个文件不是数据库：请核对数据目录或 POINTSBANK_DATABASE_URL 是否指错；"
        "没有指错就是文件坏了，请用 pointsbank db restore 恢复最新的备份。"
    )


class PageBroken(DatabaseUnusable):
    """A page of the file cannot be what it is."""

    code = "database_file_broken"
    sentence = "数据库文件里有损坏的页：请不要删除它，用 pointsbank db restore 恢复最新的备份，损坏的会另存。"


class FileCut(DatabaseUnusable):
    """The file is shorter than its head says."""

    code = "database_file_cut"
    sentence = "数据库文件被截断了：请不要删除它，用 pointsbank db restore 恢复最新的备份，截断的会另存。"


class FileEmptied(DatabaseUnusable):
    """The file has no byte left, though there was data in it."""

    code = "database_file_emptied"
    sentence = "数据库文件变成了0字节：请不要删除它，用 pointsbank db restore 恢复最新的备份。"


class FileIsFolder(DatabaseUnusable):
    """There is a folder where the file should be."""

    code = "database_file_is_folder"
    sentence = "数据库地址指的是文件夹，不是文件：请在地址末尾加上文件名，例如 pointsbank.sqlite3。"


class FolderMissing(DatabaseUnusable):
    """The folder that should hold the file is not there."""

    code = "database_folder_missing"
    sentence = "存放数据库的文件夹不存在：请核对地址；数据在移动盘或网络盘上的，请先接好再启动。"


class FileForbidden(DatabaseUnusable):
    """The system lets us not read or write the file, or not its folder."""

    code = "database_file_forbidden"
    sentence = (
        "没有权限读写数据库文件：请用建立它的系统用户运行，或改正文件和文件夹的权限；只读的盘请换可写的。"
    )


class DiskFailing(DatabaseUnusable):
    """The disk gives errors."""

    code = "database_disk_failing"
    sentence = "读写数据库时磁盘出错：请先把数据目录整个复制到别的盘上，再检查磁盘或网络盘。"


_BY_CODE: dict[int, type[Problem]] = {
    5: failures.Busy,
    6: failures.Busy,
    8: FileForbidden,
    10: DiskFailing,
    11: PageBroken,
    13: failures.DiskFull,
    14: FileForbidden,
    26: NoDatabaseFile,
}
"""By SQLite's primary result code."""

_HEAD = 100
_MAGIC = b"SQLite format 3\0"


def fault_of_sqlite(cause: sqlite3.Error, file: Path, *, in_use: bool = False) -> Problem | None:
    """Return what an error of SQLite amounts to; None for one that is no such trouble.

    The file itself says more than SQLite's "cannot open".

    Args:
        in_use: as `fault_of_file` takes it.
    """
    kind = _BY_CODE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    # A server that finds its file torn stops by itself (`failures.DatabaseTorn`).
    if kind is None or (in_use and kind in (PageBroken, NoDatabaseFile)):
        return None
    found = None if issubclass(kind, failures.Busy) else fault_of_file(file, in_use=in_use)
    return found or kind(lines=[f"{file}：{cause}"])


def fault_of_file(file: Path, *, in_use: bool = False) -> Problem | None:
    """Return what is wrong with a file as far as its place, its size and its first bytes tell.

    Args:
        in_use: somebody in this process may be in a transaction on the file. Then it is not opened: closing
            it again would let go of the locks that SQLite holds on it for the whole process.
    """
    try:
        return _fault_of_place(file) or (None if in_use else _fault_of_head(file))
    except PermissionError:
        return FileForbidden(lines=[str(file)])


def _fault_of_place(file: Path) -> Problem | None:
    """Return what place, rights and size say against a file."""
    where = [str(file)]
    if file.is_dir():
        return FileIsFolder(lines=where)
    if not file.parent.is_dir():
        return FolderMissing(lines=[str(file.parent)])
    if not _is_allowed(file):
        return FileForbidden(lines=where)
    emptied = file.exists() and not file.stat().st_size and file.with_name(f"{file.name}.seal").exists()
    return FileEmptied(lines=where) if emptied else None


def _is_allowed(file: Path) -> bool:
    """Return whether the system lets us write the file, and its journal beside it."""
    beside = os.access(file.parent, os.W_OK | os.X_OK)
    return beside and (not file.exists() or os.access(file, os.R_OK | os.W_OK))


def _fault_of_head(file: Path) -> Problem | None:
    """Return what the first bytes of a file say against it; nothing of one that was never written."""
    if not file.exists() or not file.stat().st_size:
        return None
    with file.open("rb") as content:
        head, size = content.read(_HEAD), file.stat().st_size
    if not head.startswith(_MAGIC):
        return NoDatabaseFile(lines=[str(file)])
    wanted = 0 if _waits_for_recovery(file) else _size_in_head(head)
    return FileCut(lines=[f"{file}：应有{wanted}字节，只有{size}字节"]) if size < wanted else None


def _waits_for_recovery(file: Path) -> bool:
    """Return whether SQLite will finish or undo something in the file when it opens it."""
    beside = (file.with_name(file.name + ending) for ending in ("-journal", "-wal"))
    return any(one.exists() and one.stat().st_size for one in beside)


def _size_in_head(head: bytes) -> int:
    """Return how many bytes a file has by its own head, >= 100; 0 where the head does not vouch for it."""
    if len(head) < _HEAD:
        return _HEAD
    page = int.from_bytes(head[16:18], "big")
    if head[24:28] != head[92:96]:
        return 0
    return int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page)
