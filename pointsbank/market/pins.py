"""A household's PIN: six digits, kept as an argon2id digest, its wrong tries counted in the database.

A try is counted before it is checked, in a transaction of its own; a right one takes the count back. So
neither a rollback nor many tries at once ever give more guesses than there are.
"""

import re
from datetime import datetime, timedelta
from math import ceil
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session

from pointsbank import roster
from pointsbank.database import Database
from pointsbank.errors import Invalid, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.market import attempts
from pointsbank.market.models import PinRow
from pointsbank.slow_work import before_slow_work
from pointsbank.waiting import HASHING

REST_AFTER, RESTS = 5, timedelta(minutes=15)
SHUT_AFTER = 10

_SIX_DIGITS = re.compile(r"[0-9]{6}")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_RUNS = ("0123456789", "9876543210")

PinDigest = NewType("PinDigest", str)
"""What is kept of a PIN, made by `digest_pin` before the transaction that stores it."""


class PinInvalid(Invalid):
    """A PIN is not six digits."""

    code = "pin_invalid"
    sentence = "密码应为6位数字，请重新输入。"
    fixed_by = "村民"


class PinTooSimple(Invalid):
    """A PIN is six equal or six consecutive digits, which everybody tries first."""

    code = "pin_too_simple"
    sentence = "密码太简单，请不要用相同或连续的数字。"
    fixed_by = "村民"


class PinExists(Refused):
    """The household has a PIN; it is changed with the old one, or reset."""

    code = "pin_exists"
    sentence = "这一户已经设过密码，请用“重设兑换密码”。"
    fixed_by = "店员"


class PinMissing(Refused):
    """The household has no PIN yet."""

    code = "pin_missing"
    then = "这一户还没有设密码，请当面设置，或请第二位工作人员登录确认"
    sentence = f"{then}。"
    fixed_by = "店员"


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


def digest_pin(pin: str) -> PinDigest:
    """Return the digest to keep of a new PIN; takes some 20 ms, so call it before the transaction.

    Raises PinInvalid, PinTooSimple.

    Example:
        digest_pin("271828")  # "$argon2id$v=19$m=19456,t=2,p=1$…"
    """
    _check_new(pin)
    before_slow_work("hashing a PIN")
    with HASHING:
        return PinDigest(_HASHER.hash(pin))


def set_pin(
    session: Session, *, village: str, participant: str, pin: PinDigest, by: str, at: datetime
) -> None:
    """Set the first PIN of a household (id), with the household at the counter.

    Raises PinExists, and those of `roster.by_id`.

    Example:
        set_pin(session, village="chayuan", participant=household.id, pin=digest, by=clerk, at=now)
    """
    if _row(session, village, participant) is not None:
        raise PinExists()
    roster.by_id(session, village=village, id=participant)
    session.add(PinRow(village_id=village, participant_id=participant, digest=pin, set_by=by, set_at=at))
    # Another counter set one after we had read.
    with refusing_duplicates(PinExists()):
        session.flush()
    _journal(session, "pin_set", village=village, participant=participant, by=by, at=at)


def reset_pin(
    session: Session, *, village: str, participant: str, pin: PinDigest, by: str, at: datetime
) -> None:
    """Give a household that forgot its PIN a new one at the counter; its wrong tries are forgotten.

    Raises PinMissing.

    Example:
        reset_pin(session, village="chayuan", participant=household.id, pin=digest, by=clerk, at=now)
    """
    row = _row(session, village, participant)
    if row is None:
        raise PinMissing()
    _renew(row, pin, by=by, at=at)
    _journal(session, "pin_reset", village=village, participant=participant, by=by, at=at)


