"""Pieces of work for the child of the tests."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import FileUnreadable


def once(what: str) -> Iterator[tuple[int, str]]:
    """Yield this process and what was asked."""
    yield os.getpid(), what


def grow(megabytes: str) -> Iterator[int]:
    """Take so much memory for a moment."""
    len(bytearray(b"x") * (int(megabytes) * 1024 * 1024))
    yield os.getpid()


def crash(_: str) -> Iterator[str]:
    """End as a library ends that has a fault."""
    os.abort()
    yield ""


def forever(_: str) -> Iterator[str]:
    """Never end by itself."""
    while True:
        pass
    yield ""


def too_much(_: str) -> Iterator[int]:
    """Take more memory than there is for it."""
    yield len(bytearray(b"x") * (1 << 30))


def defect(_: str) -> Iterator[str]:
    """Raise what is no refusal."""
    raise ValueError("a defect")
    yield ""


def stranger(_: str) -> Iterator[object]:
    """Yield what must not be made again."""
    yield subprocess.CompletedProcess([], 0)


def noise(_: str) -> Iterator[str]:
    """Print as a library prints."""
    os.write(1, b"c\xff\xff\xff\xff")
    yield "quiet"


def refuse(name: str) -> Iterator[str]:
    """Refuse."""
    raise FileUnreadable(name=name, reason="不行。")
    yield ""


def table(_: str) -> Iterator[Table]:
    """Yield a class of ours."""
    yield Table([])


def touch(path: str) -> Iterator[str]:
    """Leave a trace."""
    Path(path).touch()
    yield ""


def until(path: str) -> Iterator[str]:
    """Wait until a file is there."""
    while not Path(path).exists():
        time.sleep(0.01)
    yield ""
