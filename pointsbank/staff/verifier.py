"""Looks at rows that no entry tells of, sessions and what counts failures: do they fit together?

They come and go with every sign-in, so the log says nothing of them. What no program of ours ever wrote is
found all the same: a session that lasts longer than one does, a code that was used hours away from its time.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, SQLModel, col

from pointsbank.database import table_of
from pointsbank.ledger import Finding, VerifiedEntry
from pointsbank.raw_rows import raw_pages, unreadable
from pointsbank.staff.events import SIGN_INS
from pointsbank.staff.models import CodeUseRow, StaffEventRow, StaffRow, StaffSessionRow, ThrottleRow
from pointsbank.staff.second_factor import DRIFT
from pointsbank.staff.sessions import AWAITS_CODE, LASTS
from pointsbank.staff.throttling import LIMITS, LONGEST

_DIGEST = re.compile(r"[0-9a-f]{64}")
_HALF_MINUTE = timedelta(seconds=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = timedelta(hours=1)
"""By so much a clock may have been put right while a session lasted."""


def check_entries(session: Session, entries: Sequence[VerifiedEntry], *, village: str) -> Iterable[Finding]:
    """Return nothing: no entry tells of these rows."""
    return ()


def check_ends(session: Session, posted: Mapping[str, int], *, village: str) -> Iterator[str]:
    """Yield a sentence for each table of the installation with a row that cannot have come about."""
    people = {row.id for page in raw_pages(session, table_of(StaffRow)) for row in page}
    counted = (col(StaffEventRow.times) != 1, col(StaffEventRow.kind).not_in(SIGN_INS))
    checks: tuple[tuple[type[SQLModel], tuple[Any, ...], Callable[[Any], bool]], ...] = (
        (StaffSessionRow, (), lambda row: row.staff_id in people and _session_fits(row)),
        (CodeUseRow, (), lambda row: row.staff_id in people and _code_fits(row)),
        (ThrottleRow, (), _throttle_fits),
        # Only refused and other sign-ins of an hour are one row.
        (StaffEventRow, counted, lambda row: False),
    )
    for model, conditions, fits in checks:
        rows = (row for page in raw_pages(session, table_of(model), *conditions) for row in page)
        if any(unreadable(row) or not fits(row) for row in rows):
            yield f"{model.__tablename__} 里有程序不会写下的记录"


def _session_fits(row: Any) -> bool:
    """Return True if a session lasts as long as one does, and was used while it lasted."""
    lasts, used = AWAITS_CODE if row.awaits_code else LASTS, row.seen_at - row.signed_in_at
    return (
        _DIGEST.fullmatch(row.digest) is not None
        and row.ends_at - row.signed_in_at == lasts
        and -_CLOCK <= used <= lasts + _CLOCK
    )


def _code_fits(row: Any) -> bool:
    """Return True if a code was used in its half minute or a neighbour of it."""
    far: timedelta = abs(row.used_at - _EPOCH - row.step * _HALF_MINUTE)
    return far <= (DRIFT + 1) * _HALF_MINUTE


def _throttle_fits(row: Any) -> bool:
    """Return True if just those rest that failed often enough, and none for too long."""
    limit = LIMITS.get(row.kind)
    if limit is None or _DIGEST.fullmatch(row.key) is None or row.failures < 0:
        return False
    if row.rests_until is None:
        return bool(row.failures < limit.failures)
    rests = row.rests_until - row.counted_from
    return bool(row.failures >= limit.failures and timedelta(0) <= rests <= LONGEST)
