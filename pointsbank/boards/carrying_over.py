"""A warning that was not put right is proposed again for a later month: told and voted on anew."""

from datetime import datetime

from sqlmodel import Session, col

from pointsbank import roster
from pointsbank.boards import due_process
from pointsbank.boards.basis import basis_of
from pointsbank.boards.deciding import ListingNotUp
from pointsbank.boards.drafting import propose_black
from pointsbank.boards.listings import Listing
from pointsbank.boards.models import ListingRow
from pointsbank.boards.records import Record, lock_one, records
from pointsbank.boards.states import BLACK, LIVE, UP
from pointsbank.dates import day_of, month_in_words, parse_month
from pointsbank.errors import Invalid, Refused


class CarriedTooEarly(Invalid):
    """A listing is carried over to a later month only."""

    code = "carried_too_early"
    sentence = "黑榜只能结转到{month}之后的月份，请重新选择月份。"
    at = ("month",)


class CarriedOverAlready(Refused):
    """The listing was carried over before, and that one is proposed or still shown."""

    code = "carried_over_already"
    sentence = "这一条已经结转到{month}，那一条还没有处理完，请先处理那一条。"
    fixed_by = "村委"


def carry_over(session: Session, *, village: str, listing: str, month: str, by: str, at: datetime) -> Listing:
    """Propose an uncorrected black listing again for a later month; its first month stays visible.

    The household is notified again and people decide again: nothing carries itself over. Locks the listing.

    Raises:
        ListingUnknown: there is no such listing.
        ListingNotUp: it is not up on the black board.
        CarriedTooEarly: the month is not after the listing's own.
        CarriedOverAlready: it was carried over before, and that one is proposed or still shown.
        MonthInvalid: `month` is not YYYY-MM.
        ParticipantUnknown, ParticipantClosed: the participant is gone, or has ended.
        AlreadyListed, ProposedMeanwhile: it is proposed for that month already.
        BlackBoardOff: there is no resolution for a black board any more.

    And what its rule and its fact are refused for, where that was not so before: DaysInvalid,
    BasisUnfit, FactNamesSomebody, FactOffMatter, NamesSomebody, RuleNotPublic, RuleUnfit, ScoreUnknown,
    SeenDayInvalid, TextInvalid, VillageUnknown, Wording.

    Example:
        carry_over(session, village="chayuan", listing=up.id, month="2026-10", by="li", at=now).first_month
        # "2026-09"
    """
    old = lock_one(session, village, listing)
    if old.row.board != BLACK or old.status != UP:
        raise ListingNotUp()
    if parse_month(month) <= old.row.month:
        raise CarriedTooEarly(month=old.row.month)
    _refuse_second(session, old, at)
    return propose_black(
        session,
        village=village,
        month=month,
        participant=roster.by_id(session, village=village, id=old.row.participant_id).code,
        rule=old.row.rule,
        fact=old.row.fact,
        by=by,
        at=at,
        days_up=old.row.days_up or due_process.DAYS_UP,
        first_month=old.row.first_month,
        outward=True,
        # One from before facts were recorded rests on what was seen when it was proposed.
        seen_on=day_of(old.row.proposed_at),
        resting_on=basis_of(session, village=village, listing=listing),
    )


def _refuse_second(session: Session, old: Record, at: datetime) -> None:
    """Raise CarriedOverAlready where a later one of the same household and first month goes on."""
    row = old.row
    same = (col(ListingRow.participant_id) == row.participant_id, col(ListingRow.board) == BLACK)
    for one in records(session, row.village_id, *same, col(ListingRow.month) > row.month):
        goes_on = one.status in LIVE and (one.expires_on is None or day_of(at) < one.expires_on)
        if goes_on and one.row.first_month == row.first_month:
            raise CarriedOverAlready(month=month_in_words(one.row.month))
