"""A listing's life: proposed, told, decided by people, put up, taken down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from pointsbank import ledger, roster
from pointsbank.boards import due_process
from pointsbank.boards.models import BlackBoardResolutionRow, ListingObjectionRow, ListingRow
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.points import Points
from pointsbank.roster import Participant
from pointsbank.text import clean_required

RED, BLACK = "red", "black"


class ListingUnknown(NotFound):
    """There is no such listing in this village."""

    code = "listing_unknown"
    sentence = "没有找到这条上榜记录，请从列表中重新选择。"


class BlackBoardOff(Refused):
    """The village has not resolved to have a black board."""

    code = "black_board_off"
    sentence = "本村没有设立黑榜的决议，不能提名黑榜。请先召开村民会议表决，并登记决议。"


class NotToldYet(Refused):
    """The household has not been told, or not long enough ago."""

    code = "not_told_yet"
    sentence = "黑榜上榜前须提前 5 个工作日告知该户：{when}。"


class ObjectionOpen(Refused):
    """An objection is still open: nothing is published before it is answered."""

    code = "objection_open"
    sentence = "该户的异议还没有书面答复，答复之前不能上榜，请先处理异议。"


class ListingNotProposed(Refused):
    """The listing has been decided or withdrawn."""

    code = "listing_not_proposed"
    sentence = "这条提名已经处理过，请刷新页面查看结果。"


class ListingNotUp(Refused):
    """The listing is neither proposed nor up."""

    code = "listing_not_up"
    sentence = "这条记录已经不在榜上，无需再次撤下。"


class VotesInvalid(Invalid):
    """The votes are not two counts with at least one vote cast."""

    code = "votes_invalid"
    sentence = "票数有误：赞成和反对都要填 0 或正整数，并且至少有一票。"


class DayInvalid(Invalid):
    """A day that cannot be: in the future, or before what it follows."""

    code = "listing_day_invalid"
    sentence = "日期“{day}”有误：{why}，请重新填写。"


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry, with the full name: for the committee and the supervisor, never for the wall."""

    id: str
    month: str
    first_month: str
    board: str
    participant: Participant
    status: str
    place: int | None
    honour: Points | None
    rule: str
    fact: str
    proposed_by: str
    notified_on: date | None
    earliest_on: date | None
    votes_for: int | None
    votes_against: int | None
    decided_on: date | None
    days_up: int | None
    expires_on: date | None
    ended_reason: str | None
    objected: bool

    def shown_on(self, day: date) -> bool:
        """Whether the wall may show it on this day: up, not expired, no objection waiting for its answer."""
        alive = self.expires_on is None or day < self.expires_on
        return self.status == "up" and alive and not self.objected


def listings(session: Session, *, village: str, month: str | None = None) -> list[Listing]:
    """Every listing of a month (or all), with its history: for the committee and the supervisor."""
    query = select(ListingRow).where(ListingRow.village_id == village)
    if month is not None:
        query = query.where(ListingRow.month == month)
    return views(session, village, session.exec(query).all())


def listing(session: Session, *, village: str, listing: str) -> Listing:
    """One listing; raises ListingUnknown."""
    return views(session, village, [locked(session, village, listing, lock=False)])[0]


def notify(session: Session, *, village: str, listing: str, on: date, by: str, at: datetime) -> Listing:
    """Record the day on which the household was told of the proposal; a later day replaces an earlier one."""
    row = locked(session, village, listing)
    if row.status != "proposed":
        raise ListingNotProposed()
    if not day_of(row.proposed_at) <= on <= day_of(at):
        raise DayInvalid(day=on, why="告知日期应在提名之后，并且不晚于今天")
    row.notified_on, row.notified_by = on, by
    row.earliest_on = due_process.earliest_day(on)
    session.flush()
    return views(session, village, [row])[0]


def decide(
    session: Session,
    *,
    village: str,
    listing: str,
    votes_for: int,
    votes_against: int,
    on: date,
    by: str,
    at: datetime,
) -> Listing:
    """Record the people's vote: up by majority, rejected otherwise; black only after the household's days."""
    row = locked(session, village, listing)
    if row.status != "proposed":
        raise ListingNotProposed()
    _check_votes(votes_for, votes_against)
    if not day_of(row.proposed_at) <= on <= day_of(at):
        raise DayInvalid(day=on, why="表决日期应在提名之后，并且不晚于今天")
    accepted = votes_for > votes_against
    if accepted:
        _check_process(session, row, on)
        # The entry comes first: writing it also writes what is pending, and the row is only whole below.
        row.log_index = _put_up(session, row, f"{votes_for}:{votes_against}", by, at)
    row.votes_for, row.votes_against = votes_for, votes_against
    row.decided_on, row.decided_by, row.decided_at = on, by, at
    row.status = "up" if accepted else "rejected"
    if accepted and row.days_up is not None:
        row.expires_on = due_process.last_shown(on, row.days_up)
    session.flush()
    return views(session, village, [row])[0]


