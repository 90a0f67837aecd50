"""Notices (公示): a meeting's result hung out for some days, with names for committee and wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from pointsbank import roster, scoring, villages
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import NotFound
from pointsbank.points import Points
from pointsbank.publicity.consent import shown_as
from pointsbank.publicity.masking import NAMED, public_name
from pointsbank.publicity.models import NoticeRow
from pointsbank.roster import Participant
from pointsbank.scoring import Score

OPEN, SETTLED = "open", "settled"


class NoticeUnknown(NotFound):
    """There is no such notice in this village."""

    code = "notice_unknown"
    sentence = "没有找到这份公示，请从公示列表中重新选择。"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: hung from `published_on`, for everybody to see up to and including `ends_on`."""

    id: str
    meeting: str
    title: str
    published_on: date
    published_at: datetime
    published_by: str
    ends_on: date
    status: str
    settled_at: datetime | None
    settled_by: str | None

    def over_on(self, day: date) -> bool:
        """Whether everybody had their days."""
        return day > self.ends_on


@dataclass(frozen=True, slots=True)
class NoticeEntry:
    """One score on a notice: `public_name` for the wall; all the rest of the person for the committee."""

    position: int
    public_name: str
    participant: Participant
    score: Score

    @property
    def contested(self) -> bool:
        """Whether an objection to it waits for its answer (异议标注)."""
        return self.score.status == scoring.CONTESTED


@dataclass(frozen=True, slots=True)
class NoticeInFull:
    """A notice with its entries, withdrawn ones among them: for the committee and the supervisor."""

    notice: Notice
    entries: tuple[NoticeEntry, ...]


@dataclass(frozen=True, slots=True)
class WallEntry:
    """One line of a notice as it hangs: no full name without consent, no household code, no note."""

    position: int
    name: str
    group: str
    item: str
    occurred_on: date
    points: Points
    late: bool
    contested: bool


@dataclass(frozen=True, slots=True)
class WallNotice:
    """A notice as it hangs on the wall."""

    title: str
    published_on: date
    ends_on: date
    entries: tuple[WallEntry, ...]


def close_and_publish(session: Session, *, village: str, meeting: str, by: str, at: datetime) -> Notice:
    """Close a meeting's minutes and hang its result out for the village's number of days."""
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
        ends_on=today + timedelta(days=villages.settings(session, village=village).notice_days),
    )
    session.add(row)
    session.flush()
    return view(row)


def notices(session: Session, *, village: str) -> list[Notice]:
    """The village's notices, newest first."""
    rows = session.exec(select(NoticeRow).where(NoticeRow.village_id == village)).all()
    return [view(row) for row in sorted(rows, key=lambda row: (row.published_at, row.id), reverse=True)]


def notice(session: Session, *, village: str, notice: str) -> NoticeInFull:
    """One notice with its entries in full; raises NoticeUnknown."""
    return _in_full(session, village, notice)


def public_notice(session: Session, *, village: str, notice: str) -> WallNotice:
    """One notice as it may hang on the wall: withdrawn entries are gone, contested ones are marked."""
    full = _in_full(session, village, notice)
    standing = [entry for entry in full.entries if entry.score.status != scoring.WITHDRAWN]
    return WallNotice(
        title=full.notice.title,
        published_on=full.notice.published_on,
        ends_on=full.notice.ends_on,
        entries=tuple(_on_the_wall(entry) for entry in standing),
    )


def found(session: Session, village: str, notice: str, *, lock: bool = False) -> NoticeRow:
    """The row of a notice; locked, it is where objecting, deciding and settling wait for each other."""
    query = select(NoticeRow).where(NoticeRow.village_id == village, NoticeRow.id == notice)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.exec(query).first()
    if row is None:
        raise NoticeUnknown()
    return row


def of_meeting(session: Session, village: str, meeting: str) -> NoticeRow | None:
    """The notice of a meeting, locked, if it has been hung."""
    query = select(NoticeRow).where(NoticeRow.village_id == village, col(NoticeRow.meeting_id) == meeting)
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).first()


def view(row: NoticeRow) -> Notice:
    """A row as others see it."""
    return Notice(
        id=row.id,
        meeting=row.meeting_id,
        title=row.title,
        published_on=row.published_on,
        published_at=row.published_at,
        published_by=row.published_by,
        ends_on=row.ends_on,
        status=row.status,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
    )


def _in_full(session: Session, village: str, notice: str) -> NoticeInFull:
    """One notice with every entry."""
    row = found(session, village, notice)
    scores = scoring.scores(session, village=village, meeting=row.meeting_id)
    return NoticeInFull(view(row), tuple(_entries(session, village, scores)))


def _entries(session: Session, village: str, scores: Sequence[Score]) -> list[NoticeEntry]:
    """The scores with their names; the position numbers the participants of this notice by their code."""
    people = roster.by_ids(session, village=village, ids=sorted({score.participant for score in scores}))
    wishes = shown_as(session, village=village)
    blamed = {score.participant for score in scores if score.direction != scoring.PLUS}
    ordered = sorted(people.values(), key=lambda one: one.code)
    names = {
        one.id: (position, public_name(one, _wish(wishes.get(one.id), one.id in blamed), position))
        for position, one in enumerate(ordered, start=1)
    }
    entries = [
        NoticeEntry(
            names[score.participant][0], names[score.participant][1], people[score.participant], score
        )
        for score in scores
    ]
    return sorted(entries, key=lambda entry: (entry.position, entry.score.number))


def _wish(wish: str | None, blamed: bool) -> str | None:
    """Consent covers praise: who also lost points here is masked throughout, or the mask is no use."""
    return None if blamed and wish == NAMED else wish


def _on_the_wall(entry: NoticeEntry) -> WallEntry:
    """What of an entry may hang in public."""
    return WallEntry(
        position=entry.position,
        name=entry.public_name,
        group=entry.participant.group or "",
        item=entry.score.title,
        occurred_on=entry.score.occurred_on,
        points=entry.score.counted_points,
        late=entry.score.late,
        contested=entry.contested,
    )
