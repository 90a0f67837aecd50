"""Makes the practice village in a process of its own, behind everybody else.

It takes many seconds of the processor. In the server's own process every till would wait for the interpreter
again and again; in another one, which the system lets run when nobody else wants to, none does.
What it is asked is one line of JSON, what it answers are lines of JSON: a kind, and words.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import IO, cast

from pointsbank.config import Settings
from pointsbank.errors import Refused

DOING, REFUSED = "doing", "refused"
_CHILD = "pointsbank.practice.child"
SENT = ("database_url", "practice_database_url", "secret_key")


class PracticeNotMade(Refused):
    """The process that makes the practice village refused, or ended before it was done."""

    code = "practice_not_made"
    sentence = "练习村没有建成：{why}"
    fixed_by = "村委"


def make_apart(
    settings: Settings, *, progress: Callable[[str], object] = lambda sentence: None, lived: bool = True
) -> None:
    """Make the practice village as `making.make` does, in a process of its own, and wait for it.

    Args:
        progress: called with one sentence for each step; if it raises, the process is ended.
        lived: as `sample.load` takes it.

    Raises:
        PracticeNotMade: it says why.

    Example:
        practice.make_apart(settings, progress=print)
    """
    given = {name: getattr(settings, name) for name in SENT}
    request = json.dumps({**given, "data_dir": str(settings.data_dir), "lived": lived})
    child = _start()
    try:
        refusal = _hear(child, request, progress)
        if child.wait() != 0 or refusal:
            raise PracticeNotMade(why=refusal or "建到一半停了，请再建一次。")
    finally:
        # Where `progress` raised, as when the server is being stopped: what is half made goes next time.
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            cast("IO[str]", pipe).close()


def _start() -> "subprocess.Popen[str]":
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
    behind = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)
    return subprocess.Popen(
        [sys.executable, "-m", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
        creationflags=behind,
    )


def _hear(child: "subprocess.Popen[str]", request: str, progress: Callable[[str], object]) -> str:
    """Send the request and pass on what is being done; return why it was refused, or nothing."""
    try:
        cast("IO[str]", child.stdin).write(request + "\n")
        cast("IO[str]", child.stdin).flush()
    except OSError:
        return ""
    refusal = ""
    for line in cast("IO[str]", child.stdout):
        kind, words = json.loads(line)
        if kind == REFUSED:
            refusal = words
        else:
            progress(words)
    return refusal
