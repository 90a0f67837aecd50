"""Meetings: who sat, who was missing, the minutes; open until closed, and then only added to."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlmodel import Session

from pointsbank import ledger
from pointsbank.database import execute, new_id, table_of
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.scoring.attendance import read_seats, seat
from pointsbank.scoring.models import AttendanceRow, MeetingNoteRow, MeetingRow
from pointsbank.scoring.sealing import scores_digest
from pointsbank.scoring.values import Judge, Meeting, MeetingNote, is_id
from pointsbank.text import clean, clean_required

_meeting = table_of(MeetingRow)
_attendance = table_of(AttendanceRow)
_note = table_of(MeetingNoteRow)

MOST_MINUTES = 20_000


class MeetingUnknown(NotFound):
    """There is no such meeting in this village."""

    code = "meeting_unknown"
    sentence = "没有找到这次评议会，请从评议会列表里选择。"


class MeetingClosed(Refused):
    """The minutes are closed: nothing in them changes any more."""

    code = "meeting_closed"
    sentence = "这次评议会的记录已经封存，不能再改；有遗漏请开新的评议会，或补写说明。"


class MeetingOpen(Refused):
    """This can only be done once the minutes are closed."""

    code = "meeting_open"
    sentence = "这次评议会还没有结束，请先封存记录。"


class MeetingDateInvalid(Invalid):
    """A meeting is recorded on the day it is held or later, never ahead."""

    code = "meeting_date_invalid"
    sentence = "评议会日期{held_on}不对，不能晚于今天，请核对。"


def open_meeting(
    session: Session,
    *,
    village: str,
    held_on: date,
    title: str,
    judges: Sequence[str | Judge],
    absentees: Sequence[str | Judge] = (),
    minutes: str = "",
    by: str,
    at: datetime,
) -> Meeting:
    """Begin the minutes of a meeting.

    Raises JudgesInvalid, MeetingDateInvalid, TextInvalid, ParticipantUnknown.
    """
    if held_on > day_of(at) or held_on.year < 1990:
        raise MeetingDateInvalid(held_on=held_on.isoformat())
    seats = read_seats(judges, absentees)
    row = MeetingRow(
        village_id=village,
        id=new_id(session),
        held_on=held_on,
        title=clean_required(title, maximum=100),
        minutes=clean(minutes, maximum=MOST_MINUTES, lines=True),
        opened_by=by,
        opened_at=at,
    )
    session.add(row)
    session.flush()
    seat(session, seats, village=village, meeting=row.id)
    return meeting(session, village=village, meeting=row.id)


def write_minutes(
    session: Session, *, village: str, meeting: str, minutes: str, by: str, at: datetime
) -> Meeting:
    """Write down what was said, while the meeting is open; raises MeetingClosed."""
    text = clean(minutes, maximum=MOST_MINUTES, lines=True)
    lock_open(session, village=village, meeting=meeting)
    _change(session, village=village, meeting=meeting, minutes=text)
    return _one(session, village=village, meeting=meeting)


def add_note(session: Session, *, village: str, meeting: str, text: str, by: str, at: datetime) -> Meeting:
    """Add something to closed minutes, beside them; raises MeetingOpen."""
    tidy = clean_required(text, maximum=2_000, lines=True)
    if _lock(session, village=village, meeting=meeting).status == "open":
        raise MeetingOpen()
    known = (
        select(func.count())
        .select_from(_note)
        .where(_note.c.village_id == village, _note.c.meeting_id == meeting)
    )
    position = execute(session, known).scalar_one() + 1
    row = {"village_id": village, "meeting_id": meeting, "position": position, "text": tidy}
    execute(session, insert(_note), {**row, "added_by": by, "added_at": at})
    return _one(session, village=village, meeting=meeting)


def close_meeting(session: Session, *, village: str, meeting: str, by: str, at: datetime) -> Meeting:
    """Seal the minutes: from now on they are only added to; raises MeetingClosed."""
    lock_open(session, village=village, meeting=meeting)
    found = _one(session, village=village, meeting=meeting)
    words: dict[str, Any] = {
        "meeting": meeting,
        "title": found.title,
        "held_on": found.held_on.isoformat(),
        "judges": list(found.judges),
        "absentees": list(found.absentees),
        "minutes": found.minutes,
        "scores": found.scores,
        "scores_sealed": scores_digest(session, village=village, meeting=meeting),
    }
    recorded = ledger.record(session, village=village, kind="minutes_closed", by=by, at=at, words=words)
    _change(
        session,
        village=village,
        meeting=meeting,
        status="closed",
        closed_by=by,
        closed_at=recorded.recorded_at,
        log_index=recorded.index,
    )
    return _one(session, village=village, meeting=meeting)


def meeting(session: Session, *, village: str, meeting: str) -> Meeting:
    """One meeting with its minutes; raises MeetingUnknown."""
    return _one(session, village=village, meeting=meeting)


def meetings(session: Session, *, village: str, status: str | None = None, limit: int = 200) -> list[Meeting]:
    """The village's meetings, the latest first."""
    query = select(_meeting).where(_meeting.c.village_id == village)
    if status is not None:
        query = query.where(_meeting.c.status == status)
    rows = execute(session, query.order_by(_meeting.c.held_on.desc(), _meeting.c.id).limit(limit)).all()
    return _views(session, rows, village=village)


