"""What pages share about acts that need a second person."""

from collections.abc import Sequence

from flask import current_app, request
from sqlmodel import Session

from pointsbank import approvals, roster, staff
from pointsbank.approvals import Approval, HandedCard, Shown
from pointsbank.market import PinEvent
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.page import SeeOther


def of_visitor(session: Session, village: str) -> tuple[list[Shown], int]:
    """Return what waits in a village for the person signed in, or was requested by them; and how many."""
    if not staff.may(access.signed_in(), village, Permission.APPROVAL_VIEW):
        return [], 0
    return approvals.concerning(session, village=village, **access.by_and_at())


def answerable(villages: Sequence[str]) -> dict[str, int]:
    """Return how many requests wait for the person signed in, by village; of the first twenty villages."""
    mine = [one for one in villages if staff.may(access.signed_in(), one, Permission.APPROVAL_VIEW)]
    with access.database().reading() as session:
        counts = {
            one: approvals.count_answerable(session, village=one, **access.by_and_at()) for one in mine[:20]
        }
    return {village: count for village, count in counts.items() if count}


def end_overdue() -> None:
    """End what is overdue here before somebody answers: what is refused once as over stays over."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view and access.declared(view, request.method) == Permission.APPROVAL_ANSWER:
        village = (request.view_args or {}).get("village")
        approvals.end_overdue(access.database(), village=village, at=access.now())


def requested(made: Approval) -> SeeOther:
    """Return the way to the page of a request that was just made."""
    sentence = "已申请，请另一位角色不同的工作人员确认。"
    return SeeOther("one_approval", sentence, village=made.village, approval=made.id)


def hand_out_printed(session: Session, village: str, participant: str) -> Approval:
    """Sign as the first that the printed cards of a household (id), the newest of each, were handed out.

    Raises:
        NothingToHandOut: there are none.
    """
    printed = roster.printed_of(session, village=village, participant=participant)
    cards = [HandedCard(card, participant) for card in printed]
    return approvals.request_hand_out(session, village=village, cards=cards, **access.by_and_at())


def pin_people(events: Sequence[PinEvent]) -> list[str]:
    """Return the ids of all who had to do with these PINs, for their names."""
    return [who for one in events for who in (one.done_by, one.second) if who]
