"""The table of restrictions: what a household is kept from after a veto, from when until when."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, erased_only
from pointsbank.labels.restriction_kind import RESTRICTION_KIND
from pointsbank.naming import Stated, Words
from pointsbank.village_tables import VillageTable, index, one_of, references
from pointsbank.witness import Witnessed, declare

LIFTED, REVERSED = "lifted", "reversed"


class RestrictionRow(VillageTable, table=True):
    """One kind of thing that a posted veto (`score_id`) keeps a participant from.

    From `begins_on` to `ends_on`, both included; without a last day until two people end it. `why` is the
    item's title; it and `end_reason` are erased with the household.
    """

    __tablename__ = "restriction"
    __table_args__ = (
        references("participant", participant_id="id"),
        references("score", score_id="id"),
        one_of("kind", RESTRICTION_KIND.codes),
        CheckConstraint("ends_on >= begins_on", name="ends_on"),
        CheckConstraint("why <> ''", name="why_given"),
        CheckConstraint(
            "(ended_at is null) = (ended_as is null) and (ended_at is null) = (ended_by is null)"
            " and (ended_at is null) = (ended_with is null) and (ended_at is null) = (end_reason is null)",
            name="ended_whole",
        ),
        one_of("ended_as", (LIFTED, REVERSED)),
        CheckConstraint("ended_by <> ended_with", name="ended_by_two"),
        CheckConstraint("end_reason <> ''", name="end_reason_given"),
        index("participant_id", "kind", name="ix_restriction_village_id_participant_id"),
    )

    score_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    participant_id: str
    why: str
    begins_on: date
    ends_on: date | None = None
    begun_by: str
    begun_at: datetime = Field(sa_type=UtcDateTime)
    ended_as: str | None = None
    ended_by: str | None = None
    ended_with: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end_reason: str | None = None


_FIXED = ("score_id", "kind", "participant_id", "begins_on", "ends_on", "begun_by", "begun_at")
_END = ("ended_as", "ended_by", "ended_with", "ended_at")
_SAME_END = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _END)

GUARDS = (
    # Only a score that has hung and is posted begins one, for the very household that it is about.
    Guard(
        "restriction",
        "INSERT",
        unless="NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM score WHERE score.village_id = NEW.village_id"
        " AND score.id = NEW.score_id AND score.participant_id = NEW.participant_id"
        " AND score.status = 'posted')",
    ),
    # It ends once, and its end is not rewritten; of its words only erasing takes some away.
    Guard(
        "restriction",
        "UPDATE",
        unless=f"{erased_only(['why'], _FIXED)}"
        f" AND (OLD.ended_at IS NULL OR ({_SAME_END} AND {erased_only(['end_reason'], [])}))",
    ),
    Guard("restriction", "DELETE"),
)


def _begun(words: Words) -> Iterator[Stated]:
    """Say of each kind that one entry begins whose it is, from when and until when."""
    for kind in words["kinds"]:
        yield Stated(
            {
                "score_id": words["score"],
                "kind": kind,
                "participant_id": words["participant"],
                "begins_on": words["begins_on"],
                "ends_on": words["ends_on"],
                "begun_by": words["actor"],
                "ended_as": None,
            }
        )


def _ended(words: Words) -> Iterator[Stated]:
    """Say of each kind that one entry ends how it ended, and by which two."""
    for kind in words["kinds"]:
        yield Stated(
            {
                "score_id": words["score"],
                "kind": kind,
                "ended_as": words["ended_as"],
                "ended_by": words["ended_by"],
                "ended_with": words["ended_with"],
            }
        )


WITNESSES = declare(
    Witnessed(
        table="restriction",
        kinds=("restriction_begun", "restriction_ended"),
        named_by={"restriction_begun": _begun, "restriction_ended": _ended},
    )
)
