"""A child process, and the thread that starts and hears it: whoever asks it waits no longer than he wants.

To end a child takes a moment of the processor, and who stands behind everybody gets it late.
So nobody waits for its end but the thread that starts the next one, and two are never in memory together.
"""

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO, cast

from pointsbank.isolated.messages import receive, send

Message = tuple[bytes, bytes]


class Child:
    """A child that is being started, works, or has ended.

    Attributes:
        status: how it ended, as `Popen.returncode`; None before, or where it was never started.
    """

    status: int | None = None

    def __init__(self, modules: Sequence[str], *, after: "Child | None" = None) -> None:
        """Start it in a thread of its own.

        Args:
            modules: what it loads before it is ready.
            after: the one in whose place it comes, which ends first.
        """
        self._modules, self._after = modules, after
        self._process: subprocess.Popen[bytes] | None = None
        self._lock, self._is_unwanted = threading.Lock(), False
        self._heard: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._ready, self._ended = threading.Event(), threading.Event()
        threading.Thread(target=self._live, daemon=True).start()

    @property
    def has_ended(self) -> bool:
        """Return whether nothing more can be asked of it."""
        return self._is_unwanted or self._ended.is_set()

    def wait_ready(self, seconds: float) -> bool:
        """Return whether it has loaded its modules, or ended, within so many seconds."""
        return self._ready.wait(max(0.0, seconds))

    def request(self, message: bytes) -> None:
        """Send it a piece of work.

        Raises:
            BrokenPipeError: it has ended, or was never started.
        """
        if self._process is None:
            raise BrokenPipeError
        try:
            send(cast("IO[bytes]", self._process.stdin), b"c", message)
        except (OSError, ValueError) as error:
            # A ValueError where the thread that hears it has closed the pipe already.
            raise BrokenPipeError from error

    def hear(self, seconds: float) -> Message | None:
        """Return the next message, None once it has ended; raises queue.Empty after so many seconds."""
        return self._heard.get(timeout=max(0.001, seconds))

    def kill(self) -> None:
        """End it, without waiting until it is gone."""
        with self._lock:
            self._is_unwanted = True
            if self._process is not None:
                self._process.kill()

    def wait_ended(self, seconds: float) -> None:
        """Wait until it is gone."""
        self._ended.wait(seconds)

    def _live(self) -> None:
        """Start it once the one before has ended, and keep what it says until it ends."""
        try:
            if self._after is not None:
                self._after._ended.wait()
                self._after = None
            with self._lock:
                if self._is_unwanted:
                    return
                self._process = process = _start(self._modules)
            self._hear(process)
        except OSError:
            # No process can be started: whoever asks is told so.
            pass
        finally:
            self._ended.set()
            self._heard.put(None)
            self._ready.set()

    def _hear(self, process: "subprocess.Popen[bytes]") -> None:
        output = cast("IO[bytes]", process.stdout)
        # The first message says that it is ready.
        if receive(output) is not None:
            self._ready.set()
            while (message := receive(output)) is not None:
                self._heard.put(message)
        self.status = process.wait()
        for pipe in (process.stdin, output):
            with contextlib.suppress(OSError):
                cast("IO[bytes]", pipe).close()


def _start(modules: Sequence[str]) -> "subprocess.Popen[bytes]":
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
    return subprocess.Popen(
        [sys.executable, "-m", "pointsbank.isolated.child", *modules],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": paths},
    )
