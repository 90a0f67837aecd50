"""The process that makes the practice village: reads what is wanted, makes it, says how far it is."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pointsbank.config import Settings
from pointsbank.errors import Problem
from pointsbank.practice import making
from pointsbank.practice.apart import DOING, REFUSED, SENT


def _go_behind() -> None:
    """Let everybody else go first; on Windows it was started so."""
    if sys.platform != "win32":
        os.nice(19)
    if sys.platform == "linux":
        # Not one that is idle only: while it waits it may hold a lock of the server's for which others wait.
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _say(kind: str, words: str) -> None:
    sys.stdout.write(json.dumps([kind, words]) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Read the request, make the village, say how far it is; return the exit status."""
    _go_behind()
    given: Mapping[str, Any] = json.loads(sys.stdin.readline())
    known = {name: given[name] for name in SENT}
    settings = Settings(data_dir=Path(given["data_dir"]), public_url="", **known)
    try:
        making.make(settings, progress=lambda words: _say(DOING, words), lived=given["lived"])
    except Problem as problem:
        _say(REFUSED, problem.detail)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
