"""Day books (柜台登记) hang afterwards: those of a week on one notice, when the week or their month is over.

What they hold is posted already, so the notice moves no points: whoever objects to an entry, and is right,
has it put right as any posted score is.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Date, column, exists, select, table
from sqlmodel import Session, col

from pointsbank import ledger, scoring, villages
from pointsbank.database import execute, new_id
from pointsbank.dates import day_of
from pointsbank.publicity.models import GatheredRow, NoticeRow
from pointsbank.publicity.notices import Notice, view

# Scoring's table is named, not imported, as a foreign key names a table.
_book = table("meeting", *map(column, ("village_id", "id", "kind", "status")), column("held_on", Date))


class _Book(NamedTuple):
    """A day book that is to hang."""

    village: str
    id: str
    held_on: date


class DueVillage(NamedTuple):
    """A village whose day books are to be closed or gathered, and how many there are to close."""

    village: str
    to_close: int


def hanging_before(today: date) -> date:
    """Return before which day day books are to hang: their week, which ends on Sunday, or month is over.

    Example:
        >>> hanging_before(date(2026, 9, 13)), hanging_before(date(2026, 10, 1))
        (datetime.date(2026, 9, 7), datetime.date(2026, 10, 1))
    """
    return max(today - timedelta(days=today.weekday()), today.replace(day=1))


def day_books_due(session: Session, *, at: datetime) -> list[DueVillage]:
    """Return the villages with day books to be closed, or to be gathered on a notice.

    Example:
        publicity.day_books_due(session, at=now)  # [DueVillage("chayuan", 1)]
    """
    found = dict.fromkeys((one.village for one in _waiting(session, day_of(at))), 0)
    for village, _ in scoring.open_day_books(session, before=day_of(at)):
        found[village] = found.get(village, 0) + 1
    return [DueVillage(village, count) for village, count in sorted(found.items())]


def gather_day_books(session: Session, *, village: str, by: str, at: datetime) -> Notice | None:
    """Put what closed day books hold on one notice, when their week or month is over; None if there are none.

    Its days begin when its paper hangs, as those of every notice do. Locks the village.

    Raises:
        VillageUnknown: there is no such village; and those of `ledger.record`.

    Example:
        publicity.gather_day_books(session, village="chayuan", by=staff.SYSTEM, at=now).days  # 3
    """
    # Of two who gather at once the second finds nothing left.
    villages.lock(session, village=village)
    today = day_of(at)
    books = [one for one in _waiting(session, today) if one.village == village]
    if not books:
        return None
    row = NoticeRow(
        village_id=village,
        id=new_id(session),
        meeting_id=books[-1].id,
        title=_title(books),
        published_on=today,
        published_at=at,
        published_by=by,
        days=villages.settings(session, village=village).notice_days,
    )
    session.add(row)
    session.flush()
    session.add_all(GatheredRow(village_id=village, meeting_id=one.id, notice_id=row.id) for one in books)
    session.flush()
    words = {
        "notice": row.id,
        "meeting": row.meeting_id,
        "title": row.title,
        "published_on": today.isoformat(),
        "published_at": at.astimezone(UTC).isoformat(),
        "days": row.days,
        "day_books": [one.id for one in books],
    }
    ledger.record(session, village=village, kind="notice_up", by=by, at=at, words=words)
    return view(row)


def _waiting(session: Session, today: date) -> list[_Book]:
    """Return the closed day books of all villages that are to hang and do not, the oldest first."""
    published = (
        exists()
        .where(col(GatheredRow.village_id) == _book.c.village_id, col(GatheredRow.meeting_id) == _book.c.id)
        .correlate(_book)
    )
    query = (
        select(_book.c.village_id, _book.c.id, _book.c.held_on)
        .where(_book.c.kind == scoring.DAY_BOOK, _book.c.status == "closed")
        .where(_book.c.held_on < hanging_before(today), ~published)
        .order_by(_book.c.held_on, _book.c.id)
    )
    return [_Book(*tuple(row)) for row in execute(session, query)]


def _title(books: Sequence[_Book]) -> str:
    """Return e.g. 柜台登记公示（9月1日至9月6日）."""
    first, last = (f"{one.held_on.month}月{one.held_on.day}日" for one in (books[0], books[-1]))
    return f"柜台登记公示（{first}{f'至{last}' if len(books) > 1 else ''}）"
