"""Copies a SQLite file in use as it stands at one moment, without keeping a till waiting for long.

Where there is no write-ahead log, nobody commits while somebody reads. `VACUUM INTO` reads for a second where
copying the bytes takes a tenth; so they are copied first, and what was deleted is left out afterwards.
"""

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

_COPY = """
import shutil, sqlite3, sys
source, out = sys.argv[1:]
reading = sqlite3.connect(source, isolation_level=None, timeout=60)
reading.execute("BEGIN")
reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
shutil.copyfile(source, out)
"""


def snapshot(source: Path, out: Path) -> None:
    """Write the database file `source` as it is now to `out`, which must not exist; free pages are left out.

    Raises:
        sqlite3.Error: the file cannot be read, or the disk of one of the two is full.

    Example:
        snapshot(Path("data/pointsbank.sqlite3"), Path("/media/stick/village.sqlite3"))
    """
    with closing(sqlite3.connect(source, isolation_level=None)) as connection:
        if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            # Readers keep nobody waiting.
            _vacuum(connection, out)
            return
    # Beside the source: a stick is slow, and others wait while the bytes are copied.
    with tempfile.TemporaryDirectory(dir=source.parent, prefix=".backup-") as folder:
        raw = Path(folder, "raw")
        # In a process of its own: whoever closes a file loses all locks that his process has on it (POSIX).
        copying = [sys.executable, "-I", "-c", _COPY, str(source), str(raw)]
        copied = subprocess.run(copying, capture_output=True, check=False)
        # Where that failed the slow way says why, or needs less room.
        whole = source if copied.returncode else raw
        with closing(sqlite3.connect(whole, isolation_level=None)) as connection:
            _vacuum(connection, out)


def _vacuum(connection: sqlite3.Connection, out: Path) -> None:
    """Write one moment of a connection's database, without what was deleted."""
    connection.execute("VACUUM INTO ?", (str(out),))
