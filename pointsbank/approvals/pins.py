"""Requests to set or reset a household's PIN: its card was scanned, and a second person confirms."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from pointsbank import market, roster
from pointsbank.approvals.kind import Act, Approval, Outlook
from pointsbank.approvals.requesting import request
from pointsbank.market import PinDigest

_CHECKED = "请先当面或电话核实：本户的人带着积分卡在场，密码由他自己输入，别人没有看到。"
_FROM_WHEN = "确认后，扫卡兑换马上可以用这个密码；没有扫卡、只输号码的，满一天后才能用。"


def request_pin(
    session: Session, *, village: str, scan_ticket: str, pin: PinDigest, by: str, at: datetime
) -> Approval:
    """Request that the household whose card was just scanned gets this PIN, as its first or as a new one.

    Args:
        pin: as `market.digest_pin` returns it.

    Raises:
        CardNotScanned, TicketExpired: see `market.scanned_ticket`.
        CardUnknown, CardNotActive, CardRevoked, CardReplaced, ParticipantSuspended, ParticipantClosed: see
            `roster.check_card`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        request_pin(session, village="cy", scan_ticket=scan.scan_ticket, pin=digest, by=chen.id, at=now).kind
        # "pin_set"
    """
    ticket = market.scanned_ticket(session, village=village, scan_ticket=scan_ticket, at=at)
    who = {"village": village, "participant": ticket.participant_id}
    roster.check_card(session, **who, card=ticket.card_id)
    kind = "pin_reset" if market.has_pin(session, **who) else "pin_set"
    proposal = market.propose_pin(session, **who, pin=pin, at=at)
    terms = {"card": ticket.card_id, "ticket": scan_ticket, "proposal": proposal}
    return request(
        session, village=village, kind=kind, subject=ticket.participant_id, terms=terms, by=by, at=at
    )


def giving(verb: Callable[..., None], done: str) -> Act:
    """Return the act that gives a household the PIN that waits, by this verb of the market."""

    def act(session: Session, approval: Approval, second: str, at: datetime) -> str:
        who = {"village": approval.village, "participant": approval.subject}
        pin = market.take_proposal(session, **who, proposal=approval.terms["proposal"])
        verb(
            session,
            **who,
            pin=pin,
            card=approval.terms["card"],
            by=approval.requested_by,
            second=second,
            at=at,
        )
        return f"{household(session, approval)}{done}"

    return act


def describing(*happens: str) -> Callable[[Session, Approval], Outlook]:
    """Return what says beforehand whose PIN it is and what happens."""
    return lambda session, approval: Outlook(household(session, approval), (*happens, _FROM_WHEN, _CHECKED))


def drop(session: Session, approval: Approval) -> None:
    """Forget the digest that waited."""
    market.drop_proposal(session, village=approval.village, proposal=approval.terms["proposal"])


def household(session: Session, approval: Approval) -> str:
    """Return name and code of the household that a request is about."""
    found = roster.by_ids(session, village=approval.village, ids={approval.subject}).get(approval.subject)
    return f"{found.name}（{found.code}）" if found else "已不在册的一户"
