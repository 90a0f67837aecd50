"""Gifts: one person requests that a household gets points for no deed, another confirms."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger, market, roster
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.pins import household
from pointsbank.approvals.requesting import request
from pointsbank.approvals.stored import private_words
from pointsbank.points import Points, show
from pointsbank.text import ERASED, clean_required

KIND = "give_points"


def request_gift(
    session: Session, *, village: str, participant: str, points: Points, reason: str, by: str, at: datetime
) -> Approval:
    """Request that the participant with this code gets points out of the charity account.

    The reason stands in the log alone, where erasing the household takes it away.

    Args:
        points: hundredths, > 0 and at most 10,000 points.
        reason: 1 to 200 characters.

    Raises:
        GiftInvalid, TextInvalid: the amount or the reason cannot be.
        ParticipantUnknown, ParticipantClosed: nobody here can have them.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        gift = {"participant": "0101", "points": Points(500), "reason": "春节慰问"}
        approvals.request_gift(session, village="cy", **gift, by=li.id, at=now).kind  # "give_points"
    """
    market.check_gift(points)
    why = clean_required(reason, maximum=200)
    person = roster.by_code(session, village=village, code=participant)
    roster.refuse_closed(session, village=village, participants=[person.id])
    return request(
        session,
        village=village,
        kind=KIND,
        subject=person.id,
        terms={"points": points},
        private={"note": why},
        by=by,
        at=at,
    )


def describe(session: Session, approval: Approval) -> Outlook:
    """Say how many points go where, and why."""
    had = ledger.balance(session, village=approval.village, participant=approval.subject)
    given = show(Points(approval.terms["points"]))
    happens = (
        f"赠送{given}积分，可以兑换，不计荣誉、不上榜；现有{show(had.points)}积分。",
        f"原因：{private_words(session, approval).get('note', ERASED)}。",
        "从村里的公益账户出，进账本，撤不回来。请先核实：送给谁、为什么，是村里定的。",
    )
    return Outlook(household(session, approval), happens)


def give(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Give the points, in the name of the one who requested it."""
    village, points = approval.village, Points(approval.terms["points"])
    code = roster.by_id(session, village=village, id=approval.subject).code
    gift = market.give(
        session,
        village=village,
        participant=code,
        points=points,
        reason=private_words(session, approval).get("note", ERASED),
        request_id=f"approval-{approval.id}",
        by=approval.requested_by,
        at=at,
    )
    return f"已赠送{household(session, approval)}{show(points)}积分，现有{show(gift.balance)}积分。"
