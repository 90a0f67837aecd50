"""A listing's life: proposed, notified, decided by people, up, taken down.

Each step is a row of its own (`models.py`): a verb locks the listing, checks its record, adds the next row.
"""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import governing, law, ledger, objections, villages, working_days
from pointsbank.boards import due_process
from pointsbank.boards.contested import PraiseContested, ScoreContested, contested, lock_notices
from pointsbank.boards.in_log import log_up
from pointsbank.boards.kept_off import refuse_kept_off
from pointsbank.boards.kinds import LISTINGS
from pointsbank.boards.listings import Listing, views
from pointsbank.boards.models import (
    BlackBoardResolutionRow,
    ListingDecisionRow,
    ListingEndRow,
)
from pointsbank.boards.praise_places import refuse_without_place
from pointsbank.boards.records import Record, find, lock_one
from pointsbank.boards.red_numbers import refuse_closed_month
from pointsbank.boards.signed import refuse_unsigned
from pointsbank.boards.states import BLACK, FOUND_WRONG, LAPSED, LIVE, PROPOSED, RED, UP
from pointsbank.boards.witnessing import check_recorder
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.law import Use
from pointsbank.text import clean_required


class BlackBoardOff(Refused):
    """The village has not resolved to have a black board."""

    code = "black_board_off"
    sentence = "本村没有设立黑榜的决议，不能提名黑榜。请先召开村民会议表决，并登记决议。"
    fixed_by = "村委"


class NotNotifiedYet(Refused, family=True):
    """The household has not been notified, or not long enough ago."""

    code = "not_told_yet"
    sentence = "上黑榜要提前5个工作日告知这一户。"
    fixed_by = "村委"


class NotificationMissing(NotNotifiedYet):
    """No day is recorded on which the household was notified."""

    code = "notification_missing"
    sentence = "上黑榜要提前5个工作日告知这一户：还没有登记告知日期，请先送达告知书并登记。"


class DecidedTooEarly(NotNotifiedYet):
    """The household's working days are not over."""

    code = "decided_too_early"
    sentence = "上黑榜要提前5个工作日告知这一户：最早可在{earliest_on}表决上榜。"


class ObjectionOpen(Refused):
    """An objection is still open: nothing is published before it is answered."""

    code = "objection_open"
    sentence = "这一户的异议还没有书面答复，答复之前不能上榜，请先答复异议。"
    fixed_by = "村委"


class ListingNotProposed(Refused):
    """The listing has been decided or withdrawn."""

    code = "listing_not_proposed"
    sentence = "这条提名已经处理过，请刷新页面查看结果。"
    fixed_by = "本人"


class ListingNotUp(Refused):
    """The listing is neither proposed nor up."""

    code = "listing_not_up"
    sentence = "这条记录已经不在榜上，这一步不用再办。"
    fixed_by = "村委"


class VotesInvalid(Invalid):
    """The votes are not two counts with at least one vote cast."""

    code = "votes_invalid"
    sentence = "票数有误：赞成和反对都要填0或正整数，并且至少有一票。"
    at = ("votes_for",)


class DayInvalid(Invalid, family=True):
    """A day that cannot be: in the future, or before what it follows."""

    code = "listing_day_invalid"
    sentence = "日期“{day}”有误，请重新填写。"


class DecisionDayInvalid(DayInvalid):
    """People decided before anything was proposed, or in the future."""

    code = "decision_day_invalid"
    sentence = "日期“{day}”有误：表决日期应在提名之后，并且不晚于今天，请重新填写。"
    at = ("on",)


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
    """Record the people's vote: up by majority, rejected otherwise; black only after the household's days.

    Locks the notices of the household's scores and the listing; one that goes up is an entry in the log.

    Args:
        votes_for: votes cast, >= 0; together with `votes_against` 1 to 10,000.

    Raises:
        ListingUnknown: there is no such listing.
        ListingNotProposed: it has been decided or withdrawn.
        VotesInvalid: a number is negative, or no vote was cast.
        DecisionDayInvalid: the day is before the proposal, or in the future.
        ObjectionOpen: it would go up while an objection waits for its answer.
        ScoreContested: it would go up on the black board while what it rests on is contested.
        BlackBoardOff: it would go up after the resolution for a black board ended.
        NotificationMissing: it would go up on the black board, and the household was not notified.
        DecidedTooEarly: it would go up on the black board before the household's days are over.
        BasisMissing, VisaMissing: it would go up there resting on nothing named, or countersigned by nobody.
        BasisNotPosted, ScoreUnknown: it would go up there on a score that has not hung its days.
        Wording: it would go up with a rule or fact that holds what the law keeps private.
        NamesSomebody: it would go up with a rule or fact that names somebody of the village.
        ParticipantRestricted: it would go up on the red board, and a veto keeps the household off it.
        RedBoardClosed: it was proposed for the red board of a month that is closed by now.
        PraiseContested: it would go up for a deed whose score is contested or withdrawn.
        PraiseKindEnded, PraisePlacesTaken: its kind of praise ended, or is full.

    And those of `refuse_left`, `refuse_without_place`, `check_recorder` and `log_up`: HasLeftBoards,
    ParticipantUnknown.

    Example:
        decide(
            session, village="chayuan", listing=id, votes_for=5, votes_against=1, on=today, by="li", at=now
        ).status  # "up"
    """
    villages.hold_months(session, village=village)
    lock_notices(session, find(session, village, listing).row)
    record = lock_one(session, village, listing)
    if record.status == LAPSED:
        refuse_closed_month(session, village=village, month=record.row.month)
    if record.status != PROPOSED:
        raise ListingNotProposed()
    if votes_for < 0 or votes_against < 0 or not 0 < votes_for + votes_against <= 10_000:
        raise VotesInvalid()
    if not day_of(record.row.proposed_at) <= on <= day_of(at):
        raise DecisionDayInvalid(day=on)
    decided = ListingDecisionRow(
        village_id=village,
        listing_id=listing,
        votes_for=votes_for,
        votes_against=votes_against,
        decided_on=on,
        decided_by=by,
        decided_at=at,
    )
    if votes_for > votes_against:
        _check_process(session, record, on, at)
        check_recorder(session, record, by=by, at=at)
        decided.log_index = log_up(session, record.row, decided)
    return _add(session, record, decided)


