"""Makes the long prints that somebody asked for, one after another, and removes files that had their days."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from pointsbank import folders, jobs, villages
from pointsbank.durable import writing_whole
from pointsbank.duties.duty import BETWEEN_REPORTS, Duty, Site, Stopped, Work, failure_in_words
from pointsbank.folders.kind import Made, Making, file_of, folder_of
from pointsbank.jobs import Job, JobLost, Run, RunCancelled


def _waiting(session: Session) -> list[Run]:
    """Return what waits in every village, in the order in which it was asked for."""
    every = villages.everyone(session)
    found = [one for each in every for one in jobs.open_runs(session, village=each.id)]
    return sorted(found, key=lambda one: (one.asked_at, one.id))


def _old(session: Session, at: datetime) -> list[Run]:
    every = villages.everyone(session)
    return [one for each in every for one in jobs.old_runs(session, village=each.id, at=at)]


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    with site.database.reading() as session:
        return bool(_waiting(session) or _old(session, at))


def _run(work: Work) -> str:
    made = 0
    while True:
        with work.site.database.reading() as session:
            # What was running is nobody's now: whoever does this job has it alone.
            first = next(iter(_waiting(session)), None)
        if first is None:
            break
        _make(work, first)
        made += 1
    removed = _remove_old(work)
    return f"做了{made}次大批打印，删除了{removed}个到期的文件。"


def _make(work: Work, asked: Run) -> None:
    """Make one; what it is refused for is kept with it, and the next one follows."""
    site, mine = work.site, {"village": asked.village, "run_id": asked.id}
    try:
        with site.database.writing() as session:
            jobs.begin_run(session, **mine, at=work.at)
        kind = folders.find(asked.kind)
        making = Making(
            database=site.database,
            settings=site.settings,
            village=asked.village,
            by=asked.asked_by,
            at=asked.asked_at,
            options=kind.read_options(asked.options),
            report=_reporter(work, asked),
        )
        folder = folder_of(site.settings)
        folder.mkdir(mode=0o700, exist_ok=True)
        target = file_of(site.settings, f"{asked.id}.{kind.suffix}")
        for left in folder.glob(f".{asked.id}.*.part"):
            left.unlink(missing_ok=True)
        with writing_whole(target) as out:
            made = kind.make(making, out)
        put_ready(site, asked, made, target, at=work.at)
    except RunCancelled:
        return
    except (Stopped, JobLost):
        raise
    except Exception as error:
        with site.database.writing() as session:
            jobs.fail_run(session, **mine, error=failure_in_words(error, work.name), at=work.at)


def put_ready(site: Site, asked: Run, made: Made, target: Path, *, at: datetime) -> None:
    """Write what its file issues together with the file being ready: both or neither, and no file without.

    Raises:
        RunCancelled: somebody cancelled it meanwhile.

    And the refusals of `Made.finish`.
    """
    mine = {"village": asked.village, "run_id": asked.id}
    try:
        with site.database.writing() as session:
            made.finish(session)
            size = target.stat().st_size
            jobs.finish_run(session, **mine, file=target.name, size=size, result=made.result, at=at)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _reporter(work: Work, asked: Run) -> Callable[[int, int, str], None]:
    """Return what writes down how far one is, at most once a second."""
    last = float("-inf")

    def report(step: int, steps: int, doing: str) -> None:
        nonlocal last
        work.report(min(step, steps), steps, f"{asked.title}：{doing}")
        if time.monotonic() - last < BETWEEN_REPORTS:
            return
        with work.site.database.writing() as session:
            jobs.report_run(
                session, village=asked.village, run_id=asked.id, step=step, steps=steps, doing=doing
            )
        last = time.monotonic()

    return report


def _remove_old(work: Work) -> int:
    """Remove files that had their days, then say that they are gone."""
    with work.site.database.reading() as session:
        old = _old(session, work.at)
    for one in old:
        file_of(work.site.settings, one.file).unlink(missing_ok=True)
        with work.site.database.writing() as session:
            jobs.remove_run(session, village=one.village, run_id=one.id, at=work.at)
    return len(old)


DUTY = Duty(
    name="print_runs",
    title="大批打印",
    when="有人在“大批打印”页要求时，一个接一个地做；文件留七天。",
    is_due=_is_due,
    run=_run,
    is_long=True,
)
