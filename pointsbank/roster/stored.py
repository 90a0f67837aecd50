"""Reads participants as they are stored: a village has thousands, so no ORM objects are made of them."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.roster.models import ParticipantRow


class StoredParticipant(NamedTuple):
    """The columns of a participant that are read."""

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
    erased_at: datetime | None


_COLUMNS = tuple(getattr(ParticipantRow, name) for name in StoredParticipant._fields)


def stored(
    session: Session, village: str, *conditions: ColumnElement[bool], limit: int | None = None
) -> list[StoredParticipant]:
    """Return the participants of a village of which these conditions hold.

    Args:
        limit: how many at most, in the order of their codes; None for all, in no order.
    """
    query = sqlalchemy.select(*_COLUMNS).where(ParticipantRow.in_village(village), *conditions)
    if limit is not None:
        query = query.order_by(col(ParticipantRow.sort_key)).limit(limit)
    return [StoredParticipant._make(row) for row in execute(session, query)]


def is_storable(text: str) -> bool:
    """Return True if a database can compare this text: PostgreSQL knows neither NUL nor half characters."""
    return (
        0 < len(text) <= 200
        and "\0" not in text
        and not any("\ud800" <= letter <= "\udfff" for letter in text)
    )
