"""A household's PIN: six digits, kept as an argon2id digest, set and reset by two people with its card."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from argon2 import PasswordHasher
from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from pointsbank import roster
from pointsbank.errors import Invalid, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.market.pin_age import PinStanding, counts
from pointsbank.market.pin_events import write_pin_event
from pointsbank.market.pin_models import PinRow
from pointsbank.market.proposals import PinDigest, drop_proposals_of
from pointsbank.market.tickets import find_ticket
from pointsbank.prepared import fetch
from pointsbank.slow_work import before_slow_work
from pointsbank.waiting import HASHING

_SIX_DIGITS = re.compile(r"[0-9]{6}")
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_RUNS = ("0123456789", "9876543210")


class PinInvalid(Invalid):
    """A PIN is not six digits."""

    code = "pin_invalid"
    sentence = "密码应为6位数字，请重新输入。"
    fixed_by = "村民"
    at = ("pin",)


class PinTooSimple(Invalid):
    """A PIN is six equal or six consecutive digits, which everybody tries first."""

    code = "pin_too_simple"
    sentence = "密码太简单，请不要用相同或连续的数字。"
    fixed_by = "村民"
    at = ("pin",)


class PinExists(Refused):
    """The household has a PIN; it is changed with the old one, or reset."""

    code = "pin_exists"
    sentence = "这一户已经设过密码，请重新扫卡，用原密码来改，或申请重设。"
    fixed_by = "店员"


class CardNotScanned(Refused):
    """The household's number was typed: nobody saw its card."""

    code = "card_not_scanned"
    sentence = "设置或改密码要当面扫这一户的积分卡，输入的号码不算，请重新扫卡。"
    fixed_by = "店员"


class SecondMissing(Refused):
    """One person alone would set a household's PIN."""

    code = "second_missing"
    sentence = "设置或重设密码要有第二位工作人员确认，请换一位来确认。"
    fixed_by = "店员"


class PinMissing(Refused):
    """The household has no PIN yet."""

    code = "pin_missing"
    then = "这一户还没有设密码，请第二位工作人员登录确认，或扫卡后在“兑换密码”页申请设置"
    sentence = f"{then}。"
    fixed_by = "店员"


class _SetAt(NamedTuple):
    """When a PIN was set."""

    set_at: datetime


_SET_AT = select(*PinRow.columns_of(_SetAt)).where(
    PinRow.in_village(bindparam("village")), col(PinRow.participant_id) == bindparam("participant")
)


@dataclass(frozen=True, slots=True)
class ScannedTicket:
    """A live scan of a household's card, as a PIN needs it."""

    participant_id: str
    card_id: str


def digest_pin(pin: str) -> PinDigest:
    """Return the digest to keep of a new PIN; takes some 20 ms, so call it before the transaction.

    Raises PinInvalid, PinTooSimple.

    Example:
        digest_pin("271828")  # "$argon2id$v=19$m=19456,t=2,p=1$…"
    """
    _check_new(pin)
    before_slow_work("hashing a PIN")
    with HASHING:
        return PinDigest(HASHER.hash(pin))


def set_pin(
    session: Session,
    *,
    village: str,
    participant: str,
    pin: PinDigest,
    card: str,
    by: str,
    second: str,
    at: datetime,
) -> None:
    """Set the first PIN of a household (id) that was there with its card; a second person confirmed it.

    Called by the kinds of `approvals` alone: they know that the card was scanned and who may confirm.

    Args:
        card: id of the card that was scanned; it must still count.
        by, second: ids of two people.

    Raises PinExists, SecondMissing, VillageUnknown, and those of `roster.check_card`: CardUnknown,
    CardNotActive, CardRevoked, CardReplaced, ParticipantSuspended, ParticipantClosed.

    Example:
        set_pin(session, village="chayuan", participant=household.id, pin=digest, card=card.id, by=clerk,
                second=li, at=now)
    """
    _check_witnesses(session, village=village, participant=participant, card=card, by=by, second=second)
    if lock_pin(session, village, participant) is not None:
        raise PinExists()
    session.add(PinRow(village_id=village, participant_id=participant, digest=pin, set_by=by, set_at=at))
    # Another counter set one after we had read.
    with refusing_duplicates(PinExists()):
        session.flush()
    who = {"village": village, "participant": participant}
    write_pin_event(session, "set", **who, card=card, by=by, second=second, at=at)


