"""Groups that come to be, written into the log: by a roster's file, by a new participant, by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from pointsbank import ledger, villages
from pointsbank.roster.models import ParticipantRow
from pointsbank.villages import Group


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


@ledger.describes("group_made")
def _made(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 设立三组."""
    return f"设立{words['name']}"