def take_down(session: Session, *, village: str, listing: str, reason: str, by: str, at: datetime) -> Listing:
    """Take a listing off the wall at once, or a proposal off the table; no public page remembers it."""
    row = locked(session, village, listing)
    end(session, row, reason=clean_required(reason, maximum=200), by=by, at=at)
    return views(session, village, [row])[0]


def end(session: Session, row: ListingRow, *, reason: str, by: str, at: datetime) -> None:
    """End a proposal (withdrawn) or a listing that is up (down), with its entry in the log."""
    if row.status not in ("proposed", "up"):
        raise ListingNotUp()
    if row.status == "up":
        words = {"participant": row.participant_id, "board": row.board, "month": row.month, "reason": reason}
        ledger.record(
            session, village=row.village_id, kind="listing_down", by=by, at=at, words=words, ref=row.log_index
        )
    row.status = "down" if row.status == "up" else "withdrawn"
    row.ended_at, row.ended_by, row.ended_reason = at, by, reason
    session.flush()


def locked(session: Session, village: str, listing: str, *, lock: bool = True) -> ListingRow:
    """The row of a listing, locked against everybody else's change; raises ListingUnknown."""
    query = select(ListingRow).where(ListingRow.village_id == village, ListingRow.id == listing)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.exec(query).first()
    if row is None:
        raise ListingUnknown()
    return row


def open_black_rows(session: Session, village: str) -> list[ListingRow]:
    """Every black proposal and listing that is still alive, locked."""
    query = select(ListingRow).where(
        ListingRow.village_id == village,
        ListingRow.board == BLACK,
        col(ListingRow.status).in_(("proposed", "up")),
    )
    return list(session.exec(query.order_by(col(ListingRow.id)).with_for_update()))


def views(session: Session, village: str, rows: Sequence[ListingRow]) -> list[Listing]:
    """Rows as others see them: red before black, then by place, then by household code."""
    people = roster.by_ids(session, village=village, ids=[row.participant_id for row in rows])
    objected = set(
        session.exec(
            select(ListingObjectionRow.listing_id).where(
                ListingObjectionRow.village_id == village, ListingObjectionRow.status == "open"
            )
        )
    )
    found = [_view(row, people[row.participant_id], row.id in objected) for row in rows]
    return sorted(found, key=lambda one: (one.board != RED, one.place or 0, one.participant.code, one.id))


def has_open_objection(session: Session, row: ListingRow) -> bool:
    """Whether somebody's objection to this listing still waits for its answer."""
    query = select(ListingObjectionRow.id).where(
        ListingObjectionRow.village_id == row.village_id,
        ListingObjectionRow.listing_id == row.id,
        col(ListingObjectionRow.status) == "open",
    )
    return session.exec(query).first() is not None


def _check_votes(votes_for: int, votes_against: int) -> None:
    """Two counts, and somebody voted."""
    if votes_for < 0 or votes_against < 0 or not 0 < votes_for + votes_against <= 10_000:
        raise VotesInvalid()


def _check_process(session: Session, row: ListingRow, on: date) -> None:
    """What must have happened before anything hangs on the wall."""
    if has_open_objection(session, row):
        raise ObjectionOpen()
    if row.board == RED:
        return
    resolution = session.get(BlackBoardResolutionRow, (row.village_id, row.resolution_id))
    if resolution is None or resolution.ended_on is not None:
        raise BlackBoardOff()
    if row.earliest_on is None:
        raise NotToldYet(when="还没有登记告知日期，请先告知并登记")
    if on < row.earliest_on:
        raise NotToldYet(when=f"最早可在 {row.earliest_on} 表决上榜")


def _put_up(session: Session, row: ListingRow, votes: str, by: str, at: datetime) -> int:
    """Write the log entry of a listing that goes up and return its index."""
    words = {
        "participant": row.participant_id,
        "board": row.board,
        "month": row.month,
        "rule": row.rule,
        "fact": row.fact,
        "votes": votes,
    }
    return ledger.record(session, village=row.village_id, kind="listing_up", by=by, at=at, words=words).index


def _view(row: ListingRow, participant: Participant, objected: bool) -> Listing:
    """One row with its participant."""
    return Listing(
        id=row.id,
        month=row.month,
        first_month=row.first_month,
        board=row.board,
        participant=participant,
        status=row.status,
        place=row.place,
        honour=None if row.honour is None else Points(row.honour),
        rule=row.rule,
        fact=row.fact,
        proposed_by=row.proposed_by,
        notified_on=row.notified_on,
        earliest_on=row.earliest_on,
        votes_for=row.votes_for,
        votes_against=row.votes_against,
        decided_on=row.decided_on,
        days_up=row.days_up,
        expires_on=row.expires_on,
        ended_reason=row.ended_reason,
        objected=objected,
    )
