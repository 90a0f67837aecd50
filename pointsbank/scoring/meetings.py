"""Meetings: who sat, who was missing, the minutes; open until closed, and then only added to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import bindparam, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from pointsbank import ledger
from pointsbank.errors import NotFound, Refused
from pointsbank.prepared import execute_many, fetch
from pointsbank.scoring.case_problems import CasesOpen
from pointsbank.scoring.case_reading import open_cases
from pointsbank.scoring.meeting_models import DAY_BOOK, MeetingRow
from pointsbank.scoring.minutes import refuse_called, sealed_words, write_number
from pointsbank.scoring.models import AttendanceRow, MeetingNoteRow
from pointsbank.scoring.values import Meeting, MeetingNote, is_id
from pointsbank.scoring.voiding import void_code
from pointsbank.text import clean, clean_required

MAXIMUM_MINUTES = 20_000
Beside = TypeVar("Beside", AttendanceRow, MeetingNoteRow)


class _Locked(NamedTuple):
    """What is read of a meeting under its lock."""

    status: str
    scores: int
    kind: str | None


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


class IsDayBook(Refused):
    """It is the day book of the counter: no meeting was held, and none of its verbs serve."""

    code = "is_day_book"
    sentence = "这是柜台登记，不是评议会：请在“柜台登记”页录入和查看，录错了的请更正。"
    fixed_by = "本人"


class MeetingOpen(Refused):
    """This can only be done once the minutes are closed."""

    code = "meeting_open"
    sentence = "这次评议会还没有结束，请先点“结束并公示”。"
    fixed_by = "村委"


def write_minutes(
    session: Session, *, village: str, meeting: str, minutes: str, by: str, at: datetime
) -> Meeting:
    """Replace the minutes of an open meeting.

    Raises:
        MeetingUnknown, MeetingClosed, NotYetOpen, MeetingCancelled: as `lock_open`.
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
        NotYetOpen, MeetingCancelled: as `lock_meeting`.
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


def close_meeting(
    session: Session, *, village: str, meeting: str, by: str, at: datetime, kind: str | None = None
) -> Meeting:
    """Seal the minutes: from now on they are only added to.

    Args:
        kind: `DAY_BOOK` to close a day book; as `lock_open`.

    Raises:
        MeetingUnknown: there is no such meeting.
        NotYetOpen, MeetingCancelled: as `lock_meeting`.
        MeetingClosed: they are sealed already; and those of `ledger.record`.
        IsDayBook: it is a day book, and no meeting is meant to be one.
        CasesOpen: something before the panel has no score yet.
        PanelUnknown, VillageUnknown: raised by `sealed_words`.

    Example:
        close_meeting(session, village="chayuan", meeting=id, by="li", at=now).status  # "closed"
    """
    lock_open(session, village=village, meeting=meeting, kind=kind)
    if waiting := open_cases(session, village=village, meeting=meeting):
        raise CasesOpen(count=waiting)
    void_code(session, village=village, meeting=meeting)
    found = _one(session, village=village, meeting=meeting)
    words = sealed_words(session, found, village=village)
    recorded = ledger.record(session, village=village, kind="minutes_closed", by=by, at=at, words=words)
    write_number(session, village=village, meeting=meeting, number=words["number"], year=words["year"])
    closed = {"closed_by": by, "closed_at": recorded.recorded_at, "log_index": recorded.index}
    return _change(session, village=village, meeting=meeting, status="closed", **closed)


def meeting(session: Session, *, village: str, meeting_id: str, or_day_book: bool = False) -> Meeting:
    """Return one meeting with its minutes.

    Args:
        or_day_book: a day book serves too.

    Raises:
        MeetingUnknown: there is none with this id.
        IsDayBook: it is a day book.

    Example:
        meeting(session, village="chayuan", meeting_id=id).judges  # ("李会计", "老支书")
    """
    found = _one(session, village=village, meeting=meeting_id)
    if found.is_day_book and not or_day_book:
        raise IsDayBook()
    return found


def is_day_book(session: Session, *, village: str, meeting: str) -> bool:
    """Return whether an id is of a day book of the counter.

    Example:
        scoring.is_day_book(session, village="cy", meeting=score.meeting_id)  # False
    """
    row = session.get(MeetingRow, (village, meeting)) if is_id(meeting) else None
    return row is not None and row.kind == DAY_BOOK


def meetings(session: Session, *, village: str, limit: int = 200, kind: str | None = None) -> list[Meeting]:
    """Return the village's meetings, the latest first, `limit` (>= 1) of them.

    Args:
        kind: `DAY_BOOK` for the day books instead.

    Example:
        [held.title for held in meetings(session, village="chayuan")]  # ["八月评议会", "七月评议会"]
    """
    query = select(MeetingRow).where(
        MeetingRow.in_village(village), col(MeetingRow.kind).is_not_distinct_from(kind)
    )
    query = query.order_by(col(MeetingRow.held_on).desc(), col(MeetingRow.id)).limit(limit)
    return _views(session, session.exec(query).all(), village=village)


def count_titled(session: Session, *, village: str, title: str) -> int:
    """Return how many of the village's meetings are called so, or so and something more.

    Example:
        count_titled(session, village="chayuan", title="2026年9月评议会")  # 1
    """
    query = (
        select(func.count())
        .select_from(MeetingRow)
        .where(MeetingRow.in_village(village), col(MeetingRow.kind).is_(None))
    )
    return session.exec(query.where(col(MeetingRow.title).startswith(title, autoescape=True))).one()


def lock_open(session: Session, *, village: str, meeting: str, kind: str | None = None) -> int:
    """Lock the row of an open meeting; return how many scores it has.

    Args:
        kind: what it must be: None for a meeting, or `DAY_BOOK`.

    Raises:
        MeetingUnknown, NotYetOpen, MeetingCancelled: as `lock_meeting`; of a meeting where a day book is
            asked for too.
        MeetingClosed: its minutes are closed.
        IsDayBook: it is a day book, and a meeting is asked for.
    """
    status, scores, found = lock_meeting(session, village=village, meeting=meeting)
    if found != kind:
        raise IsDayBook() if found == DAY_BOOK else MeetingUnknown()
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
        NotYetOpen, MeetingCancelled: it was called, and has not begun; or it never will.
    """
    if not is_id(meeting):
        raise MeetingUnknown()
    locked = fetch(session, _LOCK, {"village": village, "meeting": meeting}, into=_Locked).first()
    if locked is None:
        refuse_called(session, village=village, call=meeting)
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
