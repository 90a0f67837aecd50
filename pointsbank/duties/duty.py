"""What a duty is: a module of `duties.kinds` declares one, and gets its work handed in when it is due."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from pointsbank import failures, jobs, staff
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.errors import Problem

BETWEEN_REPORTS = 1.0
"""Seconds between two reports of how far a job is; each is a write."""


class Stopped(Exception):
    """The server is being stopped: the job is given back."""


@dataclass(frozen=True, slots=True)
class Site:
    """The installation that duties are done for."""

    database: Database
    settings: Settings


@dataclass
class Work:
    """A job that was taken: the duty's function gets it, and tells through it how far it is.

    Attributes:
        at: the moment of the tick at which it was taken.
        asked_at: when somebody asked for it, due or not; None where nobody did.
    """

    site: Site
    name: str
    worker: str
    at: datetime
    asked_at: datetime | None = None
    stopping: threading.Event = field(default_factory=threading.Event)
    _reported: float = float("-inf")

    @property
    def asked(self) -> bool:
        """True where somebody asked for it, due or not."""
        return self.asked_at is not None

    @property
    def by(self) -> str:
        """Who acts, for the verbs that a duty calls: the program itself."""
        return staff.SYSTEM

    def report(self, step: int, steps: int, doing: str) -> None:
        """Say that step `step` of `steps` begins, from 0, and what it does; at most one write a second.

        Raises:
            JobLost: another process has taken the job, which thought this one dead.
            Stopped: the server is being stopped.
        """
        if self.stopping.is_set():
            raise Stopped(self.name)
        if time.monotonic() - self._reported < BETWEEN_REPORTS:
            return
        mine = {"name": self.name, "worker": self.worker}
        with self.site.database.writing() as session:
            jobs.report(session, **mine, step=step, steps=steps, doing=doing)
        self._reported = time.monotonic()


def failure_in_words(error: Exception, name: str) -> str:
    """Return what a page says of a duty, called `name`, that failed; log what nobody expected."""
    if isinstance(error, Problem):
        return error.detail
    if isinstance(error, DBAPIError):
        return failures.storage_problem(error, name).detail
    if isinstance(error, OSError):
        return f"文件无法读写：{error.filename or ''} {failures.why(error)}。请检查磁盘空间、U盘和权限。"
    return failures.internal(error, name).detail


@dataclass(frozen=True)
class Duty:
    """One thing that the program does by itself.

    Args:
        name: as the job is called, lower-case ASCII; never changed.
        title: what pages call it.
        when: when it is done, in one sentence.
        is_due: returns whether there is something to do now; reads only, and outside any write, so it may
            look at files. Gets the job as it ended last.
        run: does it and returns what was done, in one sentence. Begun again after a crash, it does what is
            left: each of its writes is whole.
        is_long: may take minutes; not begun any more once the server is being stopped.
        askable: somebody may ask for it before it is due.
        serves: returns whether an installation has this duty at all.
    """

    name: str
    title: str
    when: str
    is_due: Callable[[Site, jobs.Job, datetime], bool]
    run: Callable[[Work], str]
    is_long: bool = False
    askable: bool = False
    serves: Callable[[Site], bool] = lambda _site: True
