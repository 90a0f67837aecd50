"""Requests to hand out cards: who gives them to households signs first, somebody of another role second."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import market, roster
from pointsbank.approvals.kind import MANY, Approval, Outlook
from pointsbank.approvals.pins import household
from pointsbank.approvals.requesting import request
from pointsbank.errors import Refused
from pointsbank.market import PinDigest

_NAMED = 30


class NothingToHandOut(Refused):
    """No printed card waits for being handed out."""

    code = "nothing_to_hand_out"
    sentence = "没有待发放的卡，请先打印新卡；已挂失或已换新的卡不能发放。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class HandedCard:
    """A printed card (id) given to its household (id), with the PIN that the household typed, if it did."""

    card: str
    participant: str
    pin: PinDigest | None = None


def request_hand_out(
    session: Session, *, village: str, cards: Sequence[HandedCard], by: str, at: datetime
) -> Approval:
    """Sign as the first that these cards were given to their households; the second signature activates them.

    Raises:
        NothingToHandOut: there are no cards.
        CardUnknown, ParticipantSuspended, ParticipantClosed: a household with a PIN may not spend.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        given = [HandedCard(card.id, wang.id, market.digest_pin("271828"))]
        request_hand_out(session, village="cy", cards=given, by=li.id, at=now).status  # "waiting"
    """
    if not cards:
        raise NothingToHandOut()
    terms = {"cards": [_line(session, one, village=village, at=at) for one in cards]}
    subject = cards[0].participant if len(cards) == 1 else MANY
    return request(session, village=village, kind="hand_out", subject=subject, terms=terms, by=by, at=at)


def describe(session: Session, approval: Approval) -> Outlook:
    """Say whose cards come into use and whose PINs are set."""
    cards = approval.terms["cards"]
    with_pin = sum(1 for one in cards if one["proposal"])
    whose, happens = household(session, approval), ["新卡马上可以使用，旧卡同时作废。"]
    if approval.subject == MANY:
        whose = f"{len(cards)}户"
        happens.insert(0, f"发给：{_some_of(session, approval)}。")
    if with_pin:
        whom = f"其中{with_pin}户" if approval.subject == MANY else "本户"
        happens.append(f"{whom}当场输入的兑换密码同时生效；原来有密码的，原密码作废。")
        happens.append("没有扫卡、只输号码的，满一天后才能用这个密码。")
    happens.append("您的确认就是发放名单上的第二个签字：请核实每张卡都交给了本户。")
    return Outlook(whose, tuple(happens))


def act(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Activate the cards that still wait for it, and set the PINs of their households.

    Raises:
        NothingToHandOut: none of them does.
    """
    village, cards = approval.village, approval.terms["cards"]
    printed = roster.still_printed(session, village=village, cards=[one["card"] for one in cards])
    still = [one for one in cards if one["card"] in printed]
    if not still:
        raise NothingToHandOut()
    ids = [one["card"] for one in still]
    count = roster.hand_out(session, village=village, cards=ids, by=approval.requested_by, at=at)
    for one in still:
        if one["proposal"]:
            _give_pin(session, approval, one, second=second, at=at)
    drop(session, approval)
    left = len(cards) - count
    sentence = f"已登记发放{count}张卡，旧卡同时作废。"
    return sentence + (f"另有{left}张已挂失、已换新或已发放，没有动。" if left else "")


def drop(session: Session, approval: Approval) -> None:
    """Forget the digests that waited."""
    for one in approval.terms["cards"]:
        if one["proposal"]:
            market.drop_proposal(session, village=approval.village, proposal=one["proposal"])


def _some_of(session: Session, approval: Approval) -> str:
    """Return the households of a list, the first thirty by name and code."""
    ids = [one["participant"] for one in approval.terms["cards"]]
    found = roster.by_ids(session, village=approval.village, ids=set(ids[:_NAMED]))
    first = sorted(found.values(), key=lambda one: one.code)
    return "、".join(f"{one.name}（{one.code}）" for one in first) + ("等" if len(ids) > _NAMED else "")


def _line(session: Session, one: HandedCard, *, village: str, at: datetime) -> dict[str, Any]:
    proposal = None
    if one.pin is not None:
        who = {"village": village, "participant": one.participant}
        roster.check_card(session, **who, card=None)
        proposal = market.propose_pin(session, **who, pin=one.pin, at=at)
    return {"card": one.card, "participant": one.participant, "proposal": proposal}


def _give_pin(
    session: Session, approval: Approval, one: dict[str, Any], *, second: str, at: datetime
) -> None:
    """Set the PIN that a household typed when it took its card, or reset the one it had."""
    who = {"village": approval.village, "participant": one["participant"]}
    pin = market.take_proposal(session, **who, proposal=one["proposal"])
    verb = market.reset_pin if market.has_pin(session, **who) else market.set_pin
    verb(session, **who, pin=pin, card=one["card"], by=approval.requested_by, second=second, at=at)
