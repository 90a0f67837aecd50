"""Keeps a second server off one SQLite file, since two servers would not share the in-process writer lock.

The operating system holds the lock and releases it when the process ends, however it ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pointsbank.database import Database
from pointsbank.durable import take_lock
from pointsbank.errors import Refused


class AlreadyServed(Refused):
    """Another server works on the same database file."""

    code = "already_served"
    sentence = "已有一个积分银行正在使用 {file}，没有重复启动；请直接使用它，或先关闭它再启动。"
    fixed_by = "管理员"


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Be the only server of this SQLite file for the length of the block; does nothing on PostgreSQL.

    Raises:
        AlreadyServed: another server works on the file.
    """
    if not database.is_sqlite:
        yield
        return
    file = Path(str(database.engine.url.database)).resolve()
    with Path(f"{file}.serving").open("a") as lock:
        try:
            take_lock(lock.fileno())
        except OSError:
            raise AlreadyServed(file=file) from None
        yield
