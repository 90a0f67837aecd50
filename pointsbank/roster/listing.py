"""Lists the roster page by page, and searches it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlmodel import Session, col

from pointsbank import ledger, villages
from pointsbank.database import execute
from pointsbank.roster.finding import fit_column, matches
from pointsbank.roster.models import ParticipantRow
from pointsbank.roster.ranking import Query, read_query
from pointsbank.roster.stored import Participant, is_storable, stored

MAXIMUM_PAGE = 200


@dataclass(frozen=True, slots=True)
class Page:
    """Some participants, and the cursor of the next page if there is one."""

    items: list[Participant]
    next: str | None


def listing(
    session: Session,
    *,
    village: str,
    query: str = "",
    group: str | None = None,
    kind: str | None = None,
    after: str | None = None,
    limit: int = 50,
    groups: Collection[str] | None = None,
) -> Page:
    """Return participants by code, or those whom a search finds, best fit first (`ranking.Fit`).

    A page costs the same however far one has turned: the cursor is where the last row stands in the order.

    Args:
        query: code, name, pinyin, initials, group or card number.
        group: a group's name or id.
        after: the cursor of the page before.
        limit: 1 to 200 participants.
        groups: only of these groups (ids), for whoever may see no other; None for the whole village.

    Raises:
        CursorInvalid: `after` is no cursor.

    Example:
        [one.name for one in roster.listing(session, village="cy", query="wxy").items] == ["王秀英"]
    """
    limit = max(1, min(limit, MAXIMUM_PAGE))
    asked = read_query(query)
    conditions = _conditions(session, village=village, query=asked, group=group, kind=kind)
    if groups is not None:
        conditions.append(col(ParticipantRow.group_id).in_(sorted(groups)))
    level = fit_column(asked, village=village)
    if after is not None:
        best, behind = _cursor(after)
        here = and_(level == best, col(ParticipantRow.sort_key) > behind)
        conditions.append(or_(level > best, here))
    first = level if asked.words else None
    found = stored(session, village, *conditions, limit=limit + 1, first=first)
    if len(found) <= limit:
        return Page(found, None)
    last = found[limit - 1]
    where = select(level.label("fit")).where(
        ParticipantRow.in_village(village), col(ParticipantRow.id) == last.id
    )
    return Page(found[:limit], f"{execute(session, where).scalar_one()}{last.sort_key}")


def _conditions(
    session: Session, *, village: str, query: Query, group: str | None, kind: str | None
) -> list[ColumnElement[bool]]:
    """Return the conditions of all that match."""
    found = [matches(query, village=village)] if query.words else []
    if kind:
        found.append(col(ParticipantRow.kind) == kind if is_storable(kind) else false())
    if group:
        known = villages.groups(session, village=village, also_closed=True)
        groups = [g.id for g in known if group in (g.id, g.name)]
        found.append(col(ParticipantRow.group_id).in_(groups))
    return found


def _cursor(after: str) -> tuple[int, str]:
    """Return how well the last row fits, and its sort key; raise CursorInvalid for what was not given out."""
    if not 1 <= len(after) <= 600 or not all(letter in "0123456789abcdef" for letter in after):
        raise ledger.problems.CursorInvalid()
    return int(after[0], 16), after[1:]
