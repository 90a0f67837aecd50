"""The tables around a meeting: its call, its agenda, who is recused, the number of its minutes."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only, erased_only
from pointsbank.labels.agenda_kind import AGENDA_KIND
from pointsbank.labels.relation import RELATION
from pointsbank.naming import Stated, Words, by_words, with_columns
from pointsbank.text import ERASED
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village, unique
from pointsbank.witness import Witnessed, declare


class CallRow(VillageTable, table=True):
    """A meeting that was called; the meeting that came of it has the same id. Others have no call."""

    __tablename__ = "meeting_call"
    __table_args__ = (
        references_village(),
        references("panel", panel_id="id"),
        CheckConstraint("length(title) between 1 and 100", name="title_length"),
        CheckConstraint("length(place) <= 100", name="place_length"),
        CheckConstraint(
            "(cancelled_at is null) = (cancelled_by is null)"
            " and (cancelled_at is not null or reason = '') and (cancelled_at is null or reason <> '')",
            name="cancelled_by_somebody",
        ),
        index("day"),
    )

    id: str = Field(primary_key=True)
    day: date
    title: str
    place: str = ""
    panel_id: str | None = None
    called_by: str
    called_at: datetime = Field(sa_type=UtcDateTime)
    cancelled_by: str | None = None
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""


class AgendaRow(VillageTable, table=True):
    """One line of a called meeting's agenda, and what came of it."""

    __tablename__ = "meeting_agenda"
    __table_args__ = (
        references("meeting_call", call_id="id"),
        one_of("kind", AGENDA_KIND.codes),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("length(subject) <= 200", name="subject_length"),
        CheckConstraint("length(outcome) <= 500", name="outcome_length"),
    )

    call_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    subject: str = ""
    outcome: str = ""


class RecusalRow(VillageTable, table=True):
    """A near relative's household, which somebody in a meeting leaves to the others; as it was then."""

    __tablename__ = "meeting_recusal"
    __table_args__ = (
        references("meeting_attendance", "meeting_id", "position"),
        references("participant", participant_id="id"),
        one_of("relation", (*RELATION.codes, ERASED)),
    )

    meeting_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    participant_id: str = Field(primary_key=True)
    relation: str


class MinutesNumberRow(VillageTable, table=True):
    """The number of a meeting's minutes: they are numbered anew in each year, as they are sealed."""

    __tablename__ = "minutes_number"
    __table_args__ = (
        references("meeting", meeting_id="id"),
        unique("year", "number"),
        CheckConstraint("number >= 1", name="number"),
    )

    meeting_id: str = Field(primary_key=True)
    year: int
    number: int


def _numbered(words: Words) -> Iterator[Stated]:
    """Yield the number of sealed minutes; those of before numbers say none."""
    if "number" in words:
        yield Stated({"meeting_id": words["meeting"], "year": words["year"], "number": words["number"]})


_OPEN = (
    "EXISTS (SELECT 1 FROM meeting m WHERE m.village_id = {row}.village_id AND m.id = {row}.{key}"
    " AND m.status = 'open')"
)
# Whoever has begun the meeting no longer moves or cancels it: the call stays as it was announced.
_NOT_BEGUN = (
    "NOT EXISTS (SELECT 1 FROM meeting m WHERE m.village_id = {row}.village_id AND m.id = {row}.{key})"
)
_NOT_CLOSED = (
    "NOT EXISTS (SELECT 1 FROM meeting m WHERE m.village_id = {row}.village_id AND m.id = {row}.{key}"
    " AND m.status <> 'open')"
)

CALL_GUARDS = (
    Guard(
        "meeting_call",
        "UPDATE",
        unless=f"OLD.cancelled_at IS NULL AND {_NOT_BEGUN.format(row='OLD', key='id')}",
    ),
    Guard("meeting_call", "DELETE"),
    Guard("meeting_agenda", "INSERT", unless=_NOT_CLOSED.format(row="NEW", key="call_id")),
    Guard("meeting_agenda", "UPDATE", unless=_NOT_CLOSED.format(row="OLD", key="call_id")),
    Guard("meeting_agenda", "DELETE", unless=_NOT_CLOSED.format(row="OLD", key="call_id")),
    Guard("meeting_recusal", "INSERT", unless=_OPEN.format(row="NEW", key="meeting_id")),
    Guard(
        "meeting_recusal",
        "UPDATE",
        unless=erased_only(["relation"], ("village_id", "meeting_id", "position", "participant_id")),
    ),
    Guard("meeting_recusal", "DELETE"),
    *append_only("minutes_number"),
)

_CALLED = {"id": "meeting", "day": "day", "title": "title", "place": "place", "panel_id": "panel"}

WITNESSES = declare(
    Witnessed(
        table="meeting_call",
        kinds=("meeting_called", "meeting_call_changed", "meeting_cancelled"),
        named_by={
            "meeting_called": with_columns(by_words(called_by="actor", **_CALLED), cancelled_by=None),
            "meeting_call_changed": by_words(**_CALLED),
            "meeting_cancelled": by_words(id="meeting", reason="reason", cancelled_by="actor"),
        },
    ),
    Witnessed(table="meeting_agenda", kinds=("meeting_called", "meeting_call_changed", "minutes_closed")),
    Witnessed(table="meeting_recusal", kinds=("minutes_closed",)),
    Witnessed(
        table="minutes_number",
        kinds=("minutes_closed",),
        added_only=True,
        named_by={"minutes_closed": _numbered},
    ),
)
