"""Long prints (cards of a village, a folder of a month): asked for, made one after another, kept some days.

One worker makes them, under one job, so that a row is changed by whoever asked and by that worker alone. What
was being made when the program was killed is begun again; each file is whole or not there.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank.database import new_id
from pointsbank.jobs.models import PrintRunRow
from pointsbank.jobs.run_values import (
    CANCELLED,
    DONE,
    FAILED,
    MAXIMUM_OPEN,
    OPEN,
    REMOVED,
    RUNNING,
    Run,
    RunCancelled,
    RunOver,
    RunsWaiting,
    RunUnknown,
)

_SHOWN = 50
_LONGEST = 500


def request_run(
    session: Session,
    *,
    village: str,
    kind: str,
    title: str,
    options: Mapping[str, Any],
    by: str,
    at: datetime,
) -> Run:
    """Ask for a long print; the same again while it waits or is being made is one.

    Raises:
        RunsWaiting: five of this village wait already.

    Example:
        options = {"month": "2026-09"}
        jobs.request_run(session, village="cy", kind="month", title="9月", options=options, by=li, at=now)
    """
    written = json.dumps(dict(options), ensure_ascii=False, sort_keys=True)
    waiting = [one for one in runs(session, village=village) if one.is_open]
    for one in waiting:
        if (one.kind, json.dumps(one.options, ensure_ascii=False, sort_keys=True)) == (kind, written):
            return one
    if len(waiting) >= MAXIMUM_OPEN:
        raise RunsWaiting(count=len(waiting))
    row = PrintRunRow(
        village_id=village,
        id=new_id(session),
        kind=kind,
        title=title,
        options=written,
        asked_by=by,
        asked_at=at,
    )
    session.add(row)
    session.flush()
    return _view(row)


def runs(session: Session, *, village: str) -> list[Run]:
    """Return the latest long prints of a village, the latest first.

    Example:
        jobs.runs(session, village="cy")[0].state  # "done"
    """
    mine = select(PrintRunRow).where(PrintRunRow.in_village(village))
    newest = mine.order_by(col(PrintRunRow.asked_at).desc(), col(PrintRunRow.id).desc()).limit(_SHOWN)
    return [_view(row) for row in session.exec(newest)]


def run(session: Session, *, village: str, run_id: str) -> Run:
    """Return one long print.

    Raises:
        RunUnknown: the village has none of this id.

    Example:
        jobs.run(session, village="cy", run_id=id).step  # 3
    """
    return _view(_row(session, village, run_id))


def open_runs(session: Session, *, village: str) -> list[Run]:
    """Return what waits or was begun, in the order in which it was asked for.

    Example:
        [one.kind for one in jobs.open_runs(session, village="cy")]  # ["cards", "month"]
    """
    mine = select(PrintRunRow).where(PrintRunRow.in_village(village), col(PrintRunRow.state).in_(OPEN))
    oldest = mine.order_by(col(PrintRunRow.asked_at), col(PrintRunRow.id))
    return [_view(row) for row in session.exec(oldest)]


def old_runs(session: Session, *, village: str, at: datetime) -> list[Run]:
    """Return those whose files have had their days.

    Example:
        [one.file for one in jobs.old_runs(session, village="cy", at=now)]
    """
    mine = select(PrintRunRow).where(PrintRunRow.in_village(village), col(PrintRunRow.state) == DONE)
    return [one for one in map(_view, session.exec(mine)) if one.goes_at is not None and one.goes_at <= at]


def cancel_run(session: Session, *, village: str, run_id: str, at: datetime) -> Run:
    """Cancel what waits or is being made; cancelled again it is one act.

    Raises:
        RunUnknown: the village has none of this id.
        RunOver: it has ended otherwise.

    Example:
        jobs.cancel_run(session, village="cy", run_id=id, at=now).state  # "cancelled"
    """
    row = _row(session, village, run_id, lock=True)
    if row.state == CANCELLED:
        return _view(row)
    if row.state not in OPEN:
        raise RunOver()
    row.state, row.ended_at, row.doing = CANCELLED, at, ""
    session.flush()
    return _view(row)


def begin_run(session: Session, *, village: str, run_id: str, at: datetime) -> Run:
    """Begin to make it, or begin anew what was left half made.

    Raises:
        RunUnknown: the village has none of this id.
        RunCancelled: somebody cancelled it meanwhile.

    Example:
        jobs.begin_run(session, village="cy", run_id=id, at=now).attempts  # 1
    """
    row = _open(session, village, run_id)
    row.state, row.began_at, row.attempts = RUNNING, at, row.attempts + 1
    row.step, row.steps, row.doing = 0, 0, ""
    session.flush()
    return _view(row)


def report_run(session: Session, *, village: str, run_id: str, step: int, steps: int, doing: str) -> None:
    """Write down how far it is.

    Raises:
        RunUnknown: the village has none of this id.
        RunCancelled: somebody cancelled it meanwhile.

    Example:
        jobs.report_run(session, village="cy", run_id=id, step=3, steps=12, doing="公示")
    """
    row = _open(session, village, run_id)
    row.step, row.steps, row.doing = min(step, steps), steps, doing[:_LONGEST]
    session.flush()


def finish_run(
    session: Session, *, village: str, run_id: str, file: str, size: int, result: str, at: datetime
) -> None:
    """Write down that its file is ready.

    Raises:
        RunUnknown: the village has none of this id.
        RunCancelled: somebody cancelled it meanwhile.

    Example:
        jobs.finish_run(session, village="cy", run_id=id, file="k3.zip", size=91234, result="12份。", at=now)
    """
    row = _open(session, village, run_id)
    row.state, row.file, row.size, row.result, row.ended_at = DONE, file, size, result[:_LONGEST], at
    row.step, row.doing = row.steps, ""
    session.flush()


def fail_run(session: Session, *, village: str, run_id: str, error: str, at: datetime) -> None:
    """Write down why it was not made, in one sentence; what was cancelled meanwhile stays so.

    Raises:
        RunUnknown: the village has none of this id.

    Example:
        jobs.fail_run(session, village="cy", run_id=id, error="服务器磁盘已满。", at=now)
    """
    row = _row(session, village, run_id, lock=True)
    if row.state in OPEN:
        row.state, row.error, row.ended_at, row.doing = FAILED, error[:_LONGEST], at, ""
        session.flush()


def remove_run(session: Session, *, village: str, run_id: str, at: datetime) -> None:
    """Write down that its file has had its days and is gone.

    Raises:
        RunUnknown: the village has none of this id.

    Example:
        jobs.remove_run(session, village="cy", run_id=id, at=now)
    """
    row = _row(session, village, run_id, lock=True)
    if row.state == DONE:
        row.state, row.removed_at = REMOVED, at
        session.flush()


def _row(session: Session, village: str, run_id: str, *, lock: bool = False) -> PrintRunRow:
    # PostgreSQL compares no text that holds a NUL.
    key = (village, run_id)
    row = None
    if "\x00" not in run_id:
        row = session.get(PrintRunRow, key, with_for_update=lock, populate_existing=True)
    if row is None:
        raise RunUnknown()
    return row


def _open(session: Session, village: str, run_id: str) -> PrintRunRow:
    row = _row(session, village, run_id, lock=True)
    if row.state not in OPEN:
        raise RunCancelled(run_id)
    return row


def _view(row: PrintRunRow) -> Run:
    return row.into(Run, village=row.village_id, options=json.loads(row.options))
