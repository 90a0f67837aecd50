"""Makes slow work inside a transaction that writes fail the test in which it happens.

Work that says so by `before_slow_work` raises by itself. Files, processes and connections are seen by
Python's own audit events, whichever library opens them.
"""

import sys
from sysconfig import get_path

from pointsbank import slow_work

_LIBRARIES = (*(place for place in sys.path if place.endswith("site-packages")), get_path("stdlib"))

_EVENTS = {"open", "subprocess.Popen", "os.listdir", "socket.connect", "socket.getaddrinfo", "urllib.Request"}


def watch() -> None:
    """Let slow work raise from now on, in this process."""
    slow_work.checking.raises = True
    sys.addaudithook(_see)


def _see(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _EVENTS or not slow_work.is_writing():
        return
    what = arguments[0] if arguments else ""
    # Modules that are imported late, of which a server has few left; a traceback reads its sources.
    if str(what).startswith(_LIBRARIES) or str(what).endswith((".py", ".pyc")):
        return
    slow_work.before_slow_work(f"{event} {what}")
