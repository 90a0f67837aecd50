"""Notices (公示): a meeting's result published for some days, with names for committee and public.

A notice is made when its meeting closes, and its days begin when its paper hangs (`hanging`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, scoring, villages
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import NotFound
from pointsbank.law import Cleared, Use
from pointsbank.publicity.gathered import gathered, notice_row_of
from pointsbank.publicity.models import NoticeRow
from pointsbank.publicity.names_of_groups import public_groups
from pointsbank.publicity.notice_entries import NoticeEntry, PublicEntry, entries_of, public_entry

UNHUNG, OPEN, SETTLED = "unhung", "open", "settled"
_UNTITLED = "评议结果公示"


class NoticeUnknown(NotFound):
    """There is no such notice in this village."""

    code = "notice_unknown"
    sentence = "没有找到这份公示，请从公示列表中重新选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: its paper hangs from `hung_on` on, `days` days after it, up to and including `ends_on`.

    `hung_on` and `ends_on` are None until a hanging is recorded.
    """

    id: str
    meeting: str
    title: str
    published_on: date
    published_at: datetime
    published_by: str
    days: int
    hung_on: date | None
    ends_on: date | None
    status: str
    settled_at: datetime | None
    settled_by: str | None

    @property
    def standing(self) -> str:
        """How far it is, a code of `labels.notice_state`: not hung yet, open or settled."""
        return UNHUNG if self.hung_on is None else self.status

    def over_on(self, day: date) -> bool:
        """Return whether its days of display are over; those of a paper that hangs nowhere never are."""
        return self.ends_on is not None and day > self.ends_on


@dataclass(frozen=True, slots=True)
class NoticeInFull:
    """A notice with its entries, withdrawn ones among them: for the committee and the supervisor.

    `is_posted`: they were entered at the counter, and are posted already.
    """

    notice: Notice
    entries: tuple[NoticeEntry, ...]
    is_posted: bool = False


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice as it is on display; `unpublished`: scores of items that the village keeps off the wall.

    `is_posted`: its entries count already.
    """

    title: Cleared
    published_on: date
    days: int
    hung_on: date | None
    ends_on: date | None
    entries: tuple[PublicEntry, ...]
    unpublished: int
    is_posted: bool = False


def close_and_publish(session: Session, *, village: str, meeting: str, by: str, at: datetime) -> Notice:
    """Close a meeting's minutes and publish its result, for the village's number of days once it hangs.

    Raises:
        MeetingUnknown: there is no such meeting.
        MeetingClosed: it is closed, and so its result is published already.

    And those of `scoring.close_meeting`, `scoring.publish`, `villages.settings` and `ledger.record`.

    Example:
        close_and_publish(session, village="chayuan", meeting=id, by="li", at=now).standing  # "unhung"
    """
    closed = scoring.close_meeting(session, village=village, meeting=meeting, by=by, at=at)
    scoring.publish(session, village=village, meeting=meeting)
    today = day_of(at)
    row = NoticeRow(
        village_id=village,
        id=new_id(session),
        meeting_id=closed.id,
        title=f"{closed.title}公示",
        published_on=today,
        published_at=at,
        published_by=by,
        days=villages.settings(session, village=village).notice_days,
    )
    session.add(row)
    session.flush()
    words = {
        "notice": row.id,
        "meeting": row.meeting_id,
        "title": row.title,
        "published_on": today.isoformat(),
        "published_at": at.astimezone(UTC).isoformat(),
        "days": row.days,
    }
    ledger.record(session, village=village, kind="notice_up", by=by, at=at, words=words)
    return view(row)


@ledger.describes("notice_up")
def _up(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 九月评议会公示：张贴后公示3天."""
    if "days" in words:
        return f"{words['title']}：张贴后公示{words['days']}天"
    # Of the first days: published was hung.
    return f"{words['title']}：{words['published_on']}至{words['ends_on']}"


def notices(session: Session, *, village: str) -> list[Notice]:
    """Return the village's notices, newest first.

    Example:
        notices(session, village="chayuan")[0].title  # "九月评议会公示"
    """
    found = ledger.kept(
        session,
        village=village,
        about="notices",
        make=lambda: _notices(session, village),
        size=len,
        but_sales=True,
    )
    return list(found)


