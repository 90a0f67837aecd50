"""Tries of a PIN on a household's own telephone: counted apart from the till's, with a pause that grows.

Whoever found a card can make its telephone wait, never the till: there the household is served as before. No
number of wrong tries shuts the telephone for good, since nobody but the finder would be to blame for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlmodel import Session

from pointsbank.database import Database
from pointsbank.market.pin_models import PinRow
from pointsbank.market.pin_tries import REST_AFTER, PinLocked, PinWrong, matches
from pointsbank.market.pins import PinMissing, lock_pin

_FIRST, _LONGEST = timedelta(minutes=15), timedelta(hours=24)
SEEN_AFTER = 3
"""So many wrong tries are no slip of the finger: who serves the household is told of them."""

_ELSEWHERE = "柜台照常能办；卡要是不在家里人手上，请马上到柜台或打电话挂失"


@dataclass(frozen=True, slots=True)
class OwnTries:
    """Wrong tries on a telephone since the last right one, and until when it waits."""

    wrong: int
    until: datetime | None


def pause_after(wrong: int) -> timedelta | None:
    """Return how long the telephone waits after so many wrong tries in a row.

    Five are free, then a quarter of an hour; each further one doubles it, up to a day. A finder gets seven
    tries on the first day and, in the end, one a day.

    Example:
        >>> [pause_after(wrong) for wrong in (0, 1, 4)]
        [None, None, None]
        >>> [int(pause_after(wrong).total_seconds()) // 60 for wrong in (5, 6, 7, 11, 12, 400)]
        [15, 30, 60, 960, 1440, 1440]
    """
    if wrong < REST_AFTER:
        return None
    # More would double beyond what a number of days can be.
    return min(_FIRST * 2 ** min(wrong - REST_AFTER, 10), _LONGEST)


def prove_own_pin(database: Database, *, village: str, participant: str, pin: str, at: datetime) -> None:
    """Check a PIN that a household (id) types on its own telephone; a right one takes its count back.

    Raises:
        PinWrong, PinLocked: it is wrong, or the telephone waits; the try is on disk then.
        PinMissing: there is none.

    Example:
        market.prove_own_pin(database, village="chayuan", participant=wang.id, pin="271828", at=now)
    """
    with database.writing() as session:
        digest, wrong = _count_try(session, village, participant, at=at)
    # Checked outside any transaction: it takes 20 ms, which no till should wait for.
    if not matches(digest, pin):
        pause = pause_after(wrong)
        then = f"{_wait(pause)}。{_ELSEWHERE}" if pause else f"还可以试{REST_AFTER - wrong}次，请重新输入"
        raise PinWrong(then=then)
    with database.writing() as session:
        row = lock_pin(session, village, participant)
        # A PIN renewed meanwhile has its own count.
        if row is not None and row.digest == digest:
            row.own_wrong, row.own_until = 0, None


def own_tries(session: Session, *, village: str, participant: str) -> OwnTries | None:
    """Return the wrong tries on a household's (id) telephone where they are more than slips; None else.

    Example:
        market.own_tries(session, village="chayuan", participant=wang.id).wrong  # 5
    """
    row = session.get(PinRow, (village, participant))
    if row is None or row.own_wrong < SEEN_AFTER:
        return None
    return OwnTries(row.own_wrong, row.own_until)


def _count_try(session: Session, village: str, participant: str, *, at: datetime) -> tuple[str, int]:
    """Count one try as wrong until it is shown to be right; raise PinLocked while none is taken."""
    row = lock_pin(session, village, participant)
    if row is None:
        raise PinMissing()
    if row.own_until is not None and row.own_until > at:
        raise PinLocked(until=f"{_wait(row.own_until - at)}。{_ELSEWHERE}")
    row.own_wrong += 1
    pause = pause_after(row.own_wrong)
    row.own_until = at + pause if pause else None
    return row.digest, row.own_wrong


def _wait(pause: timedelta) -> str:
    """Return when to try again, in words."""
    minutes = ceil(pause.total_seconds() / 60)
    return f"请{minutes}分钟后再试" if minutes < 60 else f"请{ceil(minutes / 60)}小时后再试"
