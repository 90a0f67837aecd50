"""The table of meetings: those that are held, and day books (柜台登记), one a day at the counter."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard
from pointsbank.village_tables import VillageTable, index, one_of, references_village
from pointsbank.witness import Witnessed, declare

DAY_BOOK = "day_book"
"""The kind of a day book; meetings, which were there before, have none."""


class MeetingRow(VillageTable, table=True):
    """A meeting and its minutes, or a day book; once closed nothing changes, notes are added beside it."""

    __tablename__ = "meeting"
    __table_args__ = (
        references_village(),
        one_of("kind", (DAY_BOOK,)),
        CheckConstraint("length(title) between 1 and 100", name="title_length"),
        CheckConstraint("status in ('open', 'closed')", name="status"),
        CheckConstraint(
            "(status = 'closed') = (closed_at is not null and closed_by is not null"
            " and log_index is not null)",
            name="closed",
        ),
        index("held_on", name="ix_meeting_village_id_held_on"),
        index("held_on", name="uq_meeting_village_id_day_book", unique=True, where="kind is not null"),
    )

    id: str = Field(primary_key=True)
    kind: str | None = None
    held_on: date
    title: str
    minutes: str = ""
    status: str = "open"
    scores: int = 0
    opened_by: str
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closed_by: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    log_index: int | None = Field(default=None, sa_type=BigInteger)


MEETING_GUARDS = (
    Guard("meeting", "UPDATE", unless="OLD.status = 'open' AND NEW.kind IS NOT DISTINCT FROM OLD.kind"),
    Guard("meeting", "DELETE"),
)

WITNESSES = declare(Witnessed(table="meeting", kinds=("minutes_closed",)))