def change_pin(
    database: Database, *, village: str, participant: str, old: str, new: str, by: str, at: datetime
) -> None:
    """Give a household that knows its PIN a new one; a wrong old one counts as a try.

    Raises PinInvalid, PinTooSimple, PinWrong, PinLocked, PinMissing.
    """
    digest = digest_pin(new)
    prove_pin(database, village=village, participant=participant, pin=old, at=at)
    with database.writing() as session:
        row = _row(session, village, participant)
        if row is None:
            raise PinMissing()
        _renew(row, digest, by=by, at=at)
        _journal(session, "pin_changed", village=village, participant=participant, by=by, at=at)


def forget(session: Session, *, village: str, participant: str) -> None:
    """Delete the PIN of a household (id) that is erased; no other table of the market holds words about it.

    Example:
        forget(session, village="chayuan", participant=household.id)
    """
    row = _row(session, village, participant)
    if row is not None:
        session.delete(row)


def has_pin(session: Session, *, village: str, participant: str) -> bool:
    """Return True if a household (id) has set a PIN.

    Example:
        has_pin(session, village="chayuan", participant=household.id)  # True
    """
    return session.get(PinRow, (village, participant)) is not None


def prove_pin(database: Database, *, village: str, participant: str, pin: str, at: datetime) -> None:
    """Check a PIN; raises PinWrong, PinLocked or PinMissing, and only after the try is on disk."""
    with database.writing() as session:
        digest, wrong = _count_try(session, village=village, participant=participant, at=at)
    # Checked outside any transaction: it takes 20 ms, which no other till should wait for.
    if not matches(digest, pin):
        raise PinWrong(then=_after(wrong))
    with database.writing() as session:
        row = _row(session, village, participant)
        if row is not None:
            row.wrong, row.locked_until = 0, None


def matches(digest: str, pin: str) -> bool:
    """Return True if `pin` is the one that was digested."""
    before_slow_work("checking a PIN")
    try:
        with HASHING:
            return _HASHER.verify(digest, pin[:12])
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def _count_try(session: Session, *, village: str, participant: str, at: datetime) -> tuple[str, int]:
    """Count one try as wrong until it is shown to be right; raises PinLocked while tries are not taken."""
    row = _row(session, village, participant)
    if row is None:
        raise PinMissing()
    if row.wrong >= SHUT_AFTER:
        raise PinLocked(until="请村民到场，当面重置密码后再用")
    if row.locked_until is not None and row.locked_until > at:
        minutes = ceil((row.locked_until - at).total_seconds() / 60)
        raise PinLocked(until=f"请{minutes}分钟后再试，或请第二位工作人员登录确认")
    row.wrong += 1
    row.locked_until = at + RESTS if row.wrong == REST_AFTER else None
    return row.digest, row.wrong


def _after(wrong: int) -> str:
    """Return what the household may do after so many wrong tries, in words."""
    if wrong >= SHUT_AFTER:
        return "请村民到场，当面重置密码后再用"
    if wrong == REST_AFTER:
        return f"请{RESTS.seconds // 60}分钟后再试，或请第二位工作人员登录确认"
    return f"还可以试{(REST_AFTER if wrong < REST_AFTER else SHUT_AFTER) - wrong}次，请重新输入"


def _row(session: Session, village: str, participant: str) -> PinRow | None:
    """Return the row of the household's PIN, locked, or None."""
    return session.get(PinRow, (village, participant), with_for_update=True)


def _renew(row: PinRow, pin: PinDigest, *, by: str, at: datetime) -> None:
    """Replace the PIN and forget wrong tries."""
    row.digest, row.wrong, row.locked_until, row.set_by, row.set_at = pin, 0, None, by, at


def _check_new(pin: str) -> None:
    """Raise PinInvalid or PinTooSimple."""
    if not isinstance(pin, str) or not _SIX_DIGITS.fullmatch(pin):
        raise PinInvalid()
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise PinTooSimple()


def _journal(session: Session, reason: str, *, village: str, participant: str, by: str, at: datetime) -> None:
    """Write down who set a household's PIN and when."""
    attempts.note(session, village=village, kind="pin", reason=reason, participant=participant, by=by, at=at)
