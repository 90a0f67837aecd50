"""The tables of boards: the black board's resolution, listings, objections to them, a month's standing."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only, erased_only
from pointsbank.village_tables import VillageTable, index, references, references_village


class BlackBoardResolutionRow(VillageTable, table=True):
    """The villagers' own decision to have a black board; without one there is none."""

    __tablename__ = "black_board_resolution"
    __table_args__ = (
        CheckConstraint("resolution <> ''", name="resolution_stated"),
        CheckConstraint("ended_on IS NULL OR ended_on >= adopted_on", name="ends_after_adopted"),
        index(name="uq_black_board_resolution_in_force", unique=True, where="ended_on IS NULL"),
        references_village(),
    )

    id: str = Field(primary_key=True)
    resolution: str
    adopted_on: date
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    ended_on: date | None = None
    ended_resolution: str | None = None
    ended_by: str | None = None


class ListingRow(VillageTable, table=True):
    """One proposed or decided entry on the red or black board of a month."""

    __tablename__ = "listing"
    __table_args__ = (
        references("participant", participant_id="id"),
        references("black_board_resolution", resolution_id="id"),
        CheckConstraint("board IN ('red', 'black')", name="board"),
        CheckConstraint("status IN ('proposed', 'up', 'rejected', 'withdrawn', 'down')", name="status"),
        CheckConstraint("length(month) = 7 AND substr(month, 5, 1) = '-'", name="month"),
        CheckConstraint("first_month <= month", name="first_month_not_later"),
        CheckConstraint("(board = 'black') = (resolution_id IS NOT NULL)", name="black_needs_resolution"),
        CheckConstraint("board = 'red' OR (rule <> '' AND fact <> '')", name="black_states_rule_and_fact"),
        CheckConstraint("(status IN ('up', 'rejected', 'down')) = (decided_on IS NOT NULL)", name="decided"),
        CheckConstraint("(decided_on IS NULL) = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("(decided_on IS NULL) = (decided_at IS NULL)", name="decided_at_a_moment"),
        CheckConstraint("(decided_on IS NULL) = (votes_for IS NULL)", name="votes_for_counted"),
        CheckConstraint("(decided_on IS NULL) = (votes_against IS NULL)", name="votes_against_counted"),
        CheckConstraint("votes_for >= 0 AND votes_against >= 0", name="votes"),
        CheckConstraint("status NOT IN ('up', 'down') OR votes_for > votes_against", name="up_by_majority"),
        CheckConstraint("(notified_on IS NULL) = (earliest_on IS NULL)", name="told_gives_a_day"),
        CheckConstraint("earliest_on > notified_on", name="told_before"),
        CheckConstraint(
            "board = 'red' OR status NOT IN ('up', 'down')"
            " OR (earliest_on IS NOT NULL AND decided_on >= earliest_on)",
            name="black_waits",
        ),
        CheckConstraint("(board = 'black') = (days_up IS NOT NULL)", name="black_has_an_end"),
        CheckConstraint("days_up BETWEEN 1 AND 90", name="days_up"),
        CheckConstraint(
            "(board = 'black' AND status IN ('up', 'down')) = (expires_on IS NOT NULL)", name="black_expires"
        ),
        CheckConstraint("expires_on > decided_on", name="expires_after_decided"),
        CheckConstraint("(status IN ('withdrawn', 'down')) = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        CheckConstraint("(ended_at IS NULL) = (ended_reason IS NULL)", name="ended_for_a_reason"),
        CheckConstraint("(status IN ('up', 'down')) = (log_index IS NOT NULL)", name="up_is_in_the_log"),
        index(
            "month",
            "board",
            "participant_id",
            name="uq_listing_live",
            unique=True,
            where="status IN ('proposed', 'up')",
        ),
        index("participant_id", name="ix_listing_participant"),
        references_village(),
    )

    id: str = Field(primary_key=True)
    month: str
    first_month: str
    board: str
    participant_id: str
    status: str = "proposed"
    place: int | None = None
    honour: int | None = Field(default=None, sa_type=BigInteger)
    rule: str = ""
    fact: str = ""
    resolution_id: str | None = None
    proposed_by: str
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    notified_on: date | None = None
    notified_by: str | None = None
    earliest_on: date | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    decided_on: date | None = None
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    days_up: int | None = None
    expires_on: date | None = None
    log_index: int | None = Field(default=None, sa_type=BigInteger)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: str | None = None
    ended_reason: str | None = None


class ListingObjectionRow(VillageTable, table=True):
    """What is said against a listing, and the written answer to it."""

    __tablename__ = "listing_objection"
    __table_args__ = (
        references("listing", listing_id="id"),
        CheckConstraint("status IN ('open', 'upheld', 'rejected')", name="status"),
        CheckConstraint("reason <> ''", name="reason_stated"),
        CheckConstraint("(status = 'open') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("(decided_at IS NULL) = (decision IS NULL)", name="decided_in_writing"),
        CheckConstraint("decision <> ''", name="decision_stated"),
        CheckConstraint("decided_by <> proposed_by", name="decided_by_another"),
        index("listing_id", name="uq_listing_objection_open", unique=True, where="status = 'open'"),
        references_village(),
    )

    id: str = Field(primary_key=True)
    listing_id: str
    proposed_by: str
    raised_by: str
    reason: str
    recorded_by: str
    raised_at: datetime = Field(sa_type=UtcDateTime)
    due_on: date
    status: str = "open"
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision: str | None = None


class StandingRow(VillageTable, table=True):
    """Where a participant stood when a month was closed; never changed afterwards."""

    __tablename__ = "standing"
    __table_args__ = (
        references("participant", participant_id="id"),
        CheckConstraint("length(month) = 7 AND substr(month, 5, 1) = '-'", name="month"),
        references("village_group", group_id="id"),
        CheckConstraint("place >= 1", name="place"),
        CheckConstraint("plus >= 0 AND minus >= 0 AND honour = plus - minus", name="amounts"),
        index("month", "kind", "place", name="ix_standing_place"),
        references_village(),
    )

    month: str = Field(primary_key=True)
    participant_id: str = Field(primary_key=True)
    kind: str
    group_id: str | None = None
    honour: int = Field(sa_type=BigInteger)
    plus: int = Field(sa_type=BigInteger)
    minus: int = Field(sa_type=BigInteger)
    late: int = Field(sa_type=BigInteger)
    place: int


_RESOLVED = (
    "EXISTS (SELECT 1 FROM black_board_resolution r WHERE r.village_id = NEW.village_id"
    " AND r.id = NEW.resolution_id AND r.ended_on IS NULL)"
)
_NO_OPEN_OBJECTION = (
    "NOT EXISTS (SELECT 1 FROM listing_objection o WHERE o.village_id = NEW.village_id"
    " AND o.listing_id = NEW.id AND o.status = 'open')"
)
_VOTE_KEPT = (
    "NEW.votes_for = OLD.votes_for AND NEW.votes_against = OLD.votes_against"
    " AND NEW.decided_on = OLD.decided_on AND (NEW.expires_on IS NULL OR NEW.expires_on = OLD.expires_on)"
)

# Erasing a person takes the words about them; that there was a listing, and the vote on it, stays.
_LISTING_ERASED = erased_only(
    texts=("fact", "ended_reason"),
    kept=(
        *("village_id", "id", "month", "first_month", "board", "participant_id", "status", "place", "honour"),
        *("rule", "resolution_id", "proposed_by", "proposed_at", "notified_on", "notified_by", "earliest_on"),
        *("votes_for", "votes_against", "decided_on", "decided_by", "decided_at", "days_up", "expires_on"),
        *("log_index", "ended_at", "ended_by"),
    ),
)
_OBJECTION_ERASED = erased_only(
    texts=("raised_by", "reason", "decision"),
    kept=(
        *("village_id", "id", "listing_id", "proposed_by", "recorded_by", "raised_at", "due_on", "status"),
        *("decided_by", "decided_at"),
    ),
)

GUARDS = (
    *append_only("standing"),
    Guard("listing", "INSERT", unless=f"NEW.status = 'proposed' AND (NEW.board = 'red' OR {_RESOLVED})"),
    Guard(
        "listing",
        "UPDATE",
        unless=f"(OLD.status = 'proposed' AND (NEW.status <> 'up' OR {_NO_OPEN_OBJECTION}))"
        f" OR (OLD.status = 'up' AND NEW.status IN ('up', 'down') AND {_VOTE_KEPT})"
        f" OR ({_LISTING_ERASED})",
    ),
    Guard("listing", "DELETE"),
    Guard("listing_objection", "UPDATE", unless=f"OLD.status = 'open' OR ({_OBJECTION_ERASED})"),
    Guard("listing_objection", "DELETE"),
    Guard("black_board_resolution", "UPDATE", unless="OLD.ended_on IS NULL"),
    Guard("black_board_resolution", "DELETE"),
)
