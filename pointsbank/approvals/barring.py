"""Requests to bar a household from awards because of a warning that people put up, and to lift it again."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import boards, roster
from pointsbank.approvals.foreseeing import as_things_stand
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.requesting import request
from pointsbank.approvals.stored import private_words
from pointsbank.boards import Listing
from pointsbank.dates import day_in_words, month_in_words
from pointsbank.errors import Refused
from pointsbank.labels.restriction_kind import RESTRICTION_KIND
from pointsbank.ledger import Names
from pointsbank.text import ERASED, clean_required

BAR, LIFT_BAR = "bar_awards", "lift_bar"


class NothingToBar(Refused):
    """People did not put this warning up, or it is praise."""

    code = "nothing_to_bar"
    sentence = "只有表决上了黑榜的户，才能定暂停评优。"
    fixed_by = "村委"


def request_bar(
    session: Session,
    *,
    village: str,
    listing: str,
    kinds: Sequence[str],
    ends_on: date,
    reason: str,
    by: str,
    at: datetime,
) -> Approval:
    """Request that the household of a warning (id) is barred from awards until a day.

    Args:
        kinds: of `red_board` and `titles`, at least one.
        reason: 1 to 200 characters.

    Raises:
        ListingUnknown: there is no such listing.
        NothingToBar: people did not put it up, or it is praise.
        BarKindInvalid, BarDaysInvalid: raised by `roster.check_bar`.
        BarStands: it is barred already.
        TextInvalid: the reason cannot be stored.
        MonthInvalid: raised by `boards.listing`, and not here.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        approvals.request_bar(session, village="cy", listing=id, kinds=["titles"], ends_on=later,
                              reason="拒不整改", by=li.id, at=now).kind  # "bar_awards"
    """
    why = clean_required(reason, maximum=200)
    found = _up(session, village, listing)
    roster.check_bar(kinds, ends_on, at)
    if any(one.kind in kinds and one.stands(at) for one in _bars(session, village, listing)):
        raise roster.problems.BarStands()
    return request(
        session,
        village=village,
        kind=BAR,
        subject=listing,
        terms={"kinds": sorted(kinds), "ends_on": ends_on.isoformat()},
        private={"participant": found.participant.id, "note": why},
        by=by,
        at=at,
    )


def request_lift_bar(
    session: Session, *, village: str, listing: str, reason: str, by: str, at: datetime
) -> Approval:
    """Request that what bars a household from awards because of a warning (id) ends before its last day.

    Raises:
        ListingUnknown: there is no such listing.
        BarUnknown: nothing of it stands.
        TextInvalid: the reason cannot be stored.
        MonthInvalid: raised by `boards.listing`, and not here.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        approvals.request_lift_bar(session, village="cy", listing=id, reason="已整改", by=li.id, at=now).kind
        # "lift_bar"
    """
    why = clean_required(reason, maximum=200)
    found = boards.listing(session, village=village, listing_id=listing)
    if not any(one.stands(at) for one in _bars(session, village, listing)):
        raise roster.problems.BarUnknown()
    return request(
        session,
        village=village,
        kind=LIFT_BAR,
        subject=listing,
        terms={},
        private={"participant": found.participant.id, "note": why},
        by=by,
        at=at,
    )


def describe_bar(session: Session, approval: Approval) -> Outlook:
    """Say what the household is barred from, until when, and why."""
    found = boards.listing(session, village=approval.village, listing_id=approval.subject)
    why = f"原因：{private_words(session, approval).get('note', ERASED)}。"
    until = day_in_words(date.fromisoformat(approval.terms["ends_on"]))
    what = f"暂停{_names(approval.terms['kinds'])}，到{until}，到期自己恢复；积分和兑换不变。"
    return Outlook(_whose(found), (what, why, "请先核实：这件事由评议会定过，本户知道。"))


def bar(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Bar it, as the one who requested it and the one who confirms.

    Raises:
        NothingToBar: the warning was not put up.
        BarKindInvalid, BarDaysInvalid, BarStands, TextInvalid: raised by `roster.bar`.
        ListingUnknown, MonthInvalid, VillageUnknown: raised by `boards.listing` and `roster.bar`.
    """
    village = approval.village
    found = _up(session, village, approval.subject)
    roster.bar(
        session,
        village=village,
        participant=found.participant.id,
        listing=found.id,
        kinds=approval.terms["kinds"],
        why=private_words(session, approval).get("note", ERASED),
        ends_on=date.fromisoformat(approval.terms["ends_on"]),
        by=approval.requested_by,
        second=second,
        at=at,
    )
    return f"{_whose(found)}已暂停{_names(approval.terms['kinds'])}。"


def describe_lift(session: Session, approval: Approval) -> Outlook:
    """Say what the household may be awarded again, and why; or that it may already."""
    found = boards.listing(session, village=approval.village, listing_id=approval.subject)
    why = f"原因：{private_words(session, approval).get('note', ERASED)}。"
    if approval.status != "waiting":
        return Outlook(_whose(found), (why,))

    def foresee() -> list[str]:
        standing = [
            one
            for one in _bars(session, approval.village, approval.subject)
            if one.stands(approval.requested_at)
        ]
        if not standing:
            raise roster.problems.BarUnknown()
        return [f"恢复{_names([one.kind for one in standing])}：确认后马上恢复。"]

    return Outlook(_whose(found), (*as_things_stand(foresee), why))


def lift(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Lift it, as the one who requested it and the one who confirms.

    Raises:
        BarUnknown: nothing of it stands any more.
        TextInvalid: raised by `roster.lift_bar`.
        ListingUnknown, MonthInvalid, VillageUnknown: raised by `boards.listing` and `roster.lift_bar`.
    """
    village = approval.village
    ended = roster.lift_bar(
        session,
        village=village,
        listing=approval.subject,
        reason=private_words(session, approval).get("note", ERASED),
        by=approval.requested_by,
        second=second,
        at=at,
    )
    found = boards.listing(session, village=village, listing_id=approval.subject)
    return f"{_whose(found)}已恢复{_names([one.kind for one in ended])}。"


def title(subject: str, names: Names) -> str:
    """Return what the log calls a request of these kinds: whose it is stands in other words."""
    return "评优"


def _bars(session: Session, village: str, listing: str) -> list[roster.Bar]:
    return roster.bars(session, village=village, listing=listing)


def _up(session: Session, village: str, listing: str) -> Listing:
    """Return a warning that people put up; raises NothingToBar."""
    found = boards.listing(session, village=village, listing_id=listing)
    if found.board != "black" or found.status not in ("up", "down") or found.votes_for is None:
        raise NothingToBar()
    return found


def _whose(found: Listing) -> str:
    return f"{found.participant.name}（{found.participant.code}）{month_in_words(found.month)}黑榜"


def _names(kinds: Sequence[str]) -> str:
    return "、".join(RESTRICTION_KIND.name(kind) for kind in kinds)
