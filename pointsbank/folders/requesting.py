"""Asks for a long print, which waits then until it is made; and finds its file."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pointsbank import jobs
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.folders.kind import Kind, Outlook, file_of
from pointsbank.jobs import Run
from pointsbank.labels.print_run_state import PRINT_RUN_STATE

_DUTY = "print_runs"


def outlook_of(
    database: Database, *, kind: Kind, village: str, given: Mapping[str, Any], at: datetime, public_url: str
) -> Outlook:
    """Return what would be made of options as typed, in a reading transaction of its own.

    Raises:
        FieldsInvalid: an option is unknown, missing or wrong.

    And the refusals of the kind.

    Example:
        folders.outlook_of(db, kind=month, village="cy", given={"month": "2026-09"}, at=now, public_url="")
    """
    options = kind.read_options(given)
    with database.reading() as session:
        return kind.outlook(session, village=village, at=at, public_url=public_url, **options)


def request(
    database: Database,
    *,
    kind: Kind,
    village: str,
    given: Mapping[str, Any],
    by: str,
    at: datetime,
    public_url: str,
) -> Run:
    """Ask for a long print; whoever looks next after what waits makes it.

    Raises:
        FieldsInvalid: an option is unknown, missing or wrong.
        RunsWaiting: five of this village wait already.

    And the refusals of the kind.

    Example:
        given = {"month": "2026-09"}
        folders.request(db, kind=month, village="cy", given=given, by=li, at=now, public_url="").step  # 0
    """
    ahead = outlook_of(database, kind=kind, village=village, given=given, at=at, public_url=public_url)
    wanted: dict[str, Any] = {"kind": kind.name, "title": ahead.title, "options": given}
    with database.writing() as session:
        asked = jobs.request_run(session, village=village, **wanted, by=by, at=at)
        jobs.request(session, name=_DUTY, by=by, at=at)
    return asked


def ready_file(settings: Settings, found: Run) -> Path:
    """Return the file of a long print that was made.

    Raises:
        RunNotReady: it is not made, or gone.

    Example:
        folders.ready_file(settings, run).stat().st_size  # 91234
    """
    file = file_of(settings, found.file)
    if found.state != "done" or not file.is_file():
        raise jobs.problems.RunNotReady(state=PRINT_RUN_STATE.name(found.state))
    return file
