"""Takes a job, shows signs of life while it is done, and writes down how it ended.

Two may find the same job due at the same moment. Each says in which state it saw the job, by `beat`, and the
taking statement changes the row only where it still has that beat: on SQLite writers stand in a queue, on
PostgreSQL the second waits for the first and then finds another beat. So one takes it, the other nothing.
What a worker writes later names the worker: one that was thought dead and whose job another has taken meets
`JobLost` at its next sign of life.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, case, null, text, update
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.jobs.models import JobRow
from pointsbank.jobs.reading import Job

_MAKE_ROW = text(
    "INSERT INTO job (name, state, worker, beat, attempts, step, steps, doing, asked_by, result, error)"
    " VALUES (:name, 'waiting', '', 0, 0, 0, 0, '', '', '', '') ON CONFLICT DO NOTHING"
)
_LONGEST_WORDS = 500


class JobLost(Exception):
    """Another worker has this job: it took this one for dead."""


def take(session: Session, *, seen: Job, worker: str, at: datetime) -> bool:
    """Take a job for a worker, if it is still as it was seen; return whether it was taken.

    Args:
        seen: what `find` returned, on which the worker decided that the job is due or its worker dead.
        worker: names this process among all that ever ran.

    Example:
        jobs.take(session, seen=jobs.find(session, name="backup"), worker="k3v7…", at=now)  # True
    """
    execute(session, _MAKE_ROW, {"name": seen.name})
    mine = (col(JobRow.name) == seen.name, col(JobRow.beat) == seen.beat)
    taken = _set(
        session,
        *mine,
        state="running",
        worker=worker,
        beat=seen.beat + 1,
        attempts=seen.attempts + 1,
        step=0,
        steps=0,
        doing="",
        began_at=at,
    )
    return taken == 1


def beat(session: Session, *, name: str, worker: str) -> None:
    """Show that a job's worker is alive.

    Raises:
        JobLost: another worker has it.

    Example:
        jobs.beat(session, name="backup", worker="k3v7…")
    """
    _write(session, name, worker, {})


def report(session: Session, *, name: str, worker: str, step: int, steps: int, doing: str) -> None:
    """Write down how far a job is: `step` of `steps`, from 0, and what is being done now.

    Raises:
        JobLost: another worker has it.

    Example:
        jobs.report(session, name="backup", worker="k3v7…", step=1, steps=3, doing="检查备份")
    """
    _write(session, name, worker, {"step": step, "steps": steps, "doing": doing[:_LONGEST_WORDS]})


def finish(
    session: Session, *, name: str, worker: str, result: str, at: datetime, asked_at: datetime | None = None
) -> None:
    """Write down that a job was done, in one sentence.

    Args:
        asked_at: as the job had it when it was taken. What somebody asked for since stays asked for.

    Raises:
        JobLost: another worker has it.

    Example:
        jobs.finish(session, name="backup", worker="k3v7…", result="已备份（312 KB）。", at=now)
    """
    ended = {"state": "done", "attempts": 0, "done_at": at, "result": result[:_LONGEST_WORDS], "error": ""}
    _write(session, name, worker, _nobody_s(asked_at) | ended | {"ended_at": at})


def fail(
    session: Session, *, name: str, worker: str, error: str, at: datetime, asked_at: datetime | None = None
) -> None:
    """Write down why a job was not done, in one sentence; it is tried again after a rest (`Job.rests`).

    Args:
        asked_at: as `finish` takes it.

    Raises:
        JobLost: another worker has it.

    Example:
        jobs.fail(session, name="backup", worker="k3v7…", error="服务器磁盘已满。", at=now)
    """
    failed = {"state": "failed", "error": error[:_LONGEST_WORDS]}
    _write(session, name, worker, _nobody_s(asked_at) | failed | {"ended_at": at})


def release(session: Session, *, name: str, worker: str) -> None:
    """Give a job back half done, as where the server is being stopped: whoever comes next begins it anew.

    Raises:
        JobLost: another worker has it.

    Example:
        jobs.release(session, name="backup", worker="k3v7…")
    """
    _write(session, name, worker, {"state": "waiting", "worker": "", "attempts": 0})


def request(session: Session, *, name: str, by: str, at: datetime) -> None:
    """Ask for a job to be done as soon as somebody looks, though it is not due.

    Example:
        jobs.request(session, name="backup", by=sun.id, at=now)
    """
    execute(session, _MAKE_ROW, {"name": name})
    _set(session, col(JobRow.name) == name, asked_at=at, asked_by=by)


def _nobody_s(asked_at: datetime | None) -> dict[str, Any]:
    """Return what a job that has ended is: no worker's, and what was asked for before it began was tried."""
    # Told apart by being another request, not by being later: two machines' clocks differ.
    tried = col(JobRow.asked_at).is_not_distinct_from(asked_at)
    return {
        "worker": "",
        "asked_at": case((tried, null()), else_=col(JobRow.asked_at)),
        "asked_by": case((tried, ""), else_=col(JobRow.asked_by)),
    }


def _write(session: Session, name: str, worker: str, values: Mapping[str, Any]) -> None:
    """Change a worker's own job and let its beat grow; raise JobLost where it is another's."""
    mine = (col(JobRow.name) == name, col(JobRow.worker) == worker)
    if _set(session, *mine, beat=col(JobRow.beat) + 1, **values) != 1:
        raise JobLost(name)


def _set(session: Session, *where: Any, **values: Any) -> int:
    """Change the job that fits; return how many were changed."""
    changed: CursorResult[Any] = execute(session, update(JobRow).where(*where).values(**values))
    return changed.rowcount
