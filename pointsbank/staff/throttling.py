"""Counts tries by kind and key before they are judged, and lets a key that failed too often rest.

A try stands as a failure until it is shown to be right, so that many at once are not all judged before
the first is counted. A key names who guesses (a login at one address, in one browser, by one person), never a
neighbour.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from typing import NamedTuple

from sqlalchemy import bindparam, case, delete, text, update
from sqlmodel import Session, col

from pointsbank import database as databases
from pointsbank.database import Database, UtcDateTime
from pointsbank.errors import Problem, Refused
from pointsbank.outcomes import afterwards
from pointsbank.staff.models import ThrottleRow

LONGEST = timedelta(hours=4)
"""No key rests longer, however often it fails."""


class TooManyAttempts(Refused):
    """Too many failures lately; wait."""

    code = "too_many_attempts"
    sentence = "试错次数太多，请{minutes}分钟后再试。"
    fixed_by = "本人"


@dataclass(frozen=True)
class Limit:
    """At most `failures` within `within`, else the key rests for as long, and twice as long each time after.

    Args:
        wiped: a try that was right forgets all failures of its key, not only itself.
    """

    failures: int
    within: timedelta
    wiped: bool = False


class Try(NamedTuple):
    """What is tried (a name in `LIMITS`), and by whom: only the key's digest is stored."""

    kind: str
    key: str


LIMITS: Mapping[str, Limit] = {
    # A login together with where it is typed: an address, a browser known for it, or the person at the till.
    "sign_in": Limit(8, timedelta(minutes=15), wiped=True),
    # A login from all browsers that are not known for it; those that are never meet this limit.
    "sign_in_login": Limit(40, timedelta(minutes=15)),
    # A guess at a person's code, by where it is typed; six digits, three of a million are good at a time.
    "second_factor": Limit(5, timedelta(minutes=15), wiped=True),
    # The same from all places that are not known for the person.
    "second_factor_person": Limit(20, timedelta(minutes=15)),
    # Counted only for what is no code and no card: a right one is never refused for a neighbour's guesses.
    "setup_address": Limit(10, timedelta(minutes=15)),
    "card_address": Limit(60, timedelta(minutes=15)),
    # A guess at a judge's nine digits, by where it is typed: a handful are good, for an evening, until taken.
    # Never wiped: who has a code of his own would else guess on.
    "mark_code": Limit(20, timedelta(minutes=15)),
}


_MAKE_ROW = text(
    "INSERT INTO throttle (kind, key, failures, counted_from) VALUES (:kind, :key, :failures, :at)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=UtcDateTime))


def count_tries(database: Database, *tries: Try, at: datetime) -> None:
    """Count one failure for each of these keys, or none of them if one is resting.

    Raises:
        TooManyAttempts: a key failed too often; its sentence says for how many minutes it rests.

    Example:
        staff.count_tries(database, staff.Try("card_address", "10.0.0.7"), at=now)
    """
    # Looked at before the lock is taken: whoever goes on guessing does not make the tills wait.
    with database.reading() as session:
        for one in tries:
            _check(session.get(ThrottleRow, (one.kind, _digest(one.key))), at=at)
    with database.writing() as session:
        _forget_old(session, at=at)
        for one in tries:
            _count(session, one, at=at)


@contextmanager
def counted(database: Database, *tries: Try, wrong: type[Problem], at: datetime) -> Iterator[None]:
    """Count these tries, then judge inside the block: only what raises `wrong` stays counted.

    Raises:
        TooManyAttempts: as `count_tries`, before anything is judged.

    Example:
        with counted(database, Try("sign_in", f"{login}\naddress {address}"), wrong=SignInRefused, at=now):
            judge(password)
    """
    count_tries(database, *tries, at=at)
    try:
        yield
    except wrong:
        raise
    except Problem:
        _take_back(database, tries, right=False)
        raise
    with afterwards("taking back a right try"):
        _take_back(database, tries, right=True)


def _check(row: ThrottleRow | None, *, at: datetime) -> None:
    if row and row.rests_until and row.rests_until > at:
        raise TooManyAttempts(minutes=ceil((row.rests_until - at).total_seconds() / 60))


def _count(session: Session, one: Try, *, at: datetime) -> None:
    limit, key = LIMITS[one.kind], _digest(one.key)
    # The row is there before it is locked, so that two first failures at once are both counted.
    databases.execute(session, _MAKE_ROW, {"kind": one.kind, "key": key, "failures": 0, "at": at})
    row = session.get_one(ThrottleRow, (one.kind, key), with_for_update=True)
    _check(row, at=at)
    over = row.counted_from + limit.within if row.rests_until is None else row.rests_until + LONGEST
    if over <= at:
        row.failures, row.counted_from, row.rests_until = 0, at, None
    row.failures += 1
    if row.failures >= limit.failures:
        times = min(row.failures - limit.failures, 10)
        row.rests_until, row.counted_from = at + min(limit.within * 2**times, LONGEST), at
    session.flush()


def _take_back(database: Database, tries: tuple[Try, ...], *, right: bool) -> None:
    """Uncount tries that were not wrong; a right one wipes those before it too, where its limit says so."""
    with database.writing() as session:
        for one in tries:
            limit = LIMITS[one.kind]
            here = (col(ThrottleRow.kind) == one.kind, col(ThrottleRow.key) == _digest(one.key))
            if right and limit.wiped:
                databases.execute(session, delete(ThrottleRow).where(*here))
                continue
            fewer = col(ThrottleRow.failures) - 1
            rests = case((fewer < limit.failures, None), else_=col(ThrottleRow.rests_until))
            taken = (
                update(ThrottleRow)
                .where(*here, fewer >= 0)
                .values({col(ThrottleRow.failures): fewer, col(ThrottleRow.rests_until): rests})
            )
            databases.execute(session, taken)


def _forget_old(session: Session, *, at: datetime) -> None:
    since = col(ThrottleRow.counted_from)
    longest = max(limit.within for limit in LIMITS.values())
    old = (since < at - 2 * LONGEST) | ((since < at - longest) & col(ThrottleRow.rests_until).is_(None))
    databases.execute(session, delete(ThrottleRow).where(old))


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()
