"""The roster page by page, and the search in it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.database import execute, table_of
from pointsbank.roster.models import ParticipantRow
from pointsbank.roster.participants import Participant, is_askable, views
from pointsbank.roster.search import query_words
from pointsbank.text import narrow

MOST_AT_ONCE = 200

_table = table_of(ParticipantRow)


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
) -> Page:
    """Participants by code, or those found by name, code, pinyin or initials, the very code first.

    `group` is a group's name or id. A page costs the same however far one has turned.
    """
    limit = max(1, min(limit, MOST_AT_ONCE))
    found = _matching(session, village=village, query=query, group=group, kind=kind)
    if found is None:
        return Page([], None)
    rows: list[Any] = []
    exact = found.where(_table.c.code == narrow(query))
    if query.strip() and after is None:
        rows += execute(session, exact).all()
    others = found.where(_table.c.code != narrow(query)) if query.strip() else found
    if after is not None:
        others = others.where(_table.c.sort_key > _cursor(after))
    rows += execute(session, others.order_by(_table.c.sort_key).limit(limit + 1 - len(rows))).all()
    shown = views(session, rows[:limit], village=village)
    if len(rows) <= limit:
        return Page(shown, None)
    # The exact hit stands out of order: the next page goes on behind the last of the others.
    return Page(shown, shown[-1].sort_key if shown[-1].code != narrow(query) else "0")


def _matching(session: Session, *, village: str, query: str, group: str | None, kind: str | None) -> Any:
    """The query for all that match, or None when nothing can."""
    found = select(_table).where(_table.c.village_id == village)
    if kind:
        found = found.where(_table.c.kind == kind)
    if group:
        groups = [g.id for g in villages.groups(session, village=village) if group in (g.id, g.name)]
        found = found.where(_table.c.group_id.in_(groups))
    words = query_words(query[:100])
    if not all(is_askable(word) for word in [*words, kind or "-"]):
        return None
    for word in words:
        found = found.where(_table.c.search_key.contains(word, autoescape=True))
    return found


def _cursor(after: str) -> str:
    """A cursor as we gave it; raises CursorInvalid."""
    if len(after) > 600 or not all(letter in "0123456789abcdef" for letter in after):
        raise ledger.problems.CursorInvalid()
    return after
