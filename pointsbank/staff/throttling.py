"""Counts failures by kind and key, and refuses a key that failed too often until it has rested."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from sqlalchemy import bindparam, delete, text
from sqlmodel import Session, col

from pointsbank import database
from pointsbank.database import UtcDateTime
from pointsbank.errors import Refused
from pointsbank.staff.models import ThrottleRow


class TooManyAttempts(Refused):
    """Too many failures lately; wait."""

    code = "too_many_attempts"
    sentence = "试错次数太多，请{minutes}分钟后再试。"
    fixed_by = "本人"


@dataclass(frozen=True)
class Limit:
    """At most `failures` within `within`, else the key rests for as long again."""

    failures: int
    within: timedelta


LIMITS: Mapping[str, Limit] = {
    "sign_in_login": Limit(8, timedelta(minutes=15)),
    "sign_in_address": Limit(40, timedelta(minutes=15)),
    "setup_address": Limit(10, timedelta(minutes=15)),
    "token_address": Limit(60, timedelta(minutes=15)),
    "card_address": Limit(60, timedelta(minutes=15)),
}


_MAKE_ROW = text(
    "INSERT INTO throttle (kind, key, failures, counted_from) VALUES (:kind, :key, :failures, :at)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=UtcDateTime))


def check(session: Session, *, kind: str, key: str, at: datetime) -> None:
    """Raise if this key is resting.

    Args:
        kind: a key of `LIMITS`.
        key: a login or an address; only its digest is stored.

    Raises:
        TooManyAttempts: the key failed too often; its sentence says for how many minutes it rests.

    Example:
        staff.check_throttle(session, kind="card_address", key="10.0.0.7", at=now)
    """
    row = session.get(ThrottleRow, (kind, _digest(key)))
    if row and row.rests_until and row.rests_until > at:
        minutes = ceil((row.rests_until - at).total_seconds() / 60)
        raise TooManyAttempts(minutes=minutes)


def count_failure(session: Session, *, kind: str, key: str, at: datetime) -> None:
    """Count one failure of this key; successes are not counted, since a busy till is no attack.

    Example:
        staff.count_failure(session, kind="card_address", key="10.0.0.7", at=now)
    """
    limit = LIMITS[kind]
    _forget_old(session, at=at)
    # The row is there before it is locked, so that two first failures at once are both counted.
    database.execute(session, _MAKE_ROW, {"kind": kind, "key": _digest(key), "failures": 0, "at": at})
    row = session.get_one(ThrottleRow, (kind, _digest(key)), with_for_update=True)
    if row.counted_from + limit.within <= at:
        row.failures, row.counted_from, row.rests_until = 0, at, None
    row.failures += 1
    if row.failures >= limit.failures:
        row.rests_until = at + limit.within
    session.flush()


def forgive(session: Session, *, kind: str, key: str) -> None:
    """Forget the failures of this key."""
    database.execute(
        session,
        delete(ThrottleRow).where(col(ThrottleRow.kind) == kind, col(ThrottleRow.key) == _digest(key)),
    )


def _forget_old(session: Session, *, at: datetime) -> None:
    longest = max(limit.within for limit in LIMITS.values()) * 2
    database.execute(session, delete(ThrottleRow).where(col(ThrottleRow.counted_from) < at - longest))


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()
