"""Tells apart what the database refuses: a race between two people, a full disk, a defect of ours.

A race, a lock and a full disk have sentences of their own, because waiting or a person can help. Everything
else is a defect or tampering: it is logged with its traceback under a reference, and the person is given that
reference.
"""

import errno
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from pointsbank.errors import Invalid, Problem, Refused

log = logging.getLogger("pointsbank")

NOT_DONE, NOT_SHOWN = "这一次没有生效", "这一页没有打开（刚才提交的以记录为准）"
"""What a failure says of a write, and of a page that is only looked at: what was sent before may be kept."""

UNIQUE_IN_SQLITE = (1555, 2067)
"""Extended result codes SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE."""
UNIQUE_IN_POSTGRESQL = "23505"


_WHY = {
    errno.ENOSPC: "没有空间了",
    errno.EDQUOT: "没有空间了",
    errno.EROFS: "只能读，不能写",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "文件或文件夹不在了",
    errno.ENODEV: "U盘拔掉了",
    errno.ENXIO: "U盘拔掉了",
    errno.EIO: "读写出错，U盘或磁盘可能拔掉了或坏了",
    errno.EFBIG: "这种格式的U盘放不下这么大的文件",
    errno.EADDRINUSE: "已经有程序在用这个端口",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址",
}
"""What the operating system says in English, by its number."""


def why(error: OSError) -> str:
    """Return why a file, or an address, cannot be used, in words that go into a sentence.

    Example:
        >>> why(OSError(errno.EROFS, "Read-only file system"))
        '只能读，不能写'
    """
    return _WHY.get(error.errno or 0) or error.strerror or str(error)


class Busy(Refused):
    """Somebody else is writing just now; the same request may be sent again."""

    code = "busy"
    sentence = "程序正忙，这一次没有生效，请过几秒再试。"
    fixed_by = "本人"


class DiskFull(Refused):
    """There is no room left to write."""

    code = "disk_full"
    sentence = "服务器磁盘已满，这一次没有生效，请管理员清理磁盘后再试。"
    fixed_by = "管理员"


class StorageFailed(Refused):
    """The database cannot be reached or written."""

    code = "storage_failed"
    sentence = "数据库暂时不能读写，这一次没有生效，请管理员检查后再试。"
    fixed_by = "管理员"


class DatabaseTorn(Refused):
    """A page of the database was found torn or changed while it was read; nothing more is served from it."""

    code = "database_torn"
    sentence = "数据库文件已损坏，这一次没有生效，已停止服务。请管理员关闭程序，恢复最新的备份。"
    fixed_by = "管理员"


class Conflict(Refused):
    """Two people changed the same thing at once; the database kept the first."""

    code = "conflict"
    sentence = "刚才有人改了同样的内容，这一次没有生效，请重新打开页面后再试。"
    fixed_by = "本人"


class Unstorable(Invalid):
    """A number too large or a character that no database keeps."""

    code = "unstorable"
    sentence = "有的数字太大或文字里有不能保存的字符，请检查后重新提交。"


class Internal(Problem):
    """A defect of the program; the log holds the traceback under the same reference."""

    code = "internal"
    sentence = "程序出了差错，这一次没有生效，请稍后再试。如果还不行，请把编号 {reference} 告诉管理员。"
    fixed_by = "管理员"


class RowUnreadable(Refused):
    """What is stored is not what this program writes: somebody else wrote it, or a defect did."""

    code = "row_unreadable"
    sentence = (
        "这一处的记录读不出来，可能被人动过，别处照常。"
        "请管理员用 pointsbank ledger verify 查账，从备份恢复；编号 {reference}。"
    )
    fixed_by = "管理员"


UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
"""What is raised where a stored value is none of its kind: no month, no number, no code of a list."""


def internal(error: BaseException, doing: str) -> Internal:
    """Log an unexpected error with its traceback, and return what the person is told.

    Both carry the same reference of eight digits, e.g. ``4071-9263``: digits are read out over the telephone
    without being mistaken for one another.

    Args:
        error: what was raised; its traceback goes into the log.
        doing: what was being done, e.g. ``POST /v/cy/goods``.
    """
    return Internal(reference=_logged(error, doing))


def unreadable(error: BaseException, doing: str) -> RowUnreadable:
    """Log what was raised where nothing but stored rows was read, and return what the person is told.

    Args:
        error: one of `UNREADABLE`.
        doing: as `internal`.
    """
    return RowUnreadable(reference=_logged(error, doing))


def _logged(error: BaseException, doing: str) -> str:
    """Log an error and return the reference under which it stands in the log."""
    digits = f"{secrets.randbelow(10**8):08}"
    reference = f"{digits[:4]}-{digits[4:]}"
    log.error("internal error %s during %s", reference, doing, exc_info=error)
    return reference


def storage_problem(error: DBAPIError, doing: str) -> Problem:
    """Return the refusal that a database error amounts to, and log the error.

    Recognised by the codes of SQLite and PostgreSQL, never by their words, which change between versions.

    Args:
        error: what SQLAlchemy raised.
        doing: what was being done, for the log.
    """
    problem = _known(error)
    if problem is None:
        return internal(error, doing)
    log.warning("database refused %s: %s", doing, error.orig)
    return problem


def is_unique_violation(error: IntegrityError) -> bool:
    """Return True if a unique value or key was taken; False for CHECK, NOT NULL, foreign key and trigger."""
    if (sqlite_code := getattr(error.orig, "sqlite_errorcode", None)) is not None:
        return sqlite_code in UNIQUE_IN_SQLITE
    return getattr(error.orig, "sqlstate", None) == UNIQUE_IN_POSTGRESQL


@contextmanager
def refusing_duplicates(refusal: Problem) -> Iterator[None]:
    """Raise `refusal` if a write inside meets a unique value that somebody else has just taken.

    Raises:
        IntegrityError: the write breaks another rule of the database.
    """
    try:
        yield
    except IntegrityError as error:
        if not is_unique_violation(error):
            raise
        raise refusal from error


def _known(error: DBAPIError) -> Problem | None:
    """Return the refusal for an error that waiting or a person can mend, None for a defect."""
    if isinstance(error, IntegrityError):
        return Conflict() if is_unique_violation(error) else None
    if isinstance(error, DataError):
        return Unstorable()
    if (sqlite_code := getattr(error.orig, "sqlite_errorcode", None)) is not None:
        # The low byte is the primary code: 5 busy, 6 locked, 13 full, 8 read-only, 10 I/O, 14 cannot open,
        # 11 a page that cannot be, 26 no database at all.
        primary = sqlite_code & 0xFF
        if primary in (8, 10, 14):
            return StorageFailed()
        return {5: Busy(), 6: Busy(), 11: DatabaseTorn(), 13: DiskFull(), 26: DatabaseTorn()}.get(primary)
    state = getattr(error.orig, "sqlstate", None) or "08000"
    if state in ("40001", "40P01", "55P03"):
        return Busy()
    if state == "53100":
        return DiskFull()
    if state in ("XX001", "XX002"):
        return DatabaseTorn()
    return StorageFailed() if state[:2] in ("08", "53", "57", "25") else None
