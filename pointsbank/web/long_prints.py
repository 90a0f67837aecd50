"""Long prints as answers: who may have which kind, and the file of one; for pages and API alike."""

from flask import Response, send_file
from sqlmodel import Session

from pointsbank import folders, jobs, staff
from pointsbank.folders import Kind
from pointsbank.jobs import Run
from pointsbank.web import access
from pointsbank.web.access import PermissionByName

OF_KIND = PermissionByName("kind", lambda: {one.name: one.permission for one in folders.every()})
"""For routes about one kind of long print."""

TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


def allowed_kinds() -> list[Kind]:
    """Return the kinds that whoever asks may ask for, fetch and cancel."""
    return [one for one in folders.every() if access.allowed(one.permission)]


def allowed_runs(session: Session, *, village: str) -> list[Run]:
    """Return the latest long prints of the kinds that whoever asks may have, the latest first."""
    mine = {one.name for one in allowed_kinds()}
    return [one for one in jobs.runs(session, village=village) if one.kind in mine]


def run_of(session: Session, *, village: str, kind: str, run: str) -> Run:
    """Return a long print of this kind.

    Raises:
        RunUnknown: there is none, or it is of another kind, whose permission differs.
    """
    found = jobs.run(session, village=village, run_id=run)
    if found.kind != kind:
        raise jobs.problems.RunUnknown()
    return found


def file_answer(*, village: str, kind: str, run: str) -> Response:
    """Send the file of one that is ready, and write down who fetched it.

    Raises:
        RunUnknown: as `run_of`.
        RunNotReady: it is not made, or gone.
    """
    with access.database().reading() as session:
        found = run_of(session, village=village, kind=kind, run=run)
    wanted = folders.find(kind)
    file = folders.ready_file(access.settings(), found)
    with access.database().writing() as session:
        staff.record_export(
            session,
            village=village,
            list_name=f"print_{kind}",
            form=wanted.suffix,
            rows=1,
            **access.by_and_at(),
        )
    name = wanted.file_name(wanted.read_options(found.options))
    return send_file(file, TYPES[wanted.suffix], as_attachment=True, download_name=name)
