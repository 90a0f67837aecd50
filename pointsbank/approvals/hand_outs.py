"""Requests to hand out cards: who gives them to households signs first, somebody of another role second."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import market, roster
from pointsbank.approvals.kind import MANY, Approval, Outlook
from pointsbank.approvals.pins import household
from pointsbank.approvals.requesting import request
from pointsbank.errors import Refused
from pointsbank.ledger import Names
from pointsbank.market import PinDigest
from pointsbank.roster import BatchCard, HandedOut

_NAMED, _FEW = 30, 5
_BATCH = "batch:"
"""Begins the subject of a request that is about cards of one batch."""


class NothingToHandOut(Refused):
    """No printed card waits for being handed out."""

    code = "nothing_to_hand_out"
    sentence = "没有待发放的卡，请先打印新卡；已挂失、已作废或已换新的卡不能发放。"
    fixed_by = "村委"


class NotLeftInBatch(Refused):
    """Some of the cards named are not of the batch, or were handed out or made useless meanwhile."""

    code = "not_left_in_batch"
    sentence = "第{batch}批里待发放的没有卡号{numbers}，请重新打开这一批再选。"
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
    subject = cards[0].participant if len(cards) == 1 else MANY
    return _request(session, cards, subject, village=village, by=by, at=at)


def request_batch(
    session: Session,
    *,
    village: str,
    batch: int,
    numbers: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Approval:
    """Sign as the first that cards of a batch were given to their households: all that are left, or some.

    Args:
        batch: its number, >= 0.
        numbers: of the cards, nine digits each; None for all that are left.

    Raises:
        BatchUnknown: there is no such batch.
        NothingToHandOut: no card is left.
        NotLeftInBatch: one of these numbers is none of a card that is left.
        CardUnknown: a household is gone from the roster.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        request_batch(session, village="cy", batch=4, numbers=["012345674"], by=li.id, at=now).subject
        # "batch:4"
    """
    left = cards_left(session, village=village, batch=batch, numbers=numbers)
    missing = set(numbers or ()) - {one.number for one in left}
    if missing:
        raise NotLeftInBatch(batch=batch, numbers="、".join(one[:9] for one in sorted(missing)[:_FEW]))
    if not left:
        raise NothingToHandOut()
    cards = [HandedCard(one.id, one.participant) for one in left]
    return _request(session, cards, f"{_BATCH}{batch}", village=village, by=by, at=at)


def cards_left(
    session: Session, *, village: str, batch: int, numbers: Collection[str] | None = None
) -> list[BatchCard]:
    """Return the cards of a batch that can be handed out, in their order: all, or those with these numbers.

    Raises:
        BatchUnknown: there is no such batch.

    Example:
        len(cards_left(session, village="cy", batch=4))  # 58
    """
    left = roster.batch_cards(session, village=village, number=batch, statuses=("printed",))
    return [one for one in left if numbers is None or one.number in numbers]


def _request(
    session: Session, cards: Sequence[HandedCard], subject: str, *, village: str, by: str, at: datetime
) -> Approval:
    terms = {"cards": [_line(session, one, village=village, at=at) for one in cards]}
    return request(session, village=village, kind="hand_out", subject=subject, terms=terms, by=by, at=at)


def title(subject: str, names: Names) -> str:
    """Return which batch, or whose card."""
    if subject.startswith(_BATCH):
        return f"第{subject.removeprefix(_BATCH)}批"
    return "多户" if subject == MANY else names(subject)


def counted(done: HandedOut) -> str:
    """Return what handing out does, counted: how many cards, whose old ones end, who has the first.

    Example:
        >>> counted(HandedOut(("a", "b", "c"), ("d",), (), first=2, households=3, exchanged=1))
        '将启用3张；其中1户旧卡同时作废；2户第一次领卡。'
    """
    parts = [f"将启用{len(done.activated)}张"]
    if done.exchanged:
        parts.append(f"其中{done.exchanged}户旧卡同时作废")
    if done.first:
        parts.append(f"{done.first}户第一次领卡")
    if done.useless:
        parts.append(f"更早打印、没有发出的{len(done.useless)}张作废")
    return "；".join(parts) + "。"


def describe(session: Session, approval: Approval) -> Outlook:
    """Say whose cards come into use, whose older ones end, and whose PINs are set."""
    cards, subject = approval.terms["cards"], approval.subject
    many = subject == MANY or subject.startswith(_BATCH)
    with_pin = sum(1 for one in cards if one["proposal"])
    whose = household(session, approval)
    happens = []
    if many:
        count = len({one["participant"] for one in cards})
        whose = f"{title(subject, str)}，{count}户" if subject != MANY else f"{count}户"
        happens.append(f"发给：{_some_of(session, approval)}。")
    if approval.status == "waiting":
        ids = [one["card"] for one in cards]
        happens.append(counted(roster.hand_out_outlook(session, village=approval.village, cards=ids)))
        happens.append("新卡马上可以使用，本户的其他卡照常使用。")
    if with_pin:
        whom = f"其中{with_pin}户" if many else "本户"
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
    ids = [one["card"] for one in cards]
    done = roster.hand_out(session, village=village, cards=ids, by=approval.requested_by, at=at)
    if not done.activated:
        raise NothingToHandOut()
    for one in cards:
        if one["proposal"] and one["card"] in done.activated:
            _give_pin(session, approval, one, second=second, at=at)
    drop(session, approval)
    left = len(cards) - len(done.activated)
    count = len(done.activated)
    sentence = f"已登记发放{count}张卡，旧卡同时作废。" if done.ended else f"已登记发放{count}张卡。"
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
    first = sorted(found.values(), key=lambda one: one.sort_key)
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
