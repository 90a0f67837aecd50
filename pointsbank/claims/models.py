"""The tables of claims: what was reported and how it was looked at, and what meetings decided."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.claims.states import DECISIONS, STATUSES
from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, erased_only
from pointsbank.naming import by_words, with_columns
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Witnessed, declare

_LOOKED = "(supported is null) = (looked_by is null) and (supported is null) = (looked_at is null)"


class ClaimRow(VillageTable, table=True):
    """A deed that somebody reported for a participant, and how the group saw it.

    `quantity` in hundredths; the words about it, `words` and `opinion`, are erased with the household.
    """

    __tablename__ = "claim"
    __table_args__ = (
        references_village(),
        references("participant", participant_id="id"),
        one_of("status", STATUSES),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("words <> ''", name="words_given"),
        CheckConstraint("occurred_on <= filed_on", name="occurred_before"),
        CheckConstraint(_LOOKED, name="looked_by_somebody"),
        CheckConstraint("looked_by <> filed_by", name="looked_by_another"),
        CheckConstraint("opinion = '' or supported is not null", name="opinion_given"),
        index("status", "filed_at", name="ix_claim_village_id_status"),
        index("participant_id", "item_code", "occurred_on", name="ix_claim_village_id_participant_id"),
        index("filed_at", "id", name="ix_claim_village_id_filed_at"),
    )

    id: str = Field(primary_key=True)
    participant_id: str
    item_code: str
    item_title: str
    occurred_on: date
    quantity: int | None = Field(default=None, sa_type=BigInteger)
    words: str
    status: str = "waiting"
    filed_on: date
    filed_at: datetime = Field(sa_type=UtcDateTime)
    filed_by: str
    supported: bool | None = None
    opinion: str = ""
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    looked_by: str | None = None


class ClaimDecisionRow(VillageTable, table=True):
    """What a meeting decided about a claim: taken over as a score, declined with a reason, or put back."""

    __tablename__ = "claim_decision"
    __table_args__ = (
        references("claim", claim_id="id"),
        references("meeting", meeting_id="id"),
        references("score", score_id="id"),
        one_of("kind", DECISIONS),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(kind = 'declined') = (score_id is null)", name="score_given"),
        CheckConstraint("(kind = 'declined') = (reason <> '')", name="reason_given"),
        index("score_id", "kind", name="uq_claim_decision_score", unique=True),
    )

    claim_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    meeting_id: str
    score_id: str | None = None
    reason: str = ""
    decided_on: date
    decided_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str


_FIXED = ("id", "participant_id", "item_code", "item_title", "occurred_on", "quantity")
_FILED = ("filed_on", "filed_at", "filed_by")
_SAME = "NEW.{name} IS NOT DISTINCT FROM OLD.{name}"
_SAME_OPINION = " AND ".join(_SAME.format(name=name) for name in ("supported", "looked_at", "looked_by"))
_ONCE = f"(OLD.supported IS NULL OR ({_SAME_OPINION} AND {erased_only(['opinion'], [])}))"
_LAST = (
    "SELECT kind FROM claim_decision AS earlier WHERE earlier.village_id = NEW.village_id"
    " AND earlier.claim_id = NEW.claim_id ORDER BY earlier.number DESC LIMIT 1"
)

GUARDS = (
    Guard("claim", "UPDATE", unless=f"{erased_only(['words'], [*_FIXED, *_FILED])} AND {_ONCE}"),
    Guard("claim", "DELETE"),
    # A claim that stands decided is not decided again; only what was taken over is put back.
    Guard(
        "claim_decision",
        "INSERT",
        # No CASE: PostgreSQL's IF would take its THEN for its own.
        unless=f"coalesce(({_LAST}) = 'taken', false) = (NEW.kind = 'put_back')"
        f" AND coalesce(({_LAST}) <> 'declined', true)",
    ),
    Guard(
        "claim_decision",
        "UPDATE",
        unless=erased_only(
            ["reason"],
            [
                "claim_id",
                "number",
                "kind",
                "meeting_id",
                "score_id",
                "decided_on",
                "decided_at",
                "decided_by",
            ],
        ),
    ),
    Guard("claim_decision", "DELETE"),
)

WITNESSES = declare(
    Witnessed(
        table="claim",
        kinds=("claim_filed", "claim_looked", "claim_decided"),
        named_by={
            "claim_filed": with_columns(
                by_words(
                    id="claim",
                    participant_id="participant",
                    item_code="item",
                    occurred_on="occurred_on",
                    quantity="quantity",
                    filed_by="actor",
                ),
                status="waiting",
                supported=None,
            ),
            "claim_looked": by_words(id="claim", supported="supported", looked_by="actor"),
            "claim_decided": by_words(id="claim", status="status"),
        },
    ),
    Witnessed(
        table="claim_decision",
        kinds=("claim_decided",),
        named_by={
            "claim_decided": by_words(
                claim_id="claim",
                number="number",
                kind="decision",
                meeting_id="meeting",
                score_id="score",
                decided_by="actor",
            )
        },
    ),
)
