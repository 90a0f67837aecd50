"""Reads jobs: as the page of jobs shows them, and as those see them who would take one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from pointsbank.jobs.models import JobRow

_LONGEST_REST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Job:
    """How far a job is and how it ended last; a job that nobody ever took is waiting.

    `done_at` and `result` are of the last time that it was done, `ended_at` and `error` of the last try.
    `attempts`: tries since it was last done, >= 0. `step` of `steps` counts from 0.
    """

    name: str
    state: str = "waiting"
    worker: str = ""
    beat: int = 0
    attempts: int = 0
    step: int = 0
    steps: int = 0
    doing: str = ""
    asked_at: datetime | None = None
    asked_by: str = ""
    began_at: datetime | None = None
    ended_at: datetime | None = None
    done_at: datetime | None = None
    result: str = ""
    error: str = ""

    @property
    def is_running(self) -> bool:
        """True while some worker has it, alive or not."""
        return self.state == "running"

    def rests(self, at: datetime) -> bool:
        """Return whether it failed so lately that it is not tried again yet: 1, 2, 4 … at most 60 minutes.

        A try that is later than now was made by a clock that has been put back: then it does not rest.

        Example:
            >>> from datetime import UTC
            >>> noon = datetime(2026, 9, 1, 12, tzinfo=UTC)
            >>> failed = Job("backup", "failed", attempts=3, ended_at=noon)
            >>> [failed.rests(noon + timedelta(minutes=after)) for after in (-1, 0, 3, 4)]
            [False, True, True, False]
        """
        if self.state != "failed" or self.ended_at is None:
            return False
        rest = min(timedelta(minutes=2 ** min(self.attempts - 1, 10)), _LONGEST_REST)
        return timedelta() <= at - self.ended_at < rest


def find(session: Session, *, name: str) -> Job:
    """Return a job as it stands now, or one that is waiting where nobody ever took it.

    Example:
        jobs.find(session, name="backup").done_at
    """
    row = session.exec(select(JobRow).where(JobRow.name == name)).first()
    return view(row) if row else Job(name)


def every(session: Session) -> dict[str, Job]:
    """Return all jobs that were ever taken or asked for, by name.

    Example:
        jobs.every(session)["backup"].result  # "已备份（312 KB）。"
    """
    return {row.name: view(row) for row in session.exec(select(JobRow).order_by(col(JobRow.name)))}


def any_asked(session: Session) -> bool:
    """Return whether somebody asked for a job that nobody has taken since.

    Example:
        jobs.any_asked(session)  # False
    """
    waiting = (col(JobRow.asked_at).is_not(None), JobRow.state != "running")
    return session.exec(select(JobRow.name).where(*waiting).limit(1)).first() is not None


def view(row: JobRow) -> Job:
    """Return a row as others see it."""
    return Job(**{name: getattr(row, name) for name in Job.__slots__})
