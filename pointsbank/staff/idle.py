"""After how long without a request a session ends, by role, and who notes when it was used.

The more a role may do, the shorter: whoever sits down at a screen that was left alone may do it too. Of
several roles the shortest counts.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as WaitedTooLong
from sqlmodel import col, or_

from pointsbank.database import Database, UtcDateTime, execute
from pointsbank.errors import Problem
from pointsbank.staff.digests import digest
from pointsbank.staff.models import ApiTokenRow, StaffSessionRow
from pointsbank.staff.permissions import Role
from pointsbank.waiting import impatiently

IDLE: Mapping[Role, timedelta] = {
    # They reset passwords and see every village; what they do takes minutes at a desk.
    Role.ADMIN: timedelta(minutes=30),
    Role.COUNTY: timedelta(minutes=30),
    # Reading takes longer than writing, and a supervisor changes little.
    Role.SUPERVISOR: timedelta(hours=1),
    # People talk at a meeting before they decide, and the next score is typed when they have.
    Role.COMMITTEE: timedelta(hours=2),
    Role.LEADER: timedelta(hours=2),
    # From door to door, in a village where anybody may pick up a telephone.
    Role.INSPECTOR: timedelta(hours=2),
    # The counter stands in sight of the shop; nobody buys for an hour, and noon is long. What is dear needs
    # a second person there anyway.
    Role.CLERK: timedelta(hours=4),
}
SESSION_NOTED = timedelta(minutes=2)
"""A session's last use is written at most so often: a fifteenth of the shortest limit."""
TOKEN_NOTED = timedelta(hours=1)
"""A program asks all day long; nobody needs to know the minute."""
_PATIENCE = 0.2

_now = bindparam("now", type_=UtcDateTime)
# Never backwards: of two requests at once the later one counts.
_TOKEN_USED = (
    update(ApiTokenRow)
    .where(col(ApiTokenRow.digest) == bindparam("used"))
    .where(or_(col(ApiTokenRow.seen_at).is_(None), col(ApiTokenRow.seen_at) < _now))
    .values({col(ApiTokenRow.seen_at): _now})
)
_SESSION_USED = (
    update(StaffSessionRow)
    .where(col(StaffSessionRow.digest) == bindparam("used"), col(StaffSessionRow.seen_at) < _now)
    .values({col(StaffSessionRow.seen_at): _now})
)


def limit(roles: Iterable[tuple[str | None, Role]]) -> timedelta:
    """Return how long a session of somebody with these roles may rest; who has none is signed in for little.

    Example:
        >>> limit([("cy", Role.CLERK)]), limit([("cy", Role.CLERK), (None, Role.ADMIN)])
        (datetime.timedelta(seconds=14400), datetime.timedelta(seconds=1800))
    """
    return min((IDLE[role] for _, role in roles), default=min(IDLE.values()))


def note_use(
    database: Database, *, token: str, program: bool, seen_at: datetime | None, at: datetime
) -> None:
    """Write down that a session or an API token was used, unless that was done a moment ago.

    Nobody waits for it and nothing fails by it: where the disk is full or others write, the next use is
    noted.

    Args:
        program: it is an API token, else a session's.
        seen_at: when its last use was noted.

    Example:
        staff.note_use(database, token=cookie, program=False, seen_at=me.seen_at, at=now)
    """
    every = TOKEN_NOTED if program else SESSION_NOTED
    if seen_at is not None and at - seen_at < every:
        return
    used = _TOKEN_USED if program else _SESSION_USED
    try:
        with impatiently(_PATIENCE), database.writing() as session:
            execute(session, used, {"used": digest(token), "now": at})
    except (DBAPIError, WaitedTooLong, Problem):
        return