def lock_open(session: Session, *, village: str, meeting: str) -> int:
    """Hold a meeting's row while writing into it; answers how many scores it has; raises MeetingClosed."""
    row = _lock(session, village=village, meeting=meeting)
    if row.status != "open":
        raise MeetingClosed()
    return int(row.scores)


def count_scores(session: Session, *, village: str, meeting: str, scores: int) -> None:
    """Keep how many scores the minutes hold: the next one's number follows."""
    _change(session, village=village, meeting=meeting, scores=scores)


def _lock(session: Session, *, village: str, meeting: str) -> Row[Any]:
    """Lock a meeting's row; raises MeetingUnknown."""
    if not is_id(meeting):
        raise MeetingUnknown()
    query = select(_meeting.c.status, _meeting.c.scores).where(
        _meeting.c.village_id == village, _meeting.c.id == meeting
    )
    row = execute(session, query.with_for_update()).one_or_none()
    if row is None:
        raise MeetingUnknown()
    return row


def _change(session: Session, *, village: str, meeting: str, **values: object) -> None:
    """Set columns of an open meeting; the database refuses it for a closed one."""
    execute(
        session,
        update(_meeting).where(_meeting.c.village_id == village, _meeting.c.id == meeting).values(**values),
    )


def _one(session: Session, *, village: str, meeting: str) -> Meeting:
    """One meeting as others see it."""
    query = select(_meeting).where(_meeting.c.village_id == village, _meeting.c.id == meeting)
    rows = execute(session, query).all() if is_id(meeting) else []
    if not rows:
        raise MeetingUnknown()
    return _views(session, rows, village=village)[0]


def _views(session: Session, rows: Sequence[Row[Any]], *, village: str) -> list[Meeting]:
    """Meetings with their people and notes: two queries for any number of meetings."""
    ids = [row.id for row in rows]
    people = _beside(session, _attendance, ids, village=village)
    notes = _beside(session, _note, ids, village=village)
    return [_view(row, people.get(row.id, []), notes.get(row.id, [])) for row in rows]


def _beside(session: Session, table: Any, ids: Iterable[str], *, village: str) -> dict[str, list[Row[Any]]]:
    """The rows that belong to these meetings, in their order."""
    query = select(table).where(table.c.village_id == village, table.c.meeting_id.in_(list(ids)))
    found: dict[str, list[Row[Any]]] = {}
    for row in execute(session, query.order_by(table.c.position)):
        found.setdefault(row.meeting_id, []).append(row)
    return found


def _view(row: Row[Any], people: Sequence[Row[Any]], notes: Sequence[Row[Any]]) -> Meeting:
    """A stored meeting as others see it."""
    return Meeting(
        id=row.id,
        title=row.title,
        held_on=row.held_on,
        status=row.status,
        judges=tuple(person.name for person in people if person.role == "judge"),
        absentees=tuple(person.name for person in people if person.role == "absentee"),
        minutes=row.minutes,
        scores=row.scores,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
        index=row.log_index,
        notes=tuple(MeetingNote(note.text, note.added_by, note.added_at) for note in notes),
    )
