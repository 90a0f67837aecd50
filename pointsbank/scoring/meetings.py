"""Meetings: who sat, who was missing, the minutes; open until closed, and then only added to."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import bindparam, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from pointsbank import governing, law, ledger
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.law import Use
from pointsbank.prepared import execute_many, fetch
from pointsbank.scoring.attendance import read_seats, seat, with_households
from pointsbank.scoring.models import AttendanceRow, MeetingNoteRow, MeetingRow
from pointsbank.scoring.values import Judge, Meeting, MeetingNote, is_id
from pointsbank.text import clean, clean_required

MAXIMUM_MINUTES = 20_000
Beside = TypeVar("Beside", AttendanceRow, MeetingNoteRow)


class _Locked(NamedTuple):
    """What is read of a meeting under its lock."""

    status: str
    scores: int


_LOCK = (
    select_columns(*MeetingRow.columns_of(_Locked))
    .where(MeetingRow.in_village(bindparam("village")), col(MeetingRow.id) == bindparam("meeting"))
    .with_for_update()
)
_SET_SCORES = (
    update(MeetingRow)
    .where(MeetingRow.in_village(bindparam("key_village")), col(MeetingRow.id) == bindparam("key_meeting"))
    .values(scores=bindparam("new_scores"))
)


class MeetingUnknown(NotFound):
    """There is no such meeting in this village."""

    code = "meeting_unknown"
    sentence = "没有找到这次评议会，请从评议会列表里选择。"
    fixed_by = "本人"


class MeetingClosed(Refused):
    """The minutes are closed: nothing in them changes any more."""

    code = "meeting_closed"
    sentence = "这次评议会的记录已经封存，不能再改；有遗漏请开新的评议会，或补写说明。"
    fixed_by = "村委"


class MeetingOpen(Refused):
    """This can only be done once the minutes are closed."""

    code = "meeting_open"
    sentence = "这次评议会还没有结束，请先点“结束并公示”。"
    fixed_by = "村委"


class MeetingDateInvalid(Invalid):
    """A meeting is recorded on the day it is held or later, never ahead."""

    code = "meeting_date_invalid"
    sentence = "评议会日期{held_on}不对，不能晚于今天，请核对。"
    at = ("held_on",)


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

    Args:
        held_on: the day in Shanghai, not after today and not before 1990.
        judges: names, or `Judge` with the code of their own household, which they do not judge; a code
            behind a name is that household.

    Raises:
        MeetingDateInvalid: the day is not within these bounds.
        JudgesInvalid: nobody judges, too many people, or one of them named twice.
        TextInvalid: title, minutes or a name cannot be stored.
        Wording: the title, which the notice takes, holds what the law keeps private.
        NamesSomebody: the title names somebody of the village.
        ParticipantUnknown, MeetingUnknown: a judge's household is not in the roster; and those of `seat`.

    Example:
        open_meeting(session, village="cy", held_on=today, title="八月", judges=["李"], by="li", at=now)
    """
    if held_on > day_of(at) or held_on.year < 1990:
        raise MeetingDateInvalid(held_on=held_on.isoformat())
    seats = read_seats(*(with_households(session, some, village=village) for some in (judges, absentees)))
    titled, people = clean_required(title, maximum=100), governing.named_people(session, village=village)
    law.check(titled, Use.HEADING, field="会议名称", people=people, at=("title",))
    row = MeetingRow(
        village_id=village,
        id=new_id(session),
        held_on=held_on,
        title=titled,
        minutes=clean(minutes, maximum=MAXIMUM_MINUTES, lines=True),
        opened_by=by,
        opened_at=at,
    )
    session.add(row)
    session.flush()
    seat(session, seats, village=village, meeting=row.id)
    return meeting(session, village=village, meeting_id=row.id)


def write_minutes(
    session: Session, *, village: str, meeting: str, minutes: str, by: str, at: datetime
) -> Meeting:
    """Replace the minutes of an open meeting.

    Raises:
        MeetingUnknown, MeetingClosed: as `lock_open`.
        TextInvalid: they cannot be stored.

    Example:
        write_minutes(session, village="chayuan", meeting=id, minutes="一致通过。", by="li", at=now)
    """
    text = clean(minutes, maximum=MAXIMUM_MINUTES, lines=True)
    lock_open(session, village=village, meeting=meeting)
    return _change(session, village=village, meeting=meeting, minutes=text)


def add_note(session: Session, *, village: str, meeting: str, text: str, by: str, at: datetime) -> Meeting:
    """Add something to closed minutes, beside them.

    Raises:
        MeetingUnknown: there is no such meeting.
        MeetingOpen: its minutes can still be written themselves.
        TextInvalid: the text is empty or cannot be stored.

    Example:
        add_note(session, village="chayuan", meeting=id, text="更正：缺席一人。", by="li", at=now).notes
    """
    tidy = clean_required(text, maximum=2_000, lines=True)
    if lock_meeting(session, village=village, meeting=meeting).status == "open":
        raise MeetingOpen()
    known = select(func.count()).where(
        MeetingNoteRow.in_village(village), col(MeetingNoteRow.meeting_id) == meeting
    )
    position = session.exec(known).one() + 1
    note = MeetingNoteRow(
        village_id=village, meeting_id=meeting, position=position, text=tidy, added_by=by, added_at=at
    )
    session.add(note)
    session.flush()
    return _one(session, village=village, meeting=meeting)


