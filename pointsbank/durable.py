"""Files that are whole or not there, also after a power cut: synced, put in place, their folder synced.

Syncing a file says nothing of its name: on Linux a new or exchanged name can be lost with the power although
the file's bytes are safe, until the folder itself is synced. Windows keeps names by itself and cannot open
folders. A file is made for its owner only, not changed to it later: the usual USB stick (FAT) refuses chmod.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def take_lock(descriptor: int) -> None:
        """Lock the first byte of an open file, or raise OSError at once."""
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def take_lock(descriptor: int) -> None:
        """Lock an open file, or raise OSError at once."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_BETWEEN_TRIES = 0.02


@contextmanager
def writing_whole(target: Path) -> Iterator[BinaryIO]:
    """Open a file that gets the name `target` when the block ends, synced; nothing is left when it raises.

    Example:
        with writing_whole(Path("september.txt")) as file:
            file.write(b"sealed")
    """
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        put_in_place(Path(name), target)
    finally:
        Path(name).unlink(missing_ok=True)


def make_whole(target: Path, content: bytes) -> None:
    """Make a file that is not there yet: its owner's only, whole, and never in place of another's.

    Raises:
        FileExistsError: it is there, perhaps since a moment ago.
    """
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _give_name(Path(name), target)
    finally:
        Path(name).unlink(missing_ok=True)
    sync_folder(target.parent)


def _give_name(partial: Path, target: Path) -> None:
    """Give a file a name that nobody has; where a file has one name only (FAT), looking has to do."""
    if os.name != "nt":
        try:
            os.link(partial, target)
        except FileExistsError:
            raise
        except OSError:
            if target.exists():
                raise FileExistsError(target) from None
        else:
            return
    # Windows itself refuses a name that is taken.
    os.rename(partial, target)


def opened_for_owner(file: Path, flags: int = 0) -> BinaryIO:
    """Open a file for writing, made for its owner only if it is new; `flags` as of `os.open`."""
    flags |= os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(file, flags, 0o600), "wb")


def put_in_place(partial: Path, target: Path) -> None:
    """Sync a file, give it the name `target` in the same folder, and sync the folder."""
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(partial, target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(file: Path, seconds: float) -> Iterator[None]:
    """Hold an operating system lock on a file for the length of the block; whoever dies lets go of it.

    Raises:
        OSError: somebody else held it for all of `seconds`, or the file cannot be made.
    """
    with opened_for_owner(file) as lock:
        until = time.monotonic() + seconds
        while True:
            try:
                take_lock(lock.fileno())
                break
            except OSError:
                if time.monotonic() >= until:
                    raise
                time.sleep(_BETWEEN_TRIES)
        yield
