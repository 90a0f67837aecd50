"""Groups that come to be, written into the log: by a roster's file, by a new participant, by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from pointsbank import ledger, villages
from pointsbank.database import execute
from pointsbank.roster.models import ParticipantRow
from pointsbank.roster.stored import Participant, stored
from pointsbank.villages import Group

STAYING = ("active", "suspended")
"""The states of who lives in the village: neither closed nor away."""


def group_ids(session: Session, *, village: str) -> dict[str, str]:
    """Return the ids of the village's groups by name."""
    return {group.name: group.id for group in villages.groups(session, village=village)}


def record_groups(session: Session, groups: Sequence[Group], *, village: str, by: str, at: datetime) -> None:
    """Write into the log that these groups were made or opened again; locks its head, the last lock.

    Raises VillageUnknown.

    Example:
        made = villages.add_groups(session, village="cy", names=["三组"])
        roster.record_groups(session, made, village="cy", by=li.id, at=now)
    """
    records = [
        ledger.LogRecord("group_made", {"group": one.id, "name": one.name, "position": one.position})
        for one in groups
    ]
    if records:
        ledger.record_many(session, records, village=village, by=by, at=at)


def group_sizes(session: Session, *, village: str) -> dict[str, int]:
    """Return how many participants that are not closed are in each group (id) that has any.

    Example:
        roster.group_sizes(session, village="cy")[first.id] == 2
    """
    group = col(ParticipantRow.group_id)
    staying = (group.is_not(None), col(ParticipantRow.status) != "closed")
    query = select(ParticipantRow.group_id, func.count()).where(ParticipantRow.in_village(village), *staying)
    return {key: count for key, count in session.exec(query.group_by(group)) if key is not None}


class Share(NamedTuple):
    """How many of one kind stay in a group (id; None: in none), and how many of them something lacks."""

    group: str | None
    kind: str
    size: int
    lacking: int


def group_shares(session: Session, *, village: str, without: Select[Any]) -> list[Share]:
    """Return by group and kind how many stay in the village, neither closed nor away.

    Args:
        without: selects ids; who is not among them is `lacking`.

    Example:
        roster.group_shares(session, village="cy", without=scored)[0].lacking  # 12
    """
    own = (col(ParticipantRow.group_id), col(ParticipantRow.kind))
    lacks = case((col(ParticipantRow.id).in_(without), 0), else_=1)
    query = select_columns(*own, func.count(), func.sum(lacks)).where(ParticipantRow.in_village(village))
    query = query.where(col(ParticipantRow.status).in_(STAYING)).group_by(*own)
    found: Sequence[Any] = execute(session, query).all()
    return [Share(group, kind, size, int(number)) for group, kind, size, number in found]


def staying_in(
    session: Session, *, village: str, kind: str, group: str | None, anywhere: bool = False
) -> list[Participant]:
    """Return by code who of a kind stays in a group (id; None: in none), neither closed nor away.

    Args:
        anywhere: in whichever group.

    Example:
        roster.staying_in(session, village="cy", kind="household", group=first.id)[0].code  # "0101"
    """
    where = [] if anywhere else [col(ParticipantRow.group_id) == group]
    own = [col(ParticipantRow.kind) == kind, col(ParticipantRow.status).in_(STAYING), *where]
    return sorted(stored(session, village, *own), key=lambda one: one.sort_key)


@ledger.describes("group_made")
def _made(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 设立三组."""
    return f"设立{words['name']}"
