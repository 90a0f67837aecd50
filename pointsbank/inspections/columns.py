"""Statements of which the lists of inspections are made."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlmodel import col

from pointsbank import roster, villages
from pointsbank.inspections.models import InspectionFaultRow, InspectionRoundRow, InspectionRow


def inspections_query(*, village: str, groups: Collection[str] | None = None) -> Select[Any]:
    """Return the statement that selects a village's inspections; `state` as `labels.inspection_state`.

    Args:
        groups: only households of these groups (ids); None for the whole village.

    Example:
        session.execute(inspections.inspections_query(village="chayuan"))
    """
    row, fault = InspectionRow, InspectionFaultRow
    names = ("id", "round_id", "participant_id", "verdict", "due_on", "inspected_on", "inspected_at")
    columns: list[Any] = [col(getattr(row, name)).label(name) for name in (*names, "inspected_by", "words")]
    state = case(
        (col(row.due_on).is_(None), "no_faults"),
        (col(row.looked_at).is_(None), "handed_over"),
        else_="looked_again",
    )
    of_it = (fault.in_village(village), col(fault.inspection_id) == col(row.id))
    faults = select(func.count()).select_from(fault).where(*of_it).scalar_subquery()
    query: Select[Any] = select(*columns, state.label("state"), faults.label("faults")).where(
        row.in_village(village)
    )
    return _within(query, col(row.participant_id), village, groups)


def faults_query(*, village: str, groups: Collection[str] | None = None) -> Select[Any]:
    """Return the statement that selects the faults that inspections found.

    Args:
        groups: as `inspections_query`.

    Example:
        session.execute(inspections.faults_query(village="chayuan"))
    """
    row, fault = InspectionRow, InspectionFaultRow
    of_fault = ("number", "item_code", "item_title", "quantity", "status")
    of_row = ("id", "participant_id", "due_on", "inspected_on", "inspected_at", "looked_on")
    columns: list[Any] = [
        *(col(getattr(fault, name)).label(name) for name in of_fault),
        *(col(getattr(row, name)).label(name) for name in of_row),
    ]
    query: Select[Any] = (
        select(*columns)
        .join(row, row.in_village_of(fault) & (col(row.id) == col(fault.inspection_id)))
        .where(fault.in_village(village), row.in_village(village))
    )
    return _within(query, col(row.participant_id), village, groups)


def rounds_query(*, village: str, groups: Collection[str] | None = None) -> Select[Any]:
    """Return the statement that selects the walks; `done`: households looked at.

    Args:
        groups: as `inspections_query`.

    Example:
        session.execute(inspections.rounds_query(village="chayuan"))
    """
    row, one = InspectionRoundRow, InspectionRow
    names = ("id", "group_id", "begun_on", "begun_at", "begun_by", "ended_at")
    columns: list[Any] = [col(getattr(row, name)).label(name) for name in names]
    columns.append(villages.group_name_column(col(row.group_id), village=village).label("group"))
    for verdict in (None, "clean", "fair", "dirty"):
        mine = [one.in_village(village), col(one.round_id) == col(row.id)]
        mine += [col(one.verdict) == verdict] if verdict else []
        counted = select(func.count()).select_from(one).where(*mine).scalar_subquery()
        columns.append(counted.label(verdict or "done"))
    query: Select[Any] = select(*columns).where(row.in_village(village))
    return query if groups is None else query.where(col(row.group_id).in_(sorted(groups)))


def _within(query: Select[Any], whose: Any, village: str, groups: Collection[str] | None) -> Select[Any]:
    return query if groups is None else query.where(whose.in_(roster.ids_within(groups, village=village)))
