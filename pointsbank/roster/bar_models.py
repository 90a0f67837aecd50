"""The table of bars from awards: what a listing on the black board keeps a household from, until a day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, erased_only
from pointsbank.village_tables import VillageTable, index, one_of, references
from pointsbank.witness import Witnessed, declare

BAR_KINDS = ("red_board", "titles")
"""The kinds of `labels.restriction_kind` that a bar keeps from: praise, never what somebody earned."""


class BarRow(VillageTable, table=True):
    """One kind of award that a household is barred from, `begins_on` to `ends_on`; two begin and end it."""

    __tablename__ = "award_bar"
    __table_args__ = (
        references("participant", participant_id="id"),
        references("listing", listing_id="id"),
        one_of("kind", BAR_KINDS),
        CheckConstraint("why <> ''", name="why_given"),
        CheckConstraint("ends_on >= begins_on", name="ends_on"),
        CheckConstraint("begun_by <> begun_with", name="begun_by_two"),
        CheckConstraint("ended_by <> ended_with", name="ended_by_two"),
        CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_with IS NULL)"
            " AND (ended_at IS NULL) = (end_reason IS NULL)",
            name="ended_whole",
        ),
        index("participant_id", "kind", name="ix_award_bar_participant"),
    )

    listing_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    participant_id: str
    why: str
    begins_on: date
    ends_on: date
    begun_by: str
    begun_with: str
    begun_at: datetime = Field(sa_type=UtcDateTime)
    ended_by: str | None = None
    ended_with: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end_reason: str | None = None


_UP = (
    "EXISTS (SELECT 1 FROM listing l JOIN listing_decision d ON d.village_id = l.village_id"
    " AND d.listing_id = l.id WHERE l.village_id = NEW.village_id AND l.id = NEW.listing_id"
    " AND l.board = 'black' AND l.participant_id = NEW.participant_id AND d.votes_for > d.votes_against)"
)
_END = ("ended_by", "ended_with", "ended_at", "end_reason")
_FIXED = [name for name in BarRow.model_fields if name not in (*_END, "why")]
_SAME_END = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _END[:3])

GUARDS = (
    Guard("award_bar", "INSERT", unless=f"NEW.ended_at IS NULL AND {_UP}"),
    Guard(
        "award_bar",
        "UPDATE",
        unless=f"{erased_only(['why'], _FIXED)}"
        f" AND (OLD.ended_at IS NULL OR ({_SAME_END} AND {erased_only(['end_reason'], [])}))",
    ),
    Guard("award_bar", "DELETE"),
)

WITNESSES = declare(Witnessed(table="award_bar"))
