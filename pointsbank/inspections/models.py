"""The tables of inspections: rounds, households as they were found, faults, decisions, the walking order."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, erased_only
from pointsbank.inspections.states import DECISIONS, STATUSES, VERDICTS
from pointsbank.naming import Stated, Words, by_words, with_columns
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Witnessed, declare


class WalkingPlaceRow(VillageTable, table=True):
    """At which place of its group's walk a household comes; who has none comes behind, by code."""

    __tablename__ = "walking_place"
    __table_args__ = (
        references("participant", participant_id="id"),
        CheckConstraint("place >= 1", name="place"),
    )

    participant_id: str = Field(primary_key=True)
    place: int


class InspectionRoundRow(VillageTable, table=True):
    """A walk through one group, until it is ended; one at a time."""

    __tablename__ = "inspection_round"
    __table_args__ = (
        references_village(),
        references("village_group", group_id="id"),
        CheckConstraint("(ended_at is null) = (ended_by is null)", name="ended_by_somebody"),
        index("group_id", name="uq_inspection_round_open", unique=True, where="ended_at is null"),
        index("begun_at", "id", name="ix_inspection_round_village_id_begun_at"),
    )

    id: str = Field(primary_key=True)
    group_id: str
    begun_on: date
    begun_at: datetime = Field(sa_type=UtcDateTime)
    begun_by: str
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: str | None = None


class InspectionRow(VillageTable, table=True):
    """A household as it was found in a round, and by which day its faults are put right.

    `words` are erased with the household.
    """

    __tablename__ = "inspection"
    __table_args__ = (
        references("inspection_round", round_id="id"),
        references("participant", participant_id="id"),
        one_of("verdict", VERDICTS),
        CheckConstraint("due_on > inspected_on", name="due_later"),
        CheckConstraint("verdict <> 'clean' or due_on is null", name="clean_without_faults"),
        CheckConstraint("verdict <> 'dirty' or due_on is not null", name="dirty_with_faults"),
        CheckConstraint(
            "(looked_at is null) = (looked_by is null) and (looked_at is null) = (looked_on is null)",
            name="looked_by_somebody",
        ),
        CheckConstraint("looked_at is null or due_on is not null", name="looked_at_faults"),
        index("round_id", "participant_id", name="uq_inspection_household", unique=True),
        index("participant_id", "inspected_at", name="ix_inspection_village_id_participant_id"),
        index("due_on", name="ix_inspection_village_id_due", where="looked_at is null"),
        index("inspected_at", "id", name="ix_inspection_village_id_inspected_at"),
    )

    id: str = Field(primary_key=True)
    round_id: str
    participant_id: str
    verdict: str
    words: str = ""
    due_on: date | None = None
    inspected_on: date
    inspected_at: datetime = Field(sa_type=UtcDateTime)
    inspected_by: str
    looked_on: date | None = None
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    looked_by: str | None = None


class InspectionFaultRow(VillageTable, table=True):
    """One fault that an inspection found; `quantity` in hundredths."""

    __tablename__ = "inspection_fault"
    __table_args__ = (
        references("inspection", inspection_id="id"),
        one_of("status", STATUSES),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("quantity > 0", name="quantity"),
        index("status", name="ix_inspection_fault_village_id_status"),
    )

    inspection_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    item_code: str
    item_title: str
    quantity: int | None = Field(default=None, sa_type=BigInteger)
    status: str = "found"


class InspectionDecisionRow(VillageTable, table=True):
    """What a meeting decided about a fault that was left: scored, not scored with a reason, put back."""

    __tablename__ = "inspection_decision"
    __table_args__ = (
        references("inspection_fault", inspection_id="inspection_id", fault="number"),
        references("meeting", meeting_id="id"),
        references("score", score_id="id"),
        one_of("kind", DECISIONS),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(kind = 'declined') = (score_id is null)", name="score_given"),
        CheckConstraint("(kind = 'declined') = (reason <> '')", name="reason_given"),
        index("score_id", "kind", name="uq_inspection_decision_score", unique=True),
    )

    inspection_id: str = Field(primary_key=True)
    fault: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    meeting_id: str
    score_id: str | None = None
    reason: str = ""
    decided_on: date
    decided_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str


