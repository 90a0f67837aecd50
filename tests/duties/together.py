"""One of several processes that serve the same database: looks once at what is due, then ends.

    python -m tests.duties.together URL FOLDER NAME [--careless | --killed]

Before it takes anything it waits until all have seen that the job is due. `--careless` takes it without
comparing what it saw with what is there; `--killed` dies in the middle of the job.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pointsbank import jobs
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.duties import Duty, Runner, Site, Work
from pointsbank.jobs import Job

TOGETHER = 2
WAITED = 20.0


def once(run: Callable[[Work], str], seen: Callable[[], object] = lambda: None) -> Duty:
    """A duty that is due until it was done; `seen` is called when somebody finds it due."""

    def is_due(_site: Site, job: Job, _at: datetime) -> bool:
        seen()
        return job.done_at is None

    return Duty(name="once", title="一件事", when="一次。", is_due=is_due, run=run)


def site(url: str, folder: Path) -> Site:
    """An installation with this database."""
    settings = Settings(data_dir=folder, database_url=url, public_url="", secret_key="")
    return Site(Database(url), settings)


def write_down(folder: Path, words: str) -> None:
    """Add a line to what happened."""
    with (folder / "happened").open("a") as file:
        file.write(words + "\n")


def main(url: str, folder: Path, name: str, how: str = "") -> None:
    """Look once, at the same moment as the others."""

    def wait_for_the_others() -> None:
        (folder / f"seen-{name}").touch()
        until = time.monotonic() + WAITED
        while len(list(folder.glob("seen-*"))) < TOGETHER and time.monotonic() < until:
            time.sleep(0.01)

    def run(work: Work) -> str:
        write_down(folder, f"{name} began")
        if how == "--killed":
            os.kill(os.getpid(), signal.SIGKILL)
        work.report(0, 1, "做事")
        # Long enough that the other has looked before this one has ended.
        time.sleep(0.5)
        return "做了。"

    def take_carelessly(session: Any, *, seen: Job, **given: Any) -> bool:
        # Whatever was seen, and whatever has happened since: the other may report at this moment.
        while not take(session, seen=seen, **given):
            seen = jobs.find(session, name=seen.name)
        return True

    take = jobs.take
    if how == "--careless":
        jobs.take = take_carelessly
    seen = (lambda: None) if how == "--killed" else wait_for_the_others
    Runner(site(url, folder), now=lambda: datetime.now(UTC), duties=[once(run, seen)]).run_due()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
