"""Statements and columns that lists are made of: the roster itself, and who stands behind an id."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlmodel import col

from pointsbank import ledger, villages
from pointsbank.labels.shown_status import LEFT_POST
from pointsbank.roster.finding import fit_column
from pointsbank.roster.models import ParticipantRow
from pointsbank.roster.ranking import read_query


class RosterRow(NamedTuple):
    """A participant as the list of the roster has it; `hit` is how well it fits a search (`Fit`).

    `status` as `labels.shown_status.shown_status` has it.
    """

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
        query: what is searched for, so that who fits best can stand first.
        groups: only of these groups (ids); None for the whole village.

    Example:
        execute(session, roster.roster_query(village="cy").order_by("sort_key")).first().name  # "王建国"
    """
    person = col(ParticipantRow.id)
    given: dict[str, Any] = {
        "group": villages.group_name_column(col(ParticipantRow.group_id), village=village),
        "points": ledger.balance_column(person, village=village, unit=ledger.POINTS),
        "honour": ledger.balance_column(person, village=village, unit=ledger.HONOUR),
        "status": case((_has_left_post(), LEFT_POST), else_=col(ParticipantRow.status)),
        "hit": fit_column(read_query(query), village=village),
    }
    selected = select(*ParticipantRow.columns_of(RosterRow, **given)).where(
        ParticipantRow.in_village(village), col(ParticipantRow.erased_at).is_(None)
    )
    if groups is not None:
        selected = selected.where(col(ParticipantRow.group_id).in_(sorted(groups)))
    return selected


def _has_left_post() -> ColumnElement[bool]:
    """Return whether a participant is a keeper who is closed, as a column."""
    return and_(col(ParticipantRow.kind) == "keeper", col(ParticipantRow.status) == "closed")


def ids_within(groups: Collection[str], *, village: str) -> Select[Any]:
    """Return the statement that selects the ids of the participants of these groups (ids).

    Example:
        RedemptionRow.participant_id.in_(roster.ids_within([first.id], village="cy"))
    """
    inside = col(ParticipantRow.group_id).in_(sorted(groups))
    return select(col(ParticipantRow.id)).where(ParticipantRow.in_village(village), inside)


def active_ids(kinds: Collection[str], *, village: str) -> Select[Any]:
    """Return the statement that selects the ids of the participants of these kinds that are active now.

    Who is away, suspended or closed is left out.

    Example:
        session.exec(roster.active_ids(["household"], village="cy")).all()
    """
    return select(col(ParticipantRow.id)).where(
        ParticipantRow.in_village(village),
        col(ParticipantRow.kind).in_(sorted(kinds)),
        col(ParticipantRow.status) == "active",
    )


def code_column(participant: Any, *, village: str) -> ColumnElement[str]:
    """Return a column with the code, made sortable, of the participant whose id stands in another one.

    Example:
        select(RedemptionRow.id, roster.code_column(RedemptionRow.participant_id, village="cy"))
    """
    named = select(col(ParticipantRow.sort_key)).where(
        ParticipantRow.in_village(village), col(ParticipantRow.id) == participant
    )
    return func.coalesce(named.scalar_subquery(), "")
