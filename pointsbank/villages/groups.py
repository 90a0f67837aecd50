"""The groups a village is made of: 村民小组 or 网格.

What changes a group here is called by `roster` and `governing`, which write it into the village's log.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert
from sqlmodel import Session, col, select

from pointsbank.database import new_id
from pointsbank.errors import NotFound
from pointsbank.once import once_a_reading
from pointsbank.prepared import execute_many, fetch
from pointsbank.villages.models import GroupRow

_INSERT = insert(GroupRow)
# Whoever reads a participant reads them: at every scan.
_GROUPS = (
    select(col(GroupRow.id), col(GroupRow.name), col(GroupRow.position), col(GroupRow.closed_at))
    .where(GroupRow.in_village(bindparam("village")))
    .order_by(col(GroupRow.position))
)


class GroupUnknown(NotFound):
    """The village has no such group, or it is closed."""

    code = "group_unknown"
    sentence = "没有找到这个小组，请从列表中重新选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the village; `position` is its place in lists, from 1; a closed one takes nobody in."""

    id: str
    name: str
    position: int
    closed_at: datetime | None = None


def groups(session: Session, *, village: str, also_closed: bool = False) -> list[Group]:
    """Return the village's groups in their own order.

    Example:
        [group.name for group in villages.groups(session, village="cy")] == ["一组", "二组"]
    """
    return [one for one in _all(session, village=village) if also_closed or one.closed_at is None]


@once_a_reading
def _all(session: Session, *, village: str) -> tuple[Group, ...]:
    """Return all groups, closed ones too."""
    return tuple(fetch(session, _GROUPS, {"village": village}, into=Group).all())


def group(session: Session, *, village: str, group_id: str) -> Group:
    """Return one group that is not closed.

    Raises:
        GroupUnknown: there is none, or it is closed.

    Example:
        villages.group(session, village="cy", group_id=first.id).name == "一组"
    """
    return _open(session.get(GroupRow, (village, group_id))).into(Group)


def group_by_name(session: Session, *, village: str, name: str) -> Group:
    """Return the group of this name that is not closed.

    Raises:
        GroupUnknown: there is none.

    Example:
        villages.group_by_name(session, village="cy", name="一组").position == 1
    """
    for one in groups(session, village=village):
        if one.name == name.strip():
            return one
    raise GroupUnknown()


def add_groups(session: Session, *, village: str, names: Iterable[str]) -> list[Group]:
    """Add groups that are new at the end, open closed ones again, and return these; others stay.

    The caller has locked the village.

    Example:
        [one.name for one in villages.add_groups(session, village="cy", names=["一组", "三组"])] == ["三组"]
    """
    query = select(GroupRow).where(GroupRow.in_village(village))
    known = {row.name: row for row in session.exec(query)}
    position = max((row.position for row in known.values()), default=0)
    new: list[dict[str, Any]] = []
    added = []
    for name in dict.fromkeys(names):
        row = known.get(name)
        if row is None:
            made = Group(new_id(session), name, position + len(new) + 1)
            new.append({"village_id": village, **asdict(made)})
            added.append(made)
        elif row.closed_at is not None:
            row.closed_at = None
            added.append(row.into(Group))
    execute_many(session, _INSERT, *new)
    session.flush()
    return added


def rename_group(session: Session, *, village: str, group_id: str, name: str) -> Group:
    """Give a group another name and return it; whoever is in it stays in it. Locks it.

    Raises:
        GroupUnknown: there is no such group, or it is closed.

    Example:
        villages.rename_group(session, village="cy", group_id=first.id, name="河东组").name == "河东组"
    """
    row = _locked(session, village, group_id)
    row.name = name
    session.flush()
    return row.into(Group)


def close_group(session: Session, *, village: str, group_id: str, at: datetime) -> Group:
    """Close a group and return it; it stays in what was counted while it was open. Locks it.

    Raises:
        GroupUnknown: there is no such group, or it is closed.

    Example:
        villages.close_group(session, village="cy", group_id=third.id, at=now).closed_at == now
    """
    row = _locked(session, village, group_id)
    row.closed_at = at
    session.flush()
    return row.into(Group)


def _locked(session: Session, village: str, group_id: str) -> GroupRow:
    """Lock and return the row of a group that is not closed.

    Raises:
        GroupUnknown: there is none.
    """
    # Without the key: whoever only refers to the group need not wait.
    lock = {"key_share": True}
    return _open(session.get(GroupRow, (village, group_id), with_for_update=lock, populate_existing=True))


def _open(row: GroupRow | None) -> GroupRow:
    """Return the row of a group that is there and not closed.

    Raises:
        GroupUnknown: there is none.
    """
    if row is None or row.closed_at is not None:
        raise GroupUnknown()
    return row