def _notices(session: Session, village: str) -> tuple[Notice, ...]:
    """Return the notices as they are read now."""
    query = select(NoticeRow).where(NoticeRow.in_village(village))
    newest = query.order_by(col(NoticeRow.published_at).desc(), col(NoticeRow.id).desc())
    return tuple(view(row) for row in session.exec(newest))


def notice(session: Session, *, village: str, notice_id: str, outside: bool = False) -> NoticeInFull:
    """Return one notice (id) with its entries in full, withdrawn ones among them.

    Args:
        outside: as in `public_notice`.

    Raises:
        NoticeUnknown: there is no such notice.

    Example:
        notice(session, village="chayuan", notice_id=id).entries[0].participant.name  # "王建国"
    """
    row = notice_row(session, village, notice_id)
    books = gathered(session, village=village, notice=notice_id).get(notice_id)
    if books:
        scores = scoring.standing_scores(session, village=village, meetings=books)
    else:
        scores = scoring.scores(session, village=village, meeting=row.meeting_id)
    entries = entries_of(session, village, scores, outside=outside)
    return NoticeInFull(view(row), tuple(entries), bool(books))


def notice_by_id(session: Session, *, village: str, notice_id: str) -> Notice:
    """Return one notice (id) without its entries.

    Raises:
        NoticeUnknown: there is no such notice.

    Example:
        notice_by_id(session, village="chayuan", notice_id=id).title  # "九月评议会公示"
    """
    return view(notice_row(session, village, notice_id))


def public_notice(session: Session, *, village: str, notice_id: str, outside: bool = False) -> PublicNotice:
    """Return one notice (id) as it is on display: contested entries marked, withdrawn ones left out.

    Scores of items that may not be shown are only counted.

    Args:
        outside: as the public board has it: nobody in full while it runs, whatever was agreed.

    Raises:
        NoticeUnknown: there is no such notice.

    Example:
        public_notice(session, village="chayuan", notice_id=id).entries[0].name  # "王*国"
    """
    full = notice(session, village=village, notice_id=notice_id, outside=outside)
    standing = [entry for entry in full.entries if entry.score.status != scoring.WITHDRAWN]
    people = governing.named_people(session, village=village)
    shown = [one for one in standing if one.on_display and not people.named_in(one.score.title)]
    untitled = law.replace_unlawful(_UNTITLED, Use.HEADING)
    groups = public_groups(session, village=village, people=people)
    return PublicNotice(
        title=law.replace_unlawful(full.notice.title, Use.HEADING, instead=untitled, people=people),
        published_on=full.notice.published_on,
        days=full.notice.days,
        hung_on=full.notice.hung_on,
        ends_on=full.notice.ends_on,
        entries=tuple(public_entry(entry, groups) for entry in shown),
        unpublished=len(standing) - len(shown),
        is_posted=full.is_posted,
    )


def notice_of(session: Session, *, village: str, meeting: str) -> Notice | None:
    """Return the notice on which the scores of a meeting or a day book (id) hang; None while there is none.

    Example:
        publicity.notice_of(session, village="chayuan", meeting=score.meeting_id).title  # "九月评议会公示"
    """
    row = notice_row_of(session, village, meeting)
    return None if row is None else view(row)


def notice_row(session: Session, village: str, notice: str, *, lock: bool = False) -> NoticeRow:
    """Return the row of a notice; locked, it is where objecting, deciding and settling wait for each other.

    Raises:
        NoticeUnknown: there is no such notice.
    """
    row = session.get(NoticeRow, (village, notice), with_for_update=lock, populate_existing=lock)
    if row is None:
        raise NoticeUnknown()
    return row


def lock_notice_of(session: Session, village: str, meeting: str) -> NoticeRow | None:
    """Lock and return the notice of a meeting or a day book, if there is one yet."""
    return notice_row_of(session, village, meeting, lock=True)


def view(row: NoticeRow) -> Notice:
    """Return a row as others see it."""
    if row.days is not None:
        return row.into(Notice, meeting=row.meeting_id)
    if row.ends_on is None:
        raise AssertionError("a notice from before hangings were recorded has a last day")
    days = (row.ends_on - row.published_on).days
    return row.into(Notice, meeting=row.meeting_id, days=days, hung_on=row.published_on)