def close_meeting(session: Session, *, village: str, meeting: str, by: str, at: datetime) -> Meeting:
    """Seal the minutes: from now on they are only added to.

    Raises:
        MeetingUnknown: there is no such meeting.
        MeetingClosed: they are sealed already; and those of `ledger.record`.

    Example:
        close_meeting(session, village="chayuan", meeting=id, by="li", at=now).status  # "closed"
    """
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
    }
    recorded = ledger.record(session, village=village, kind="minutes_closed", by=by, at=at, words=words)
    closed = {"closed_by": by, "closed_at": recorded.recorded_at, "log_index": recorded.index}
    return _change(session, village=village, meeting=meeting, status="closed", **closed)


def meeting(session: Session, *, village: str, meeting_id: str) -> Meeting:
    """Return one meeting with its minutes.

    Raises:
        MeetingUnknown: there is none with this id.

    Example:
        meeting(session, village="chayuan", meeting_id=id).judges  # ("李会计", "老支书")
    """
    return _one(session, village=village, meeting=meeting_id)


def meetings(session: Session, *, village: str, limit: int = 200) -> list[Meeting]:
    """Return the village's meetings, the latest first, `limit` (>= 1) of them.

    Example:
        [held.title for held in meetings(session, village="chayuan")]  # ["八月评议会", "七月评议会"]
    """
    query = select(MeetingRow).where(MeetingRow.in_village(village))
    query = query.order_by(col(MeetingRow.held_on).desc(), col(MeetingRow.id)).limit(limit)
    return _views(session, session.exec(query).all(), village=village)


def lock_open(session: Session, *, village: str, meeting: str) -> int:
    """Lock the row of an open meeting; return how many scores it has.

    Raises:
        MeetingUnknown: there is no such meeting.
        MeetingClosed: its minutes are closed.
    """
    status, scores = lock_meeting(session, village=village, meeting=meeting)
    if status != "open":
        raise MeetingClosed()
    return scores


def count_scores(session: Session, *, village: str, meeting: str, scores: int) -> None:
    """Write how many scores the minutes hold: the next one's number follows."""
    execute_many(session, _SET_SCORES, {"key_village": village, "key_meeting": meeting, "new_scores": scores})


def lock_meeting(session: Session, *, village: str, meeting: str) -> _Locked:
    """Lock a meeting's row; return its status and count of scores.

    Raises:
        MeetingUnknown: there is no such meeting.
    """
    if not is_id(meeting):
        raise MeetingUnknown()
    locked = fetch(session, _LOCK, {"village": village, "meeting": meeting}, into=_Locked).first()
    if locked is None:
        raise MeetingUnknown()
    return locked


def _change(session: Session, *, village: str, meeting: str, **values: Any) -> Meeting:
    """Set columns of an open meeting and return it; the database refuses it for a closed one."""
    mine = update(MeetingRow).where(MeetingRow.in_village(village), col(MeetingRow.id) == meeting)
    session.exec(mine.values(**values))
    return _one(session, village=village, meeting=meeting)


def _one(session: Session, *, village: str, meeting: str) -> Meeting:
    """Return one meeting; raise MeetingUnknown."""
    # Scores are counted beside the session, so a row it knows already may be old.
    row = session.get(MeetingRow, (village, meeting), populate_existing=True) if is_id(meeting) else None
    if row is None:
        raise MeetingUnknown()
    return _views(session, [row], village=village)[0]


def _views(session: Session, rows: Sequence[MeetingRow], *, village: str) -> list[Meeting]:
    """Return meetings with their people and notes: two queries for any number of meetings."""
    ids = [row.id for row in rows]
    people = _beside(session, AttendanceRow, ids, village=village)
    notes = _beside(session, MeetingNoteRow, ids, village=village)
    return [_view(row, people.get(row.id, []), notes.get(row.id, [])) for row in rows]


def _beside(
    session: Session, table: type[Beside], ids: Sequence[str], *, village: str
) -> dict[str, list[Beside]]:
    """Return the rows that belong to these meetings, in their order."""
    query = select(table).where(table.in_village(village), col(table.meeting_id).in_(ids))
    found: dict[str, list[Beside]] = {}
    for row in session.exec(query.order_by(col(table.position))):
        found.setdefault(row.meeting_id, []).append(row)
    return found


def _view(row: MeetingRow, people: Sequence[AttendanceRow], notes: Sequence[MeetingNoteRow]) -> Meeting:
    """Return a stored meeting as others see it."""
    return row.into(
        Meeting,
        judges=tuple(person.name for person in people if person.role == "judge"),
        absentees=tuple(person.name for person in people if person.role == "absentee"),
        index=row.log_index,
        notes=tuple(note.into(MeetingNote) for note in notes),
    )


@ledger.describes("minutes_closed")
def _minutes(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 九月评议会（2026-09-28），评分12条."""
    return f"{words['title']}（{words['held_on']}），评分{words['scores']}条"
