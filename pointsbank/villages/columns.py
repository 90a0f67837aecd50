"""Columns for other rooms' statements: the name of a row's group, the groups of a name."""

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


def groups_named(*, village: str, word: str, also_beginning: bool) -> Select[Any]:
    """Return the statement that selects the ids of the groups of this name, closed ones too.

    Args:
        word: the name in small letters.
        also_beginning: those too whose name begins with it.

    Example:
        ParticipantRow.group_id.in_(villages.groups_named(village="cy", word="一组", also_beginning=False))
    """
    name = func.lower(col(GroupRow.name))
    ways = [name == word, *([name.startswith(word, autoescape=True)] if also_beginning else [])]
    return select(col(GroupRow.id)).where(GroupRow.in_village(village), or_(*ways))