def take_down(
    session: Session,
    *,
    village: str,
    listing: str,
    reason: str,
    was_wrong: bool = False,
    by: str,
    at: datetime,
) -> Listing:
    """Take a listing down at once, or withdraw a proposal; no public page remembers it.

    Locks the listing.

    Args:
        reason: 1 to 200 characters.
        was_wrong: a warning that is up should not have gone up; it is put right where it hung.

    Raises:
        ListingUnknown: there is no such listing.
        TextInvalid: the reason is empty or too long.
        Wording: the reason holds what the law keeps private.
        NamesSomebody: the reason names somebody of the village.
        ListingNotUp: it is neither proposed nor up.

    And those of `ledger.record`.

    Example:
        take_down(session, village="chayuan", listing=id, reason="已整改", by="li", at=now).status  # "down"
    """
    record = lock_one(session, village, listing)
    tidy = clean_required(reason, maximum=200)
    people = governing.named_people(session, village=village)
    law.check(tidy, Use.FACT, field="原因", people=people, at=("reason",))
    if was_wrong and record.row.board == BLACK and record.status == UP:
        tidy = f"{FOUND_WRONG}：{tidy}"
    return views(session, village, [end(session, record, reason=tidy, by=by, at=at)])[0]


def end(session: Session, record: Record, *, reason: str, by: str, at: datetime) -> Record:
    """Withdraw a locked proposal, or take down a listing that is up, with its entry in the log.

    Raises:
        ListingNotUp: it is neither proposed nor up.
    """
    row = record.row
    if record.status not in LIVE:
        raise ListingNotUp()
    if record.decided is not None:
        words = {"participant": row.participant_id, "board": row.board, "month": row.month, "reason": reason}
        entry: Any = {"kind": "listing_down", "words": words, "ref": record.decided.log_index}
        ledger.record(session, village=row.village_id, by=by, at=at, **entry)
    session.add(
        ListingEndRow(village_id=row.village_id, listing_id=row.id, ended_at=at, ended_by=by, reason=reason)
    )
    return find(session, row.village_id, row.id)


def _add(session: Session, record: Record, step: ListingDecisionRow) -> Listing:
    """Write a step and return the listing with it."""
    session.add(step)
    village = record.row.village_id
    return views(session, village, [find(session, village, record.row.id)])[0]


def _check_process(session: Session, record: Record, on: date, at: datetime) -> None:
    """Check that everything has happened that must happen before a listing is shown in public."""
    row = record.row
    if row.id in objections.open_subjects(session, LISTINGS, village=row.village_id):
        raise ObjectionOpen()
    # Proposed before a rule was made, perhaps: read again at the last moment before it hangs.
    people = governing.named_people(session, village=row.village_id)
    law.check(row.rule, Use.FACT, field="依据", people=people)
    law.check(row.fact, Use.FACT, field="事实说明", people=people)
    is_contested = row.id in contested(session, village=row.village_id)
    if row.board == RED:
        if is_contested:
            raise PraiseContested()
        refuse_without_place(session, row)
        return refuse_kept_off(session, row.participant_id, village=row.village_id, at=at)
    resolution = session.get(BlackBoardResolutionRow, (row.village_id, row.resolution_id))
    if resolution is None or resolution.ended_on is not None:
        raise BlackBoardOff()
    if is_contested:
        raise ScoreContested()
    if record.notified is None:
        raise NotificationMissing()
    # A notice that came later may add to the days that the household was promised, never take away.
    counted = due_process.earliest_day(record.notified.notified_on, working_days.calendar(session))
    if on < (earliest_on := max(record.notified.earliest_on, counted)):
        raise DecidedTooEarly(earliest_on=earliest_on)
    refuse_unsigned(session, record)
