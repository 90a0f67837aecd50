"""The tables of ceremonies: limits, what was announced, changes, what an elder saw, what meetings decided."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.ceremonies.row_guards import GUARDS as GUARDS
from pointsbank.ceremonies.states import CHANGES, DECISIONS, STATUSES
from pointsbank.database import UtcDateTime
from pointsbank.labels.ceremony_kind import CEREMONY_KIND
from pointsbank.labels.elder_kind import ELDER_KIND
from pointsbank.naming import by_words, with_columns
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Witnessed, declare


class CeremonyLimitsRow(VillageTable, table=True):
    """The village's limits from a day on, by a resolution; an empty number is no limit, `gift` in yuan."""

    __tablename__ = "ceremony_limits"
    __table_args__ = (
        references_village(),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("tables > 0 and cars > 0 and days > 0 and gift > 0", name="above_zero"),
        CheckConstraint("ahead_days between 0 and 60", name="ahead_days"),
        CheckConstraint("length(resolution) > 0", name="resolution_given"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    tables: int | None = None
    cars: int | None = None
    days: int | None = None
    gift: int | None = None
    ahead_days: int = 0
    resolution: str
    from_date: date
    adopted_at: datetime = Field(sa_type=UtcDateTime)
    adopted_by: str


class CeremonyRow(VillageTable, table=True):
    """A wedding, a funeral or another occasion that a household announced, and what it plans.

    `limits_number`: the limits that held for its day; `place` and `words` are erased with the household.
    """

    __tablename__ = "ceremony"
    __table_args__ = (
        references_village(),
        references("participant", participant_id="id"),
        references("ceremony_limits", limits_number="number"),
        one_of("kind", CEREMONY_KIND.codes),
        one_of("status", STATUSES),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("last_on >= held_on", name="last_after_first"),
        CheckConstraint("tables >= 0 and cars >= 0 and gift >= 0", name="planned"),
        CheckConstraint("place <> ''", name="place_given"),
        CheckConstraint("kind <> 'funeral' or not late", name="funeral_never_late"),
        CheckConstraint(
            "(signed_on is null) = (signed_by is null) and (signed_on is null) = (signed_at is null)",
            name="signed_recorded",
        ),
        CheckConstraint("signed_on >= announced_on", name="signed_after"),
        index("number", name="uq_ceremony_number", unique=True),
        index(
            "participant_id",
            "kind",
            "held_on",
            name="uq_ceremony_announced",
            unique=True,
            where="status <> 'cancelled'",
        ),
        index("status", "last_on", name="ix_ceremony_village_id_status"),
        index("held_on", "id", name="ix_ceremony_village_id_held_on"),
    )

    id: str = Field(primary_key=True)
    number: int
    participant_id: str
    kind: str
    held_on: date
    last_on: date
    place: str
    tables: int
    cars: int
    gift: int | None = None
    words: str = ""
    limits_number: int | None = None
    late: bool = False
    status: str = "announced"
    announced_on: date
    announced_at: datetime = Field(sa_type=UtcDateTime)
    announced_by: str
    signed_on: date | None = None
    signed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    signed_by: str | None = None


class CeremonyChangeRow(VillageTable, table=True):
    """That it was postponed from one day to another, or cancelled, and why."""

    __tablename__ = "ceremony_change"
    __table_args__ = (
        references("ceremony", ceremony_id="id"),
        one_of("kind", CHANGES),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint("(kind = 'postponed') = (new_on is not null)", name="new_day_given"),
    )

    ceremony_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    old_on: date
    new_on: date | None = None
    reason: str
    changed_at: datetime = Field(sa_type=UtcDateTime)
    changed_by: str


class CeremonyReportRow(VillageTable, table=True):
    """What one of the four kinds of elders saw, once; `elder_participant_id`: the elder's own household."""

    __tablename__ = "ceremony_report"
    __table_args__ = (
        references("ceremony", ceremony_id="id"),
        references("participant", elder_participant_id="id"),
        references("panel", panel_id="id"),
        one_of("elder_kind", ELDER_KIND.codes),
        CheckConstraint("length(elder_name) between 1 and 60", name="elder_named"),
        CheckConstraint("tables >= 0 and cars >= 0 and days >= 0", name="counted"),
        CheckConstraint("(panel_id is null) = (member_number is null)", name="member"),
    )

    ceremony_id: str = Field(primary_key=True)
    elder_kind: str
    elder_name: str
    elder_participant_id: str | None = None
    panel_id: str | None = None
    member_number: int | None = None
    tables: int
    cars: int
    days: int
    kept: bool
    words: str = ""
    reported_on: date
    reported_at: datetime = Field(sa_type=UtcDateTime)
    reported_by: str


class CeremonyDecisionRow(VillageTable, table=True):
    """What a meeting decided: kept or not, with the score that came of it if any; or put back."""

    __tablename__ = "ceremony_decision"
    __table_args__ = (
        references("ceremony", ceremony_id="id"),
        references("meeting", meeting_id="id"),
        references("score", score_id="id"),
        one_of("kind", DECISIONS),
        CheckConstraint("number >= 1", name="number"),
        index("score_id", "kind", name="uq_ceremony_decision_score", unique=True),
    )

    ceremony_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    meeting_id: str
    score_id: str | None = None
    reason: str = ""
    decided_on: date
    decided_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str


WITNESSES = declare(
    Witnessed(
        table="ceremony_limits",
        kinds=("ceremony_limits_adopted",),
        added_only=True,
        named_by={
            "ceremony_limits_adopted": by_words(
                number="number",
                tables="tables",
                cars="cars",
                days="days",
                gift="gift",
                ahead_days="ahead_days",
                resolution="resolution",
                from_date="from_date",
                adopted_by="actor",
            )
        },
    ),
    Witnessed(
        table="ceremony",
        kinds=(
            *("ceremony_announced", "ceremony_signed", "ceremony_changed"),
            *("ceremony_reported", "ceremony_decided"),
        ),
        named_by={
            "ceremony_announced": with_columns(
                by_words(
                    id="ceremony",
                    number="number",
                    participant_id="participant",
                    kind="occasion",
                    held_on="held_on",
                    last_on="last_on",
                    tables="tables",
                    cars="cars",
                    gift="gift",
                    limits_number="limits",
                    late="late",
                    announced_by="actor",
                ),
                status="announced",
                signed_by=None,
            ),
            "ceremony_signed": by_words(id="ceremony", signed_on="signed_on", signed_by="actor"),
            "ceremony_changed": by_words(
                id="ceremony", status="status", held_on="held_on", last_on="last_on"
            ),
            "ceremony_reported": by_words(id="ceremony", status="status"),
            "ceremony_decided": by_words(id="ceremony", status="status"),
        },
    ),
    Witnessed(
        table="ceremony_change",
        kinds=("ceremony_changed",),
        named_by={
            "ceremony_changed": by_words(
                ceremony_id="ceremony", number="number", kind="change", changed_by="actor"
            )
        },
    ),
    Witnessed(
        table="ceremony_report",
        kinds=("ceremony_reported",),
        named_by={
            "ceremony_reported": by_words(
                ceremony_id="ceremony",
                elder_kind="elder_kind",
                tables="tables",
                cars="cars",
                days="days",
                kept="kept",
                reported_by="actor",
            )
        },
    ),
    Witnessed(
        table="ceremony_decision",
        kinds=("ceremony_decided",),
        named_by={
            "ceremony_decided": by_words(
                ceremony_id="ceremony",
                number="number",
                kind="decision",
                meeting_id="meeting",
                score_id="score",
                decided_by="actor",
            )
        },
    ),
)
