"""Statements and columns that lists are made of: the roster itself, and who stands behind an id."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, literal, select
from sqlmodel import col

from pointsbank import ledger, villages
from pointsbank.roster.models import ParticipantRow
from pointsbank.roster.search import query_words
from pointsbank.text import narrow


class RosterRow(NamedTuple):
    """A participant as the list of the roster has it; `hit` is 0 for the exact code searched for, else 1."""

    id: str
    code: str
    name: str
    kind: str
    group_id: str | None
    people: int
    address: str
    status: str
    search_key: str
    sort_key: str
    group: str
    points: int
    honour: int
    hit: int


def roster_query(*, village: str, query: str = "", groups: Collection[str] | None = None) -> Select[Any]:
    """Return the statement that selects the roster (`RosterRow`), erased participants left out.

    Args:
        query: what is searched for, so that an exact code can stand first.
        groups: only of these groups (ids); None for the whole village.

    Example:
        execute(session, roster.roster_query(village="cy").order_by("sort_key")).first().name  # "王建国"
    """
    person, code = col(ParticipantRow.id), col(ParticipantRow.code)
    given: dict[str, Any] = {
        "group": villages.group_name_column(col(ParticipantRow.group_id), village=village),
        "points": ledger.balance_column(person, village=village, unit=ledger.POINTS),
        "honour": ledger.balance_column(person, village=village, unit=ledger.HONOUR),
        "hit": case((code == narrow(query), 0), else_=1) if query else literal(1),
    }
    selected = select(*ParticipantRow.columns_of(RosterRow, **given)).where(
        ParticipantRow.in_village(village), col(ParticipantRow.erased_at).is_(None)
    )
    if groups is not None:
        selected = selected.where(col(ParticipantRow.group_id).in_(sorted(groups)))
    return selected


def code_column(participant: Any, *, village: str) -> ColumnElement[str]:
    """Return a column with the code, made sortable, of the participant whose id stands in another one.

    Example:
        select(RedemptionRow.id, roster.code_column(RedemptionRow.participant_id, village="cy"))
    """
    named = select(col(ParticipantRow.sort_key)).where(
        ParticipantRow.in_village(village), col(ParticipantRow.id) == participant
    )
    return func.coalesce(named.scalar_subquery(), "")


def ids_found(*, village: str, query: str) -> Select[Any]:
    """Return the statement that selects the ids of the participants that a search finds.

    Example:
        RedemptionRow.participant_id.in_(roster.ids_found(village="cy", query="wjg"))
    """
    words = [col(ParticipantRow.search_key).contains(word, autoescape=True) for word in query_words(query)]
    return select(col(ParticipantRow.id)).where(ParticipantRow.in_village(village), *words)
