"""Says why a database cannot be used: a misspelt address, a server that is only read, a damaged file.

To whoever starts the program all of these look alike, and "restore the backup" is right for few of them. Each
has a code and a sentence of its own that says what to do next; names of hosts, people and files stand in
`lines`, which only the command line prints.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from pointsbank import failures
from pointsbank.errors import Problem
from pointsbank.storage_faults.family import DatabaseUnusable as DatabaseUnusable
from pointsbank.storage_faults.files import fault_of_file, fault_of_sqlite
from pointsbank.storage_faults.servers import AddressUnreadable, fault_of_server, read_only_over


def check_address(url: str) -> None:
    """Refuse an address of a database that cannot be taken apart.

    Raises:
        AddressUnreadable: for example the port is no number.
    """
    try:
        make_url(url)
    except (ArgumentError, ValueError) as error:
        raise AddressUnreadable() from error


@contextmanager
def explained(url: str, *, in_use: bool = False) -> Iterator[None]:
    """Raise what a failure of the database at `url` amounts to, instead of the driver's own error.

    Args:
        in_use: other threads of this process may be in a transaction on a SQLite file.

    Raises:
        DatabaseUnusable: one of its kinds; other errors, and those with no cause of these, pass as they are.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error, psycopg.Error, OSError) as error:
        problem = explain(error, url, in_use=in_use)
        if problem is None:
            raise
        raise problem from error


def explain(error: Exception, url: str, *, in_use: bool = False) -> Problem | None:
    """Return what an error of the database at `url` amounts to; None for one that is no such trouble.

    Args:
        in_use: as `explained` takes it.
    """
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, psycopg.Error):
        return fault_of_server(cause, url)
    if isinstance(cause, sqlite3.Error):
        file = _file_of(url)
        return fault_of_sqlite(cause, file, in_use=in_use) if file is not None else None
    if isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return failures.DiskFull()
    return None


def refuse_unusable_file(url: str) -> None:
    """Refuse a SQLite file that can be seen to be unusable before it is opened; nothing for a server.

    Raises:
        FileIsFolder, FolderMissing, FileForbidden: there is no file to work with.
        FileEmptied, NoDatabaseFile, FileCut: it holds no whole database.
    """
    file = _file_of(url)
    _raise(fault_of_file(file) if file is not None else None)


def refuse_unwritable(connection: Connection) -> None:
    """Refuse a database that takes no writes, as a standby, before somebody tries to sell something.

    Raises:
        Standby, ReadOnly: on PostgreSQL.
        FileIsFolder, FolderMissing, FileForbidden, FileEmptied: on SQLite; the file is not opened.
    """
    file = _file_of(connection.engine.url.render_as_string(hide_password=False))
    _raise(read_only_over(connection) if file is None else fault_of_file(file, in_use=True))


def _raise(problem: Problem | None) -> None:
    if problem is not None:
        raise problem


def _file_of(url: str) -> Path | None:
    """Return the file of a SQLite database."""
    return Path(str(make_url(url).database)) if url.startswith("sqlite") else None
