"""Day books (柜台登记): one a village and day, opened by the first entry, closed once the day is over."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from pointsbank.database import is_postgresql, new_id
from pointsbank.dates import day_in_words
from pointsbank.errors import Refused
from pointsbank.labels.meeting_kind import MEETING_KIND
from pointsbank.prepared import fetch
from pointsbank.scoring.meeting_models import DAY_BOOK, MeetingRow
from pointsbank.scoring.meetings import MeetingClosed, close_meeting, lock_open
from pointsbank.scoring.meetings import meeting as find_meeting
from pointsbank.scoring.sitting import OpenMeeting
from pointsbank.scoring.values import Meeting

TITLE = MEETING_KIND.name(DAY_BOOK)


class DayBookClosed(Refused):
    """The day book of the day is closed: it was late in the evening."""

    code = "day_book_closed"
    sentence = "{day}的柜台登记已经封存，不能再录：请重新登记，记到今天。"
    fixed_by = "本人"


class DayNotOver(Refused):
    """The day of a day book is not over: whoever comes today would find it closed."""

    code = "day_not_over"
    sentence = "今天的柜台登记要到明天才封存：今天还可能有人来，过了今天会自动封存。"
    fixed_by = "本人"


class _Found(NamedTuple):
    """The day book of a day."""

    id: str


# On PostgreSQL the insert waits for another first entry of the day to end; then both write into one book.
_OPEN = {
    True: postgresql.insert(MeetingRow).on_conflict_do_nothing(),
    False: sqlite.insert(MeetingRow).on_conflict_do_nothing(),
}
_OF_DAY = select_columns(*MeetingRow.columns_of(_Found)).where(
    MeetingRow.in_village(bindparam("village")),
    col(MeetingRow.held_on) == bindparam("day"),
    col(MeetingRow.kind) == DAY_BOOK,
)


def open_book(session: Session, day: date, *, village: str, by: str, at: datetime) -> tuple[str, int]:
    """Lock the day book of a day, which the first entry opens; return its id and how many scores it has.

    Raises:
        DayBookClosed: it is closed.
        MeetingUnknown, NotYetOpen, MeetingCancelled, IsDayBook: raised by `lock_open`; not of a day book.
    """
    known = fetch(session, _OF_DAY, {"village": village, "day": day}, into=_Found).first()
    if known is None:
        book = {
            "village_id": village,
            "id": new_id(session),
            "kind": DAY_BOOK,
            "held_on": day,
            "title": f"{TITLE} {day_in_words(day)}",
            "minutes": "",
            "status": "open",
            "scores": 0,
            "opened_by": by,
            "opened_at": at,
        }
        session.exec(_OPEN[is_postgresql(session)].values(**book))
        [known] = fetch(session, _OF_DAY, {"village": village, "day": day}, into=_Found).all()
    try:
        return known.id, lock_open(session, village=village, meeting=known.id, kind=DAY_BOOK)
    except MeetingClosed as closed:
        raise DayBookClosed(day=day_in_words(day)) from closed


def close_day_book(
    session: Session, *, village: str, day_book: str, today: date, by: str, at: datetime
) -> Meeting:
    """Seal the day book (id) of a day that is over: numbered, and in the log as minutes are.

    Raises:
        MeetingUnknown: there is no such day book.
        IsDayBook: raised by `meeting`; not where a day book serves.
        MeetingClosed: it is sealed already.
        DayNotOver: its day is `today`.

    And those of `close_meeting`.

    Example:
        scoring.close_day_book(session, village="cy", day_book=id, today=day, by="li", at=now)
    """
    found = find_meeting(session, village=village, meeting_id=day_book, or_day_book=True)
    if found.held_on >= today:
        raise DayNotOver()
    return close_meeting(session, village=village, meeting=day_book, by=by, at=at, kind=DAY_BOOK)


def day_book_on(session: Session, *, village: str, day: date) -> Meeting | None:
    """Return the day book of a day; None where nothing was entered at the counter.

    Raises:
        MeetingUnknown, IsDayBook: raised by `meeting`; not of a day book that was found.

    Example:
        scoring.day_book_on(session, village="cy", day=today).scores  # 7
    """
    known = fetch(session, _OF_DAY, {"village": village, "day": day}, into=_Found).first()
    if known is None:
        return None
    return find_meeting(session, village=village, meeting_id=known.id, or_day_book=True)


def open_day_books(
    session: Session, *, before: date, village: str | None = None
) -> list[tuple[str, OpenMeeting]]:
    """Return village and day book of those that are open since a day before `before`, the oldest first.

    Args:
        village: of this one (code) alone.

    Example:
        scoring.open_day_books(session, before=today)[0][1].title  # "柜台登记 2026年9月3日"
    """
    query = (
        select(MeetingRow)
        .where(col(MeetingRow.kind) == DAY_BOOK, col(MeetingRow.status) == "open")
        .where(col(MeetingRow.held_on) < before)
        .order_by(col(MeetingRow.held_on), col(MeetingRow.id))
    )
    if village is not None:
        query = query.where(MeetingRow.in_village(village))
    return [(row.village_id, OpenMeeting(row.id, row.title, row.held_on)) for row in session.exec(query)]
