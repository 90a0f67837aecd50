"""Columns for other rooms' statements: the name of a row's group."""

from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from pointsbank.villages.models import GroupRow


def group_name_column(group: Any, *, village: str) -> ColumnElement[str]:
    """Return a column with the name of the group whose id stands in another one; empty without a group.

    Example:
        select(ParticipantRow.code, villages.group_name_column(ParticipantRow.group_id, village="cy"))
    """
    named = select(GroupRow.name).where(GroupRow.in_village(village), col(GroupRow.id) == group)
    return func.coalesce(named.scalar_subquery(), "")
