"""Meetings that are not closed yet."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from pointsbank.prepared import fetch
from pointsbank.scoring.meeting_models import MeetingRow


class OpenMeeting(NamedTuple):
    """A meeting whose minutes are open; or a day book."""

    id: str
    title: str
    held_on: date


_OPEN = (
    select(*MeetingRow.columns_of(OpenMeeting))
    .where(MeetingRow.in_village(bindparam("village")), col(MeetingRow.status) == "open")
    .where(col(MeetingRow.kind).is_(None))
    .order_by(col(MeetingRow.held_on), col(MeetingRow.id))
)


def open_meetings(session: Session, *, village: str) -> list[OpenMeeting]:
    """Return the meetings that are not closed yet, the earliest first.

    Example:
        open_meetings(session, village="chayuan")[0].title  # "九月评议会"
    """
    return list(fetch(session, _OPEN, {"village": village}, into=OpenMeeting).all())
