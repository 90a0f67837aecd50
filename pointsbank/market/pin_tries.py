"""Tries of a PIN: at the till, and where a household changes its own; on its telephone see `own_tries`.

A try is counted in the database before it is checked, in a transaction of its own; a right one takes the
count back. So neither a rollback nor many tries at once ever give more guesses than there are.
"""

from datetime import datetime, timedelta
from math import ceil

from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session

from pointsbank import roster
from pointsbank.database import Database
from pointsbank.errors import Refused
from pointsbank.market.pin_age import PinTooNew, counts
from pointsbank.market.pin_events import write_pin_event
from pointsbank.market.pins import HASHER, PinMissing, digest_pin, lock_pin, renew, scanned_ticket
from pointsbank.slow_work import before_slow_work
from pointsbank.waiting import HASHING

REST_AFTER, RESTS = 5, timedelta(minutes=15)
SHUT_AFTER = 10
_UNTIL_RESET = "请村民带卡到场，在“兑换密码”页申请重设，或请第二位工作人员登录确认"
_OR_SECOND = "，或请第二位工作人员登录确认"


class PinWrong(Refused):
    """The PIN is not this household's."""

    code = "pin_wrong"
    sentence = "密码不对，{then}。"
    fixed_by = "村民"


class PinLocked(Refused):
    """Too many wrong tries: rest, or reset at the counter."""

    code = "pin_locked"
    sentence = "密码输错次数太多，{until}。"
    fixed_by = "店员"


def change_pin(
    database: Database, *, village: str, scan_ticket: str, old: str, new: str, by: str, at: datetime
) -> str:
    """Give a household that knows its PIN and has its card a new one; return the household's id.

    No second person is needed: the card and the old PIN are two things that no member of staff has. A wrong
    old PIN counts as a try.

    Raises PinInvalid, PinTooSimple, PinWrong, PinLocked, PinMissing, PinTooNew, CardNotScanned,
    TicketExpired, VillageUnknown, and those of `scanned_ticket` and `roster.check_card`.

    Example:
        change_pin(database, village="chayuan", scan_ticket=scan.scan_ticket, old="271828", new="161803",
                   by=clerk, at=now)
    """
    digest = digest_pin(new)
    with database.reading() as session:
        ticket = scanned_ticket(session, village=village, scan_ticket=scan_ticket, at=at)
    who = {"village": village, "participant": ticket.participant_id}
    prove_pin(database, village=village, participant=ticket.participant_id, pin=old, typed=False, at=at)
    with database.writing() as session:
        roster.check_card(session, **who, card=ticket.card_id)
        row = lock_pin(session, village, ticket.participant_id)
        if row is None:
            raise PinMissing()
        renew(row, digest, by=by, at=at)
        write_pin_event(session, "changed", **who, card=ticket.card_id, by=by, second=None, at=at)
    return ticket.participant_id


def prove_pin(
    database: Database, *, village: str, participant: str, pin: str, typed: bool, at: datetime
) -> None:
    """Check a PIN; raises PinWrong or PinLocked once the try is on disk, PinMissing or PinTooNew without one.

    Args:
        typed: nobody saw the card.

    Example:
        prove_pin(database, village="chayuan", participant=wang.id, pin="271828", typed=False, at=now)
    """
    with database.writing() as session:
        digest, wrong = _count_try(session, village=village, participant=participant, typed=typed, at=at)
    # Checked outside any transaction: it takes 20 ms, which no other till should wait for.
    if not matches(digest, pin):
        raise PinWrong(then=_after(wrong))
    with database.writing() as session:
        row = lock_pin(session, village, participant)
        if row is not None:
            row.wrong, row.locked_until = 0, None


def matches(digest: str, pin: str) -> bool:
    """Return True if `pin` is the one that was digested."""
    before_slow_work("checking a PIN")
    try:
        with HASHING:
            return HASHER.verify(digest, pin[:12])
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def _count_try(
    session: Session, *, village: str, participant: str, typed: bool, at: datetime
) -> tuple[str, int]:
    """Count one try as wrong until it is shown to be right; raises PinLocked while tries are not taken."""
    row = lock_pin(session, village, participant)
    if row is None:
        raise PinMissing()
    if not counts(set_at=row.set_at, at=at, typed=typed):
        raise PinTooNew()
    if row.wrong >= SHUT_AFTER:
        raise PinLocked(until=_UNTIL_RESET)
    if row.locked_until is not None and row.locked_until > at:
        minutes = ceil((row.locked_until - at).total_seconds() / 60)
        raise PinLocked(until=f"请{minutes}分钟后再试{_OR_SECOND}")
    row.wrong += 1
    row.locked_until = at + RESTS if row.wrong == REST_AFTER else None
    return row.digest, row.wrong


def _after(wrong: int) -> str:
    """Return what the household may do after so many wrong tries, in words."""
    if wrong >= SHUT_AFTER:
        return _UNTIL_RESET
    if wrong == REST_AFTER:
        return f"请{RESTS.seconds // 60}分钟后再试{_OR_SECOND}"
    return f"还可以试{(REST_AFTER if wrong < REST_AFTER else SHUT_AFTER) - wrong}次，请重新输入"
