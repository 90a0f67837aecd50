"""The tables of publicity: notices, what is said against their entries, and who may be named."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, erased_only
from pointsbank.village_tables import VillageTable, index, references, references_village, unique


class NoticeRow(VillageTable, table=True):
    """The result of one meeting, hung out for everybody to see and to object to."""

    __tablename__ = "notice"
    __table_args__ = (
        references("meeting", meeting_id="id"),
        unique("meeting_id"),
        CheckConstraint("status IN ('open', 'settled')", name="status"),
        CheckConstraint("ends_on > published_on", name="hangs_a_day"),
        CheckConstraint("(status = 'settled') = (settled_at IS NOT NULL)", name="settled"),
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_somebody"),
        CheckConstraint("(settled_at IS NULL) = (settled_on IS NULL)", name="settled_on_a_day"),
        CheckConstraint("settled_on > ends_on", name="settled_after_the_end"),
        references_village(),
    )

    id: str = Field(primary_key=True)
    meeting_id: str
    title: str
    published_on: date
    published_at: datetime = Field(sa_type=UtcDateTime)
    published_by: str
    ends_on: date
    status: str = "open"
    settled_on: date | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by: str | None = None


class ObjectionRow(VillageTable, table=True):
    """What is said against one score on a notice, and the written answer, which stays."""

    __tablename__ = "objection"
    __table_args__ = (
        references("notice", notice_id="id"),
        references("score", score_id="id"),
        CheckConstraint("status IN ('open', 'upheld', 'rejected')", name="status"),
        CheckConstraint("reason <> ''", name="reason_stated"),
        CheckConstraint("due_on > raised_on", name="due_later"),
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("(decided_at IS NULL) = (decision IS NULL)", name="decided_in_writing"),
        CheckConstraint("decision <> ''", name="decision_stated"),
        CheckConstraint("decided_by <> entered_by", name="decided_by_another"),
        index("score_id", name="uq_objection_open", unique=True, where="status = 'open'"),
        index("notice_id", name="ix_objection_notice"),
        references_village(),
    )

    id: str = Field(primary_key=True)
    notice_id: str
    score_id: str
    entered_by: str
    raised_by: str
    reason: str
    recorded_by: str
    raised_on: date
    raised_at: datetime = Field(sa_type=UtcDateTime)
    due_on: date
    status: str = "open"
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision: str | None = None


class ConsentRow(VillageTable, table=True):
    """How a household asked to be shown in public; while none is on record its name is masked."""

    __tablename__ = "consent"
    __table_args__ = (
        references("participant", participant_id="id"),
        CheckConstraint("shown_as IN ('named', 'numbered')", name="shown_as"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_later"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_by_somebody"),
        index("participant_id", name="uq_consent_in_force", unique=True, where="withdrawn_at IS NULL"),
        references_village(),
    )

    id: str = Field(primary_key=True)
    participant_id: str
    shown_as: str
    given_by: str
    given_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


# Erasing a person takes the words, never that there was an objection, when, or how it was decided.
_WORDS_ERASED = erased_only(
    texts=("raised_by", "reason", "decision"),
    kept=(
        "village_id",
        "id",
        "notice_id",
        "score_id",
        "entered_by",
        "recorded_by",
        "raised_on",
        "raised_at",
        "due_on",
        "status",
        "decided_by",
        "decided_at",
    ),
)

GUARDS = (
    Guard("notice", "UPDATE", unless="OLD.status = 'open'"),
    Guard("notice", "DELETE"),
    Guard("objection", "UPDATE", unless=f"OLD.status = 'open' OR ({_WORDS_ERASED})"),
    Guard("objection", "DELETE"),
    Guard("consent", "UPDATE", unless="OLD.withdrawn_at IS NULL"),
    Guard("consent", "DELETE"),
)
