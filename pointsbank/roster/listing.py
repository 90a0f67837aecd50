"""Lists the roster page by page, and searches it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from pointsbank import ledger, villages
from pointsbank.roster.models import ParticipantRow
from pointsbank.roster.search import query_words
from pointsbank.roster.stored import Participant, is_storable, stored
from pointsbank.text import narrow

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
    """Return participants by code, or those found by name, code, pinyin or initials, an exact code first.

    A page costs the same however far one has turned: the cursor is the sort key of the last row.

    Args:
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
    conditions = _conditions(session, village=village, query=query, group=group, kind=kind)
    if conditions is None:
        return Page([], None)
    if groups is not None:
        conditions.append(col(ParticipantRow.group_id).in_(sorted(groups)))
    found: list[Participant] = []
    if query.strip():
        if after is None:
            found = stored(session, village, *conditions, col(ParticipantRow.code) == narrow(query))
        conditions.append(col(ParticipantRow.code) != narrow(query))
    if after is not None:
        conditions.append(col(ParticipantRow.sort_key) > _cursor(after))
    found += stored(session, village, *conditions, limit=limit + 1 - len(found))
    if len(found) <= limit:
        return Page(found, None)
    # The exact hit stands out of order: the next page goes on behind the last of the others.
    last = found[limit - 1]
    return Page(found[:limit], last.sort_key if last.code != narrow(query) else "0")


def _conditions(
    session: Session, *, village: str, query: str, group: str | None, kind: str | None
) -> list[ColumnElement[bool]] | None:
    """Return the conditions of all that match, or None when nothing can."""
    words = query_words(query[:100])
    if not all(is_storable(word) for word in [*words, kind or "-"]):
        return None
    found = [col(ParticipantRow.search_key).contains(word, autoescape=True) for word in words]
    if kind:
        found.append(col(ParticipantRow.kind) == kind)
    if group:
        known = villages.groups(session, village=village, also_closed=True)
        groups = [g.id for g in known if group in (g.id, g.name)]
        found.append(col(ParticipantRow.group_id).in_(groups))
    return found


def _cursor(after: str) -> str:
    """Return a cursor if it is one that was given out; raise CursorInvalid otherwise."""
    if len(after) > 600 or not all(letter in "0123456789abcdef" for letter in after):
        raise ledger.problems.CursorInvalid()
    return after