_FOUND = (
    *("id", "round_id", "participant_id", "verdict", "due_on"),
    *("inspected_on", "inspected_at", "inspected_by"),
)
_SAME = "NEW.{name} IS NOT DISTINCT FROM OLD.{name}"
_SAME_CHECK = " AND ".join(_SAME.format(name=name) for name in ("looked_on", "looked_at", "looked_by"))
_SAME_FAULT = " AND ".join(
    _SAME.format(name=name)
    for name in ("village_id", "inspection_id", "number", "item_code", "item_title", "quantity")
)
# What was put right is never scored; what was decided only by its score being undone.
_STEP = (
    "(OLD.status = 'found' AND NEW.status IN ('put_right', 'mistaken', 'left'))"
    " OR (OLD.status = 'left' AND NEW.status IN ('taken', 'declined'))"
    " OR (OLD.status = 'taken' AND NEW.status = 'left')"
)
_LAST = (
    "SELECT kind FROM inspection_decision AS earlier WHERE earlier.village_id = NEW.village_id"
    " AND earlier.inspection_id = NEW.inspection_id AND earlier.fault = NEW.fault"
    " ORDER BY earlier.number DESC LIMIT 1"
)

GUARDS = (
    Guard(
        "inspection_round",
        "UPDATE",
        unless="OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND NEW.group_id = OLD.group_id"
        " AND NEW.begun_at = OLD.begun_at AND NEW.begun_by = OLD.begun_by",
    ),
    Guard("inspection_round", "DELETE"),
    Guard(
        "inspection",
        "UPDATE",
        unless=f"{erased_only(['words'], [*_FOUND])} AND (OLD.looked_at IS NULL OR ({_SAME_CHECK}))",
    ),
    Guard("inspection", "DELETE"),
    Guard("inspection_fault", "INSERT", unless="NEW.status = 'found'"),
    Guard("inspection_fault", "UPDATE", unless=f"{_SAME_FAULT} AND ({_STEP})"),
    Guard("inspection_fault", "DELETE"),
    # What stands decided is not decided again; only what was taken over is put back.
    Guard(
        "inspection_decision",
        "INSERT",
        unless=f"coalesce(({_LAST}) = 'taken', false) = (NEW.kind = 'put_back')"
        f" AND coalesce(({_LAST}) <> 'declined', true)",
    ),
    Guard(
        "inspection_decision",
        "UPDATE",
        unless=erased_only(
            ["reason"],
            [
                *("inspection_id", "fault", "number", "kind", "meeting_id", "score_id"),
                *("decided_on", "decided_at", "decided_by"),
            ],
        ),
    ),
    Guard("inspection_decision", "DELETE"),
)


def _faults_found(words: Words) -> Iterator[Stated]:
    """Yield what the entry of an inspection says of each fault."""
    for number, (code, quantity) in enumerate(words["faults"], start=1):
        yield Stated(
            {
                "inspection_id": words["inspection"],
                "number": number,
                "item_code": code,
                "quantity": quantity,
                "status": "found",
            }
        )


def _faults_looked_at(words: Words) -> Iterator[Stated]:
    """Yield what the entry of a second look says of each fault."""
    for number, status in enumerate(words["found"], start=1):
        yield Stated({"inspection_id": words["inspection"], "number": number, "status": status})


WITNESSES = declare(
    Witnessed(table="walking_place", kinds=("walking_order_set",)),
    Witnessed(
        table="inspection_round",
        kinds=("inspection_begun", "inspection_ended"),
        named_by={
            "inspection_begun": with_columns(
                by_words(id="round", group_id="group", begun_by="actor"), ended_by=None
            ),
            "inspection_ended": by_words(id="round", ended_by="actor"),
        },
    ),
    Witnessed(
        table="inspection",
        kinds=("inspection_made", "inspection_looked_again"),
        named_by={
            "inspection_made": with_columns(
                by_words(
                    id="inspection",
                    round_id="round",
                    participant_id="participant",
                    verdict="verdict",
                    due_on="due_on",
                    inspected_by="actor",
                ),
                looked_by=None,
            ),
            "inspection_looked_again": by_words(id="inspection", looked_by="actor"),
        },
    ),
    Witnessed(
        table="inspection_fault",
        kinds=("inspection_made", "inspection_looked_again", "inspection_decided"),
        named_by={
            "inspection_made": _faults_found,
            "inspection_looked_again": _faults_looked_at,
            "inspection_decided": by_words(inspection_id="inspection", number="fault", status="status"),
        },
    ),
    Witnessed(
        table="inspection_decision",
        kinds=("inspection_decided",),
        named_by={
            "inspection_decided": by_words(
                inspection_id="inspection",
                fault="fault",
                number="number",
                kind="decision",
                meeting_id="meeting",
                score_id="score",
                decided_by="actor",
            )
        },
    ),
)
