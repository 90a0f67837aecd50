"""Townships (乡镇): which villages one is made of. A village lies in one at most.

What changes a township here is called by `governing`, which tells the logs of the villages concerned.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, delete
from sqlmodel import Session, col, select

from pointsbank import database
from pointsbank.errors import NotFound
from pointsbank.villages.models import TownshipRow, VillageTownshipRow


class TownshipUnknown(NotFound):
    """There is no such township, or it is none of this person's business: the two look alike."""

    code = "township_unknown"
    sentence = "没有找到这个乡镇，请从列表中重新选择。"
    fixed_by = "管理员"


@dataclass(frozen=True, slots=True)
class Township:
    """A township; its `id` never changes, its name may."""

    id: str
    name: str


def townships(session: Session) -> list[Township]:
    """Return all townships of this installation, ordered by name.

    Example:
        [one.name for one in villages.townships(session)] == ["河口镇"]
    """
    rows = session.exec(select(TownshipRow).order_by(col(TownshipRow.name)))
    return [Township(row.id, row.name) for row in rows]


def township(session: Session, *, township_id: str) -> Township:
    """Return one township.

    Raises:
        TownshipUnknown: there is none.

    Example:
        villages.township(session, township_id=hekou.id).name == "河口镇"
    """
    row = _row(session, township_id)
    return Township(row.id, row.name)


def township_by_name(session: Session, *, name: str) -> Township:
    """Return the township of this name.

    Raises:
        TownshipUnknown: there is none.

    Example:
        villages.township_by_name(session, name="河口镇").id == hekou.id
    """
    for one in townships(session):
        if one.name == name.strip():
            return one
    raise TownshipUnknown()


def villages_by_township(session: Session) -> dict[str, list[str]]:
    """Return the codes of the villages in each township (id) that has any, in order.

    Example:
        villages.villages_by_township(session) == {hekou.id: ["cy", "zy"]}
    """
    found: dict[str, list[str]] = {}
    for row in session.exec(select(VillageTownshipRow).order_by(col(VillageTownshipRow.village_id))):
        found.setdefault(row.township_id, []).append(row.village_id)
    return found


def with_villages_of(
    query: Select[*tuple[Any, ...]], township: SQLColumnExpression[Any]
) -> Select[*tuple[Any, ...]]:
    """Return a statement with a column `within` at its end, and a row for each village of the township there.

    Args:
        township: a column with a township's id; where it is null, or has no village, `within` is null.

    Example:
        villages.with_villages_of(select(col(StaffRoleRow.role)), col(StaffRoleRow.township_id))
    """
    lies = VillageTownshipRow
    joined = query.outerjoin(lies, col(lies.township_id) == township)
    return joined.add_columns(col(lies.village_id).label("within"))


def township_of(session: Session, *, village: str) -> Township | None:
    """Return the township that a village lies in, None if in none.

    Example:
        villages.township_of(session, village="cy") == hekou
    """
    query = select(TownshipRow).join(
        VillageTownshipRow, col(VillageTownshipRow.township_id) == col(TownshipRow.id)
    )
    row = session.exec(query.where(VillageTownshipRow.village_id == village)).first()
    return Township(row.id, row.name) if row else None


def add_township(session: Session, *, name: str) -> Township:
    """Add a township without villages; the caller has seen that the name is free.

    Example:
        villages.add_township(session, name="河口镇").name == "河口镇"
    """
    row = TownshipRow(id=database.new_id(session), name=name)
    session.add(row)
    session.flush()
    return Township(row.id, row.name)


def rename_township(session: Session, *, township_id: str, name: str) -> Township:
    """Give a township another name and return it; its villages and roles stay.

    Raises:
        TownshipUnknown: there is none.

    Example:
        villages.rename_township(session, township_id=hekou.id, name="河口街道").name == "河口街道"
    """
    row = _row(session, township_id)
    row.name = name
    session.flush()
    return Township(row.id, row.name)


def place_village(session: Session, *, village: str, township_id: str | None) -> None:
    """Put a village into a township, out of the one it was in; into none for None.

    Example:
        villages.place_village(session, village="cy", township_id=hekou.id)
    """
    mine = col(VillageTownshipRow.village_id) == village
    database.execute(session, delete(VillageTownshipRow).where(mine))
    if township_id is not None:
        session.add(VillageTownshipRow(village_id=village, township_id=township_id))
    session.flush()


def _row(session: Session, township_id: str) -> TownshipRow:
    """Return the row of a township, as it stands now.

    Raises:
        TownshipUnknown: there is none.
    """
    row = session.exec(select(TownshipRow).where(TownshipRow.id == township_id)).first()
    if row is None:
        raise TownshipUnknown()
    return row
