"""Settling a notice: uncontested scores are posted to the ledger, exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, col, func, select

from pointsbank import ledger, scoring, staff, villages
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.publicity.gathered import gathered
from pointsbank.publicity.models import GatheredRow, NoticeRow
from pointsbank.publicity.notices import OPEN, SETTLED, Notice, notice_row, view

CONTROL = staff.declare(
    staff.Control(
        act="公示期满入账",
        controlled="the committee, which posts what it judged",
        controls="everybody: the notice hangs its days first, and an objection freezes its score",
        where=__name__,
        permissions=(staff.Permission.NOTICE_SETTLE,),
    )
)


GATHERS = (
    exists()
    .where(GatheredRow.in_village_of(NoticeRow), col(GatheredRow.notice_id) == col(NoticeRow.id))
    .correlate(NoticeRow)
)
"""A notice is one of day books."""


class NoticeStillOpen(Refused):
    """The notice is still on display: nothing is posted before its days are over."""

    code = "notice_still_open"
    sentence = "公示到{ends_on}结束，请从{from_day}起再办理入账。"
    fixed_by = "村委"


class NoticeNotHung(Refused):
    """Its paper hangs nowhere yet, so that its days have not begun."""

    code = "notice_not_hung"
    sentence = "这份公示还没有登记张贴，公示期还没有开始。请贴出去以后，在这份公示的页面登记张贴。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of settling: scores posted now and still contested; `already` when done before."""

    notice: Notice
    posted: int
    contested: int
    already: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A notice that is to be settled without anybody, and its village (code)."""

    village: str
    notice: str
    title: str


def due_by_themselves(session: Session, *, at: datetime) -> list[Due]:
    """Return the notices whose days are over in villages that settle by themselves, longest over first.

    One from before hangings were recorded, whose days nobody vouches for, waits for a person in a village
    that said nothing about settling: a newer program posts nothing there that the older one left alone. One
    that gathers day books posts nothing at all, and waits for nobody.

    Example:
        publicity.due_by_themselves(session, at=now)  # [Due("chayuan", "a7…", "九月评议会公示")]
    """
    over = (col(NoticeRow.status) == OPEN, col(NoticeRow.ends_on) < day_of(at))
    query = select(NoticeRow, GATHERS).where(*over)
    rows = list(session.exec(query.order_by(col(NoticeRow.ends_on), col(NoticeRow.id))))
    if not rows:
        return []
    among = {row.village_id for row, _ in rows}
    by_themselves = set(villages.settling_by_themselves(session, among=among))
    chosen_so = set(villages.settling_by_themselves(session, among=among, chosen=True))
    return [
        Due(row.village_id, row.id, row.title)
        for row, gathers in rows
        if gathers or row.village_id in (chosen_so if row.days is None else by_themselves)
    ]


def settles_by_itself(session: Session, *, village: str, notice: str) -> bool:
    """Return whether nobody needs to settle a notice (id) when its days are over; see `due_by_themselves`.

    Raises:
        NoticeUnknown: there is no such notice.

    Example:
        publicity.settles_by_itself(session, village="chayuan", notice=id)  # True
    """
    if gathered(session, village=village, notice=notice):
        return True
    from_before = notice_row(session, village, notice).days is None
    return bool(villages.settling_by_themselves(session, among=[village], chosen=from_before))


def on_display(session: Session, *, village: str, day: date) -> tuple[int, date | None]:
    """Return how many notices of a village hang on this day, and the earliest last day among them.

    Example:
        publicity.on_display(session, village="chayuan", day=day)  # (2, date(2026, 9, 4))
    """
    shown = (NoticeRow.in_village(village), col(NoticeRow.status) == OPEN, col(NoticeRow.ends_on) >= day)
    count, earliest = session.exec(select(func.count(), func.min(NoticeRow.ends_on)).where(*shown)).one()
    return count, earliest


def over(session: Session, *, village: str, day: date) -> list[Notice]:
    """Return a village's notices that are not settled and whose last day lies before `day`, oldest first.

    Example:
        publicity.over(session, village="chayuan", day=date(2026, 9, 5))[0].title  # "九月评议会公示"
    """
    waiting = (NoticeRow.in_village(village), col(NoticeRow.status) == OPEN, col(NoticeRow.ends_on) < day)
    oldest = select(NoticeRow).where(*waiting).order_by(col(NoticeRow.ends_on), col(NoticeRow.id))
    return [view(row) for row in session.exec(oldest)]


def settle(session: Session, *, village: str, notice: str, by: str, at: datetime) -> Settled:
    """Post the uncontested scores of a notice whose days are over; a second call posts nothing and says so.

    Locks the notice first: of two people who settle at once the second waits here, and finds it done.

    Raises:
        NoticeUnknown: there is no such notice.
        NoticeNotHung: its paper hangs nowhere yet.
        NoticeStillOpen: its last day is not over.

    And those of `scoring.settle_scores` and `ledger.record`.

    Example:
        settle(session, village="chayuan", notice=id, by="li", at=now).posted  # 41
    """
    row = notice_row(session, village, notice, lock=True)
    today = day_of(at)
    if row.ends_on is None:
        raise NoticeNotHung()
    if today <= row.ends_on:
        raise NoticeStillOpen(ends_on=row.ends_on, from_day=row.ends_on + timedelta(days=1))
    of_meeting = {"village": village, "meeting": row.meeting_id}
    contested = len(scoring.score_ids(session, **of_meeting, status=scoring.CONTESTED))
    if row.status == SETTLED:
        return Settled(view(row), 0, contested, True)
    standing = scoring.score_ids(session, **of_meeting, status=scoring.PUBLISHED)
    books = gathered(session, village=village, notice=notice).get(notice, [])
    if standing:
        scoring.settle_scores(session, village=village, scores=standing, by=by, at=at)
    row.status, row.settled_on, row.settled_at, row.settled_by = SETTLED, today, at, by
    session.flush()
    words = {
        "notice": row.id,
        "settled_on": today.isoformat(),
        "settled_at": at.astimezone(UTC).isoformat(),
        "posted": len(standing),
        "contested": contested,
        **({"day_books": len(books)} if books else {}),
    }
    ledger.record(session, village=village, kind="notice_down", by=by, at=at, words=words)
    return Settled(view(row), len(standing), contested, False)


@ledger.describes("notice_down")
def _down(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 入账41条，有异议待答复2条; of what was posted before, that its days are over."""
    if "day_books" in words:
        return f"柜台登记{words['day_books']}天的公示期满"
    waiting = f"，有异议待答复{words['contested']}条" if words["contested"] else ""
    return f"入账{words['posted']}条{waiting}"