def reset_pin(
    session: Session,
    *,
    village: str,
    participant: str,
    pin: PinDigest,
    card: str,
    by: str,
    second: str,
    at: datetime,
) -> None:
    """Give a household (id) that forgot or locked its PIN a new one, as `set_pin`; wrong tries are forgotten.

    Raises PinMissing, SecondMissing, VillageUnknown, and those of `roster.check_card`, as CardUnknown.

    Example:
        reset_pin(session, village="chayuan", participant=household.id, pin=digest, card=card.id, by=clerk,
                  second=li, at=now)
    """
    _check_witnesses(session, village=village, participant=participant, card=card, by=by, second=second)
    row = lock_pin(session, village, participant)
    if row is None:
        raise PinMissing()
    renew(row, pin, by=by, at=at)
    who = {"village": village, "participant": participant}
    write_pin_event(session, "reset", **who, card=card, by=by, second=second, at=at)


def scanned_ticket(session: Session, *, village: str, scan_ticket: str, at: datetime) -> ScannedTicket:
    """Return a live scan that came from a card, never from a typed number.

    Raises:
        CardNotScanned: the number was typed.
        TicketExpired: the scan was too long ago, or there was none.

    Example:
        scanned_ticket(session, village="chayuan", scan_ticket=scan.scan_ticket, at=now).card_id
    """
    ticket = find_ticket(session, village=village, ticket=scan_ticket, at=at)
    if ticket.typed or ticket.card_id is None:
        raise CardNotScanned()
    return ScannedTicket(ticket.participant_id, ticket.card_id)


def forget(session: Session, *, village: str, participant: str) -> None:
    """Delete the PIN of a household (id) that is erased, and one that waits for a second person.

    Example:
        forget(session, village="chayuan", participant=household.id)
    """
    row = lock_pin(session, village, participant)
    if row is not None:
        session.delete(row)
    drop_proposals_of(session, village=village, participant=participant)


def has_pin(session: Session, *, village: str, participant: str) -> bool:
    """Return True if a household (id) has set a PIN.

    Example:
        has_pin(session, village="chayuan", participant=household.id)  # True
    """
    return session.get(PinRow, (village, participant)) is not None


def pin_standing(
    session: Session, *, village: str, participant: str, typed: bool, at: datetime
) -> PinStanding:
    """Return whether a household (id) has a PIN and whether it counts for a sale at this moment.

    Args:
        typed: nobody saw the card.

    Example:
        pin_standing(session, village="chayuan", participant=household.id, typed=True, at=now)  # "too_new"
    """
    found = fetch(session, _SET_AT, {"village": village, "participant": participant}, into=_SetAt).first()
    if found is None:
        return "none"
    return "counts" if counts(set_at=found.set_at, at=at, typed=typed) else "too_new"


def lock_pin(session: Session, village: str, participant: str) -> PinRow | None:
    """Return the row of the household's PIN, locked, or None."""
    return session.get(PinRow, (village, participant), with_for_update=True)


def renew(row: PinRow, pin: PinDigest, *, by: str, at: datetime) -> None:
    """Replace the PIN and forget wrong tries."""
    row.digest, row.wrong, row.locked_until, row.set_by, row.set_at = pin, 0, None, by, at
    row.own_wrong, row.own_until = 0, None


def _check_new(pin: str) -> None:
    """Raise PinInvalid or PinTooSimple."""
    if not isinstance(pin, str) or not _SIX_DIGITS.fullmatch(pin):
        raise PinInvalid()
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise PinTooSimple()


def _check_witnesses(
    session: Session, *, village: str, participant: str, card: str, by: str, second: str
) -> None:
    """Raise SecondMissing for one person alone, and those of `roster.check_card` for a card that is none."""
    if by == second:
        raise SecondMissing()
    roster.check_card(session, village=village, participant=participant, card=card)
