"""A database file at rest: sealed when nobody works with it, so that a flipped bit is seen before it is used.

SQLite finds torn pages by itself, but not a changed digit in a row. So when the last program that wrote lets
go of a file, the seal beside it says how many bytes there are, their SHA-256, and the change counter of
SQLite's own head. Whoever writes again takes the seal away first, inside the transaction. A file that differs
from its seal under the same counter was not changed by any database program; one with another counter was,
and the seal is merely old. After a crash there is no seal, and the file is checked page by page instead.
"""

import contextlib
import hashlib
import sqlite3
from contextlib import closing
from enum import StrEnum
from io import BufferedReader
from pathlib import Path

from pointsbank import durable

_ENDING = ".seal"
_COUNTER, _VALID_FOR = slice(24, 28), slice(92, 96)


class AtRest(StrEnum):
    """What the seal says of a file."""

    INTACT = "intact"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    EMPTY = "empty"


def state_of(file: Path, *, quickly: bool = False) -> AtRest:
    """Return what a database file's seal says; EMPTY for a file that is not there or was never written.

    Args:
        quickly: read nothing, and answer UNKNOWN for whatever is not EMPTY.

    Nobody in this process may be in a transaction on the file: closing it lets go of SQLite's locks.
    """
    seal = _seal_of(file)
    if not file.exists() or (not file.stat().st_size and not seal.exists()):
        return AtRest.EMPTY
    if quickly:
        return AtRest.UNKNOWN
    try:
        digest, counter, size = seal.read_text("ascii").split()
    except (OSError, ValueError):
        return AtRest.UNKNOWN
    with file.open("rb") as content:
        head = content.read(100)
        if head and head[_COUNTER].hex() != counter and head[_COUNTER] == head[_VALID_FOR]:
            return AtRest.UNKNOWN
        content.seek(0)
        return AtRest.INTACT if (digest, size) == tuple(map(str, _digest(content))) else AtRest.CHANGED


def seal(file: Path) -> None:
    """Seal a file that nobody writes to; while somebody does, it is left without a seal."""
    if not (file.exists() and file.stat().st_size):
        return
    with contextlib.suppress(sqlite3.Error, OSError), closing(sqlite3.connect(file, timeout=1)) as connection:
        connection.isolation_level = None
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("BEGIN EXCLUSIVE")
        # Closing the file lets go of the lock: what is read stays open until the seal is there.
        with file.open("rb") as content:
            digest, size = _digest(content)
            content.seek(0)
            counter = content.read(100)[_COUNTER].hex()
            with durable.writing_whole(_seal_of(file)) as out:
                out.write(f"{digest} {counter} {size}\n".encode())


def unseal(file: Path) -> None:
    """Take the seal away before the file is written to, for good."""
    if _seal_of(file).exists():
        _seal_of(file).unlink(missing_ok=True)
        durable.sync_folder(file.parent)


def _seal_of(file: Path) -> Path:
    return file.with_name(file.name + _ENDING)


def _digest(content: BufferedReader) -> tuple[str, int]:
    """Return the SHA-256 of a file and how many bytes it has."""
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    return digest, content.tell()
