"""Meetings that are not closed yet."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from pointsbank.prepared import fetch
from pointsbank.scoring.models import MeetingRow


class OpenMeeting(NamedTuple):
    """A meeting whose minutes are open."""

    id: str
    title: str
    held_on: date


_OPEN = (
    select(*MeetingRow.columns_of(OpenMeeting))
    .where(MeetingRow.in_village(bindparam("village")), col(MeetingRow.status) == "open")
    .order_by(col(MeetingRow.held_on), col(MeetingRow.id))
)


def open_meetings(session: Session, *, village: str) -> list[OpenMeeting]:
    """Return the meetings that are not closed yet, the earliest first.

    Example:
        open_meetings(session, village="chayuan")[0].title  # "九月评议会"
    """
    return list(fetch(session, _OPEN, {"village": village}, into=OpenMeeting).all())
