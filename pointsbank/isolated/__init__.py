"""Work on files that people send, done in a process of its own: bounded in memory and time, one at a time.

Pictures and tables are unpacked by libraries in other languages, which hold the interpreter for as long as a
picture takes: a WebP of 24 megapixels stopped every till for 0.3 s. In a child process they stop nobody; its
memory is the child's and goes with it; a hostile file that needs too much ends the child, which is a refusal.

The child (`child.py`) is started once and kept. It is sent the name of a function and its arguments and sends
back what the function yields. Owns no table and knows no capability.
"""

import atexit
import importlib
import io
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from pointsbank.errors import Problem
from pointsbank.isolated.hearing import Child, Message
from pointsbank.slow_work import before_slow_work

MAXIMUM_WAITING = 2
"""How many threads wait for the one whose turn it is; the rest are told at once."""

WAIT_SECONDS = 0.8
"""How long one of them waits; who is told then has heard it well within two seconds."""

PROCESSOR_SECONDS = 1.5
"""Processor time of one piece of work, after which the system ends the child."""

ANSWER_SECONDS = 1.2
"""Real seconds from a file's arrival to the end of the work on it, while others wait for their turn: who is
refused hears it within two, though the machine is busy. Who is alone takes nobody's time (`END_SECONDS`)."""

CROWD_SECONDS = 5.0
"""How long after two have met others count as waiting: else who was late while nobody stood behind him by
chance would hear it only when the next one comes."""

PAUSE_SECONDS = 0.05
"""Between two looks whether somebody waits for one that is late."""

ENOUGH_SECONDS = 1.2
"""Processor time that the dearest file within all bounds needs: who was given less is told to come again."""

MINIMUM_SECONDS = 0.4
"""Processor time of work that has waited long and for which others wait; an honest photo takes half of it."""

END_SECONDS = 60.0 if sys.platform != "win32" else 5.0
"""Real seconds after which a child is ended for which nobody waits. Elsewhere than on Windows its own
processor time ends it long before (`PROCESSOR_SECONDS`): a busy machine must not refuse an honest file. It
goes behind everybody: where four others work without a pause, a second of its own takes twenty."""

_LOADED = (
    "pointsbank.photos.reading",
    "pointsbank.photos.redrawing",
    "pointsbank.omr.sending",
    "pointsbank.spreadsheets.reading",
)


class Crowded(Exception):
    """One reads and two wait already, or the one before took too long."""


class Stopped(Exception):
    """The work needed more memory or time than it may, or crashed; nothing is left of it."""


class _OutOfTime(Stopped):
    """The system ended the child because its time was over."""


class _Unpickler(pickle.Unpickler):
    """Makes nothing but plain values and the classes it is given: the child has read a stranger's file."""

    def __init__(self, data: bytes, into: tuple[type, ...]) -> None:
        super().__init__(io.BytesIO(data))
        self._into = {(one.__module__, one.__qualname__): one for one in into}

    def find_class(self, module: str, name: str) -> type:
        """Return a class that may come back; raises UnpicklingError for any other."""
        if (module, name) not in self._into:
            raise pickle.UnpicklingError(f"{module}.{name} does not come back from a child")
        return self._into[module, name]


