"""Columns for other rooms' statements: the name of a row's group, the groups of a name."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_
from sqlmodel import col, select

from pointsbank.villages.models import GroupRow


def group_name_column(group: Any, *, village: str) -> ColumnElement[str]:
    """Return a column with the name of the group whose id stands in another one; empty without a group.

    Example:
        select(ParticipantRow.code, villages.group_name_column(ParticipantRow.group_id, village="cy"))
    """
    named = select(GroupRow.name).where(GroupRow.in_village(village), col(GroupRow.id) == group)
    return func.coalesce(named.scalar_subquery(), "")


def groups_named(*, village: str, words: Collection[str], beginning: str = "") -> Select[Any]:
    """Return the statement that selects the ids of the groups of this name, closed ones too.

    Args:
        words: the name in small letters, in each of its spellings.
        beginning: those too whose name begins with it; empty for none.

    Example:
        ParticipantRow.group_id.in_(villages.groups_named(village="cy", words=["一组", "1组"]))
    """
    name = func.lower(col(GroupRow.name))
    ways = [name.in_(words), *([name.startswith(beginning, autoescape=True)] if beginning else [])]
    return select(col(GroupRow.id)).where(GroupRow.in_village(village), or_(*ways))
