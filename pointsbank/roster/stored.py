"""Reads and changes participants as they are stored: of thousands no ORM objects are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, select, update
from sqlmodel import Session, col

from pointsbank import villages
from pointsbank.database import execute
from pointsbank.prepared import fetch
from pointsbank.roster.models import ParticipantRow


@dataclass(frozen=True, slots=True)
class Participant:
    """A participant as other packages see it; `group` is the group's name, or empty."""

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
    erased: bool
    group: str


class Counted(NamedTuple):
    """Of a participant, what places and averages are made by."""

    id: str
    code: str
    kind: str
    group_id: str | None
    status: str


_COUNTED = select(*ParticipantRow.columns_of(Counted)).where(ParticipantRow.in_village(bindparam("village")))
_COLUMNS = ParticipantRow.columns_of(
    Participant, erased=col(ParticipantRow.erased_at).is_not(None), group=col(ParticipantRow.group_id)
)


def stored(
    session: Session,
    village: str,
    *conditions: ColumnElement[bool],
    limit: int | None = None,
    first: ColumnElement[int] | None = None,
) -> list[Participant]:
    """Return the participants of a village of which these conditions hold.

    Args:
        limit: how many at most, in the order of their codes; None for all, in no order.
        first: a column by which they are put in order before their codes.
    """
    order = [col(ParticipantRow.sort_key)] if first is None else [first, col(ParticipantRow.sort_key)]
    return _named(session, village, execute(session, _query(village, conditions, order, limit)).all())


def stored_by(
    session: Session, village: str, *conditions: ColumnElement[bool], first: ColumnElement[int], limit: int
) -> list[tuple[Participant, int]]:
    """Return the same in the order of a column and of their codes, each with what stands in the column."""
    found = _query(village, conditions, [first, col(ParticipantRow.sort_key)], limit)
    query = found.add_columns(first.label("first"))
    rows = execute(session, query).all()
    people = _named(session, village, [row[:-1] for row in rows])
    return list(zip(people, (row[-1] for row in rows), strict=True))


def _query(
    village: str, conditions: Sequence[ColumnElement[bool]], order: Sequence[Any], limit: int | None
) -> Select[Any]:
    """Return the statement that selects participants, with the group's id in place of its name."""
    query = select(*_COLUMNS).where(ParticipantRow.in_village(village), *conditions)
    return query if limit is None else query.order_by(*order).limit(limit)


def _named(session: Session, village: str, rows: Sequence[Any]) -> list[Participant]:
    """Return participants of their rows, the group's name last."""
    names = {group.id: group.name for group in villages.groups(session, village=village, also_closed=True)}
    return [Participant(*(*row[:-1], names.get(row[-1], ""))) for row in rows]


def counted(session: Session, *, village: str) -> list[Counted]:
    """Return all participants of the village with what places and averages are made by, in no order.

    Example:
        [one.code for one in roster.counted(session, village="cy")]  # ["0102", "0101"]
    """
    return fetch(session, _COUNTED, {"village": village}, into=Counted).all()


def change(session: Session, village: str, participant: str, **values: object) -> None:
    """Change some columns of one participant (id)."""
    here = (ParticipantRow.in_village(village), col(ParticipantRow.id) == participant)
    execute(session, update(ParticipantRow).where(*here).values(**values))


def is_storable(text: str) -> bool:
    """Return True if a database can compare this text: PostgreSQL knows neither NUL nor half characters."""
    return (
        0 < len(text) <= 200
        and "\0" not in text
        and not any("\ud800" <= letter <= "\udfff" for letter in text)
    )