class Isolated:
    """The child process of this one, and the queue before it."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._forget()
        atexit.register(self.stop)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        """Begin without a child: that of a process we were forked from is not ours."""
        self._child: Child | None = None
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._inside = 0
        self._crowded_until = 0.0
        self._mine = threading.local()

    def run(self, function: str, *arguments: str, into: tuple[type, ...] = ()) -> list[Any]:
        """Return what `function` yields in the child.

        Args:
            function: `module:name` of a generator function.
            into: classes, beside plain values, that it may yield.

        Raises:
            Crowded: too many read already, and nothing was begun; or the time was short and others wait.
            Stopped: the child ended, or raised what is no refusal.
            Problem: the refusal that the function raised.
        """
        before_slow_work("reading a file in a child process")
        entered = self.enter()
        seconds = PROCESSOR_SECONDS
        try:
            self._wait_ready()
            minimum = MINIMUM_SECONDS if self._is_awaited() else ENOUGH_SECONDS
            seconds = min(PROCESSOR_SECONDS, max(minimum, self._left()))
            return list(self._answers(pickle.dumps((function, arguments, seconds)), into))
        except _OutOfTime:
            if seconds < ENOUGH_SECONDS:
                raise Crowded from None
            raise
        finally:
            if entered:
                self.leave()

    def enter(self, arrived: float | None = None) -> bool:
        """Take the one turn for this thread until it leaves; return False if it has it already.

        Whoever has to do more than reading, such as taking in a large body or keeping a large table, takes
        the turn before and keeps it after, so that only one such work goes on in this process.

        Args:
            arrived: when the file came, by `time.monotonic`, from which wait and work count; None for now.

        Raises:
            Crowded: one has the turn and two wait, or it took too long.
        """
        if getattr(self._mine, "has_turn", False):
            return False
        before_slow_work("waiting for the turn to read a file")
        now = time.monotonic()
        began = now if arrived is None else arrived
        with self._counting:
            if self._inside:
                self._crowded_until = now + CROWD_SECONDS
            if self._inside > MAXIMUM_WAITING:
                raise Crowded
            self._inside += 1
        if not self._turn.acquire(timeout=max(0.0, began + WAIT_SECONDS - now)):
            with self._counting:
                self._inside -= 1
            raise Crowded
        self._mine.has_turn, self._mine.began = True, began
        return True

    def leave(self) -> None:
        """Give the turn of this thread back, if it has it."""
        if getattr(self._mine, "has_turn", False):
            self._mine.has_turn = False
            self._turn.release()
            with self._counting:
                self._inside -= 1

    @property
    def is_full(self) -> bool:
        """Return whether the next would be told `Crowded`: then its file need not even be received."""
        return self._inside > MAXIMUM_WAITING

    def start(self) -> None:
        """Start the child, so that the first who needs it need not wait for its libraries."""
        with self._turn:
            child = self._running()
        child.wait_ready(END_SECONDS)

    def stop(self) -> None:
        """End the child and wait for its end; the next `run` starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait_ended(END_SECONDS)

    def _answers(self, message: bytes, into: tuple[type, ...]) -> Iterator[Any]:
        child = self._request(message)
        began, stays = time.monotonic(), False
        try:
            while (answer := self._hear(child, began)) is not None:
                kind, body = answer
                if kind == b"i":
                    yield _Unpickler(body, into).load()
                    continue
                # A capital: it has grown and leaves.
                stays = kind.islower()
                if kind.lower() == b"r":
                    raise _refusal(*_Unpickler(body, ()).load())
                if kind.lower() == b"x":
                    raise Stopped(body.decode("utf-8", "replace"))
                return
            if child.status == -getattr(signal, "SIGPROF", 0):
                raise _OutOfTime("the child's time was over")
            raise Stopped("the child ended")
        finally:
            if not stays:
                # The answer does not wait until it is gone, nor until the next one is there.
                child.kill()
                self._running()

    def _hear(self, child: Child, began: float) -> Message | None:
        """Return the child's next message, or None; raise Crowded or Stopped if that takes too long."""
        while True:
            try:
                return child.hear(min(PAUSE_SECONDS, self._left()) if self._left() > 0 else PAUSE_SECONDS)
            except queue.Empty:
                if self._left() <= 0 and self._is_awaited():
                    raise Crowded from None
                if time.monotonic() - began > END_SECONDS:
                    raise Stopped("the child did not end by itself") from None

    def _wait_ready(self) -> Child:
        """Return the child once it is ready; raises Crowded if too little time is left then, or before."""
        child, is_ready = self._running(), False
        while not is_ready:
            is_ready = child.wait_ready(PAUSE_SECONDS)
            if self._is_late():
                # The body was long on its way, or the child is starting: no half-done work.
                raise Crowded
        return child

    def _request(self, message: bytes) -> Child:
        """Send a message to the child, or to a new one where the old has ended meanwhile."""
        for _ in range(2):
            child = self._wait_ready()
            try:
                child.request(message)
            except OSError:
                child.kill()
            else:
                return child
        raise Stopped("no child can be started")

    def _left(self) -> float:
        """Return how much of the time for an answer is left to this thread, in seconds; < 0 if none is."""
        began: float = self._mine.began
        return ANSWER_SECONDS - (time.monotonic() - began)

    def _is_awaited(self) -> bool:
        """Return whether others wait for the turn that one has, or did a moment ago."""
        return self._inside > 1 or time.monotonic() < self._crowded_until

    def _is_late(self) -> bool:
        """Return whether this thread has too little time left to begin: plenty while nobody waits."""
        minimum = MINIMUM_SECONDS if self._is_awaited() else ANSWER_SECONDS - END_SECONDS
        return self._left() < minimum

    def _running(self) -> Child:
        """Return the child, or a new one that is being started."""
        if self._child is None or self._child.has_ended:
            self._child = Child(_LOADED, after=self._child)
        return self._child


def _refusal(module: str, name: str, fields: dict[str, Any]) -> Problem:
    """Make a refusal again from its class and fields; raises Stopped for what is none."""
    found = getattr(importlib.import_module(module), name, None) if module.startswith("pointsbank.") else None
    if not (isinstance(found, type) and issubclass(found, Problem)):
        raise Stopped(f"{module}.{name} is no refusal")
    return found(**fields)


PROCESS = Isolated()
"""The one child of this process."""
