"""Makes slow work inside a transaction that writes fail the test in which it happens.

Work that says so by `before_slow_work` raises by itself. Files, processes and connections are seen by
Python's own audit events, whichever library opens them; waits that have no event, where our own modules wait.
"""

import queue
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import wraps
from sysconfig import get_path
from typing import Any

from pointsbank import slow_work

_LIBRARIES = (*(place for place in sys.path if place.endswith("site-packages")), get_path("stdlib"))

_EVENTS = {
    "open",
    "os.listdir",
    "os.scandir",
    "os.system",
    "os.posix_spawn",
    "os.fork",
    "shutil.copyfile",
    "shutil.move",
    "subprocess.Popen",
    "socket.connect",
    "socket.getaddrinfo",
    "smtplib.connect",
    "http.client.connect",
    "urllib.Request",
}

_WAITS = (
    (time, "sleep"),
    (threading.Event, "wait"),
    (threading.Thread, "join"),
    (queue.Queue, "get"),
    (Future, "result"),
)


def watch() -> None:
    """Let slow work raise from now on, in this process."""
    slow_work.checking.raises = True
    sys.addaudithook(_see)
    for holder, name in _WAITS:
        setattr(holder, name, _watched(getattr(holder, name), name))


def _see(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _EVENTS or not slow_work.is_writing():
        return
    what = arguments[0] if arguments else ""
    # Modules that are imported late, of which a server has few left; a traceback reads its sources.
    if str(what).startswith(_LIBRARIES) or str(what).endswith((".py", ".pyc")):
        return
    # It also looks through the places of modules again where something was written meanwhile.
    if sys._getframe(1).f_code.co_filename.startswith("<frozen importlib"):
        return
    slow_work.before_slow_work(f"{event} {what}")


def _watched(wait: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Return a wait that raises where a module of ours waits in a transaction; a test may wait there."""

    @wraps(wait)
    def watched(*arguments: Any, **named: Any) -> Any:
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if slow_work.is_writing() and caller.startswith("pointsbank."):
            slow_work.before_slow_work(f"waiting ({name})")
        return wait(*arguments, **named)

    return watched
