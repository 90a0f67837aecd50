"""Runs what is due in a thread beside the server: when it starts, and on each minute's tick.

Whether a worker died is told by its row alone: one that has not changed for `PATIENCE` seconds, counted by
this process's own steady clock, is nobody's any more. A machine's clock may jump and two machines' clocks may
differ; neither lets a job be taken twice or never again.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as WaitedTooLong

from pointsbank import jobs
from pointsbank.duties.duty import Duty, Site, Stopped, Work, failure_in_words
from pointsbank.duties.register import every
from pointsbank.jobs import Job, JobLost
from pointsbank.waiting import impatiently

log = logging.getLogger("pointsbank")

TICK = 60.0
"""Seconds between two looks at what is due."""
BEAT = 15.0
"""Seconds between two signs of life."""
PATIENCE = 60.0
"""Seconds without a sign of life after which a worker is taken for dead."""
ASKED = 3.0
"""Seconds between two looks for what somebody asked for."""
_STOPPING = 10.0
_WAITS = 2.0
"""Seconds for which a duty waits for sales before it leaves taking a job to the next tick."""


class Runner:
    """Does the duties of one installation, from `start` to `stop`."""

    def __init__(
        self,
        site: Site,
        *,
        now: Callable[[], datetime],
        may_write: Callable[[], bool] = lambda: True,
        duties: Sequence[Duty] | None = None,
        tick: float = TICK,
        beat: float = BEAT,
        patience: float = PATIENCE,
    ) -> None:
        """Name what the duties are done for; nothing is looked at yet.

        Args:
            now: returns the moment; the core asks no clock.
            may_write: returns whether the database may still be written to.
            duties: those of the register by default.
            tick, beat, patience: seconds; a beat is shorter than half of the patience.
        """
        self.worker = secrets.token_hex(8)
        self._site, self._now, self._may_write = site, now, may_write
        self._duties = every() if duties is None else duties
        self._tick, self._beat, self._patience = tick, beat, patience
        self._stopping = threading.Event()
        self._watched: dict[str, tuple[tuple[str, int], float]] = {}
        self._thread = threading.Thread(target=self._loop, name="duties", daemon=True)

    def start(self) -> None:
        """Begin with the first look, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread, within ten seconds; a job that is half done is given back."""
        self._stopping.set()
        self._thread.join(_STOPPING)

    def run_due(self) -> None:
        """Do whatever is due now, one after another."""
        for duty in self._duties:
            if not self._may_write() or (self._stopping.is_set() and duty.is_long):
                continue
            try:
                self._do_if_due(duty)
            except Exception:
                # A database that is away or full for a while: the next tick looks again.
                log.warning("the duty %s was not looked at", duty.name, exc_info=True)

    def _loop(self) -> None:
        self.run_due()
        looked = time.monotonic()
        while not self._stopping.wait(min(self._tick, ASKED)):
            if time.monotonic() - looked >= self._tick or self._is_asked():
                self.run_due()
                looked = time.monotonic()

    def _is_asked(self) -> bool:
        try:
            with self._site.database.reading() as session:
                return jobs.any_asked(session)
        except (DBAPIError, WaitedTooLong):
            return False

    def _do_if_due(self, duty: Duty) -> None:
        """Take a duty's job if it is due, and do it."""
        if not duty.serves(self._site):
            return
        at = self._now()
        with self._site.database.reading() as session:
            seen = jobs.find(session, name=duty.name)
        if seen.is_running:
            if not self._is_dead(seen):
                return
            log.warning("the duty %s is begun again: who did it shows no sign of life", duty.name)
        elif seen.asked_at is None and (seen.rests(at) or not duty.is_due(self._site, seen, at)):
            return
        with impatiently(_WAITS), self._site.database.writing() as session:
            taken = jobs.take(session, seen=seen, worker=self.worker, at=at)
        if taken:
            asked = seen.asked_at is not None
            self._do(duty, Work(self._site, duty.name, self.worker, at, asked, self._stopping))

    def _is_dead(self, seen: Job) -> bool:
        """Return whether the worker of a job that runs is dead; one of our own would not let us ask."""
        if seen.worker == self.worker:
            return True
        life = (seen.worker, seen.beat)
        known, since = self._watched.get(seen.name, (None, 0.0))
        if known != life:
            self._watched[seen.name] = (life, time.monotonic())
            return False
        return time.monotonic() - since >= self._patience

    def _do(self, duty: Duty, work: Work) -> None:
        """Do a job that was taken, and write down how it ended."""
        mine = {"name": duty.name, "worker": self.worker}
        try:
            with self._beating(work):
                result = duty.run(work)
        except Stopped:
            with self._site.database.writing() as session:
                jobs.release(session, **mine)
        except JobLost:
            log.warning("the duty %s was taken over by another process", duty.name)
        except Exception as error:
            sentence = failure_in_words(error, duty.name)
            with self._site.database.writing() as session:
                jobs.fail(session, **mine, error=sentence, at=self._now())
        else:
            with self._site.database.writing() as session:
                jobs.finish(session, **mine, result=result, at=self._now())

    @contextmanager
    def _beating(self, work: Work) -> Iterator[None]:
        """Show signs of life during the block, from a thread: a slow stick keeps the job's own thread."""
        ended = threading.Event()
        thread = threading.Thread(target=self._show_life, args=(work, ended), name="duty beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _show_life(self, work: Work, ended: threading.Event) -> None:
        while not ended.wait(self._beat):
            try:
                with self._site.database.writing() as session:
                    jobs.beat(session, name=work.name, worker=work.worker)
            except JobLost:
                return
            except (DBAPIError, WaitedTooLong) as error:
                log.warning("no sign of life of the duty %s: %s", work.name, error)
