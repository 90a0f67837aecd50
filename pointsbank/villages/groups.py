"""The groups a village is made of: 村民小组 or 网格."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from pointsbank.database import new_id
from pointsbank.villages.models import GroupRow


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the village; `position` is its place in lists, from 1."""

    id: str
    name: str
    position: int


def groups(session: Session, *, village: str) -> list[Group]:
    """Return the village's groups in their own order.

    Example:
        [group.name for group in villages.groups(session, village="cy")] == ["一组", "二组"]
    """
    query = select(GroupRow).where(GroupRow.in_village(village)).order_by(col(GroupRow.position))
    return [Group(row.id, row.name, row.position) for row in session.exec(query)]


def ensure_groups(session: Session, *, village: str, names: Iterable[str]) -> dict[str, str]:
    """Return the ids of these groups by name, adding groups that are new at the end; known ones stay.

    Example:
        villages.ensure_groups(session, village="cy", names=["一组", "三组"])["三组"]
    """
    known = {group.name: group for group in groups(session, village=village)}
    found = {name: group.id for name, group in known.items()}
    position = max((group.position for group in known.values()), default=0)
    for name in names:
        if name not in found:
            position += 1
            row = GroupRow(village_id=village, id=new_id(session), name=name, position=position)
            session.add(row)
            found[name] = row.id
    session.flush()
    return found
