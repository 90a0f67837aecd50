"""The child: waits for the name of a function, runs it within its bounds, sends back what it yields.

On Windows there are no such bounds; there only the parent's clock and the bounds of the readers hold.
"""

import importlib
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from typing import IO

from pointsbank.errors import Problem
from pointsbank.isolated.messages import receive, send

MAXIMUM_MEMORY = 100 * 1024 * 1024
"""Bytes that one piece of work may add; what is within the readers' own bounds takes up to 96 MB."""

KEPT_MEMORY = 24 * 1024
"""KiB by which the child may have grown and still be kept for the next."""

if sys.platform == "win32":

    def _go_behind() -> None:
        """Windows knows it by another name."""

    def _bound_process() -> None:
        """Windows knows no such bounds."""

    def _bound_time(seconds: float) -> None:
        """Windows knows no such timer."""

    def _peak() -> int:
        """Return KiB of memory at most so far; 0 where it is not known."""
        return 0
else:
    import resource

    def _go_behind() -> None:
        """Let tills go first."""
        os.nice(10)
        if sys.platform == "linux":
            # Whoever sells is not interrupted by a photo that has just come.
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))

    def _bound_process() -> None:
        """End rather than take more memory than reckoned."""
        # Ctrl+C reaches every process of the terminal; the parent ends this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            bound = _status("VmData") * 1024 + MAXIMUM_MEMORY
            resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))

    def _bound_time(seconds: float) -> None:
        """Let the system end this process after so much processor time; 0 lifts the bound."""
        # The timer's signal ends a process that does not handle it, whatever library it is in.
        signal.setitimer(signal.ITIMER_PROF, seconds)

    def _status(name: str) -> int:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith(name))

    def _peak() -> int:
        # On Linux `getrusage` still counts the process that started this one.
        return _status("VmHWM") if sys.platform == "linux" else 0


def main() -> None:
    """Serve until the parent ends."""
    # First of all: to start anew after each large file takes more of the processor than most files.
    _go_behind()
    # What a library prints must not get between the messages.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for name in sys.argv[1:]:
        importlib.import_module(name)
    _bound_process()
    begun_with = _peak()
    send(answers, b"b", b"")
    while (message := receive(sys.stdin.buffer)) is not None:
        function, arguments, seconds = pickle.loads(message[1])
        _bound_time(seconds)
        kind, body = _work(function, arguments, answers)
        _bound_time(0)
        leaves = _peak() - begun_with > KEPT_MEMORY
        send(answers, kind.upper() if leaves else kind, body)
        if leaves:
            return


def _work(function: str, arguments: tuple[str, ...], answers: IO[bytes]) -> tuple[bytes, bytes]:
    """Do one piece of work; return the message that ends it."""
    try:
        for item in _function(function)(*arguments):
            send(answers, b"i", pickle.dumps(item))
    except Problem as problem:
        return b"r", pickle.dumps((type(problem).__module__, type(problem).__qualname__, problem.fields))
    except MemoryError:
        return b"x", b"out of memory"
    except Exception as error:
        return b"x", repr(error)[:500].encode("utf-8", "replace")
    return b"e", b""


def _function(name: str) -> "type[Iterator[object]]":
    module, _, function = name.partition(":")
    found: type[Iterator[object]] = getattr(importlib.import_module(module), function)
    return found


if __name__ == "__main__":
    main()
