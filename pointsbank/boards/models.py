"""The tables of boards: the black board's resolution, listings, their steps and objections, the standing."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank import objections
from pointsbank.boards.leave_models import LEAVE_GUARDS
from pointsbank.boards.praise_guards import KIND_IN_FORCE, PLACE_LEFT
from pointsbank.boards.praise_models import PRAISE_GUARDS
from pointsbank.boards.process_models import BEFORE_IT_GOES_UP, DELIVERED, PROCESS_GUARDS
from pointsbank.boards.resting import OPEN_OBJECTION
from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only, erased_only
from pointsbank.naming import by_words, with_columns
from pointsbank.objections import (
    AnswerColumns,
    ObjectionColumns,
    answer_rules,
    no_open_objection,
    objection_rules,
)
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village, unique
from pointsbank.witness import Witnessed, declare


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
    """One entry proposed for the red or black board of a month; never changed, only its words are erased.

    What became of it is in the tables below, one row a step, each there or not: the household was notified,
    people decided, it ended; `states.state` gives the word for them. `number` counts the proposals of one
    participant for one board of one month: the next one may come when the last one is rejected or ended, and
    two who propose at the same moment take the same number, so that the second is refused.
    """

    __tablename__ = "listing"
    __table_args__ = (
        references("participant", participant_id="id"),
        references("black_board_resolution", resolution_id="id"),
        references_village(),
        unique("month", "board", "participant_id", "number"),
        index("participant_id", name="ix_listing_participant"),
        one_of("board", ("red", "black")),
        CheckConstraint("length(month) = 7 AND substr(month, 5, 1) = '-'", name="month"),
        CheckConstraint("first_month <= month", name="first_month_not_later"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(board = 'black') = (resolution_id IS NOT NULL)", name="black_needs_resolution"),
        CheckConstraint("board = 'red' OR (rule <> '' AND fact <> '')", name="black_states_rule_and_fact"),
        CheckConstraint("(board = 'black') = (days_up IS NOT NULL)", name="black_has_an_end"),
        CheckConstraint("days_up BETWEEN 1 AND 90", name="days_up"),
    )

    id: str = Field(primary_key=True)
    month: str
    first_month: str
    board: str
    participant_id: str
    number: int
    place: int | None = None
    honour: int | None = Field(default=None, sa_type=BigInteger)
    rule: str = ""
    fact: str = ""
    resolution_id: str | None = None
    days_up: int | None = None
    proposed_by: str
    proposed_at: datetime = Field(sa_type=UtcDateTime)


class ListingNotificationRow(VillageTable, table=True):
    """The household was notified of a proposal; a later day may replace it until people decide."""

    __tablename__ = "listing_notification"
    __table_args__ = (
        references("listing", listing_id="id"),
        references_village(),
        CheckConstraint("earliest_on > notified_on", name="before_the_decision"),
    )

    listing_id: str = Field(primary_key=True)
    notified_on: date
    notified_by: str
    earliest_on: date


class ListingDecisionRow(VillageTable, table=True):
    """People decided: up by a majority of votes, which is an entry in the log; rejected otherwise."""

    __tablename__ = "listing_decision"
    __table_args__ = (
        references("listing", listing_id="id"),
        references_village(),
        CheckConstraint("votes_for >= 0 AND votes_against >= 0", name="votes"),
        CheckConstraint("(votes_for > votes_against) = (log_index IS NOT NULL)", name="up_is_in_the_log"),
    )

    listing_id: str = Field(primary_key=True)
    votes_for: int
    votes_against: int
    decided_on: date
    decided_by: str
    decided_at: datetime = Field(sa_type=UtcDateTime)
    log_index: int | None = Field(default=None, sa_type=BigInteger)


class ListingEndRow(VillageTable, table=True):
    """A proposal was withdrawn, or a listing that was up taken down."""

    __tablename__ = "listing_end"
    __table_args__ = (
        references("listing", listing_id="id"),
        references_village(),
        CheckConstraint("reason <> ''", name="reason_stated"),
    )

    listing_id: str = Field(primary_key=True)
    ended_at: datetime = Field(sa_type=UtcDateTime)
    ended_by: str
    reason: str


class ListingObjectionRow(ObjectionColumns, table=True):
    """What is said against a listing."""

    __tablename__ = "listing_objection"
    __table_args__ = objection_rules("listing")


class ListingObjectionAnswerRow(AnswerColumns, table=True):
    """The written answer to it."""

    __tablename__ = "listing_objection_answer"
    __table_args__ = answer_rules("listing_objection")


class StandingRow(VillageTable, table=True):
    """Where a participant stood when a month was closed; never changed afterwards."""

    __tablename__ = "standing"
    __table_args__ = (
        references("participant", participant_id="id"),
        CheckConstraint("length(month) = 7 AND substr(month, 5, 1) = '-'", name="month"),
        references("village_group", group_id="id"),
        CheckConstraint("place >= 0", name="place"),
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


def _step(table: str, condition: str = "") -> str:
    """SQL: there is a row of this step for the listing that a guard looks at."""
    more = f" AND {condition}" if condition else ""
    return (
        f"EXISTS (SELECT 1 FROM {table} s WHERE s.village_id = NEW.village_id"
        f" AND s.listing_id = NEW.listing_id{more})"
    )


_RESOLVED = (
    "EXISTS (SELECT 1 FROM black_board_resolution r WHERE r.village_id = NEW.village_id"
    " AND r.id = NEW.resolution_id AND r.ended_on IS NULL)"
)
_SAME = (
    "FROM listing l WHERE l.village_id = NEW.village_id AND l.month = NEW.month AND l.board = NEW.board"
    " AND l.participant_id = NEW.participant_id"
)
_NUMBERED = f"NEW.number <= 1 + (SELECT count(*) {_SAME})"
# One of each kind of praise: who leads the ranking may be praised for a deed as well.
_EARLIER_ENDED = (
    f"NOT EXISTS (SELECT 1 {_SAME} AND (NEW.board = 'black' OR l.rule = NEW.rule)"
    " AND l.number < NEW.number AND NOT EXISTS (SELECT 1 FROM listing_end e"
    " WHERE e.village_id = l.village_id AND e.listing_id = l.id) AND NOT EXISTS (SELECT 1 FROM"
    " listing_decision d WHERE d.village_id = l.village_id AND d.listing_id = l.id"
    " AND d.votes_for <= d.votes_against))"
)
_PROPOSED = f"NOT {_step('listing_decision')} AND NOT {_step('listing_end')}"
_DUE_PROCESS = (
    "EXISTS (SELECT 1 FROM listing l WHERE l.village_id = NEW.village_id AND l.id = NEW.listing_id"
    f" AND (l.board = 'red' OR ({_step('listing_notification', 's.earliest_on <= NEW.decided_on')}"
    " AND EXISTS (SELECT 1 FROM black_board_resolution r WHERE r.village_id = l.village_id"
    " AND r.id = l.resolution_id AND r.ended_on IS NULL))))"
)
_NO_OPEN_OBJECTION = no_open_objection("listing_objection", "NEW.listing_id")
_NOT_CONTESTED = (
    "NOT EXISTS (SELECT 1 FROM listing l WHERE l.village_id = NEW.village_id AND l.id = NEW.listing_id"
    f" AND l.board = 'black' AND {OPEN_OBJECTION})"
)

# Erasing a person takes the words about them; that there was a listing, and the vote on it, stays.
_LISTING_ERASED = erased_only(
    texts=["fact"], kept=[name for name in ListingRow.model_fields if name != "fact"]
)
_END_ERASED = erased_only(texts=["reason"], kept=("village_id", "listing_id", "ended_at", "ended_by"))

GUARDS = (
    *append_only("standing", "listing_decision"),
    Guard(
        "listing",
        "INSERT",
        unless=f"(NEW.board = 'red' OR {_RESOLVED}) AND {_NUMBERED} AND {_EARLIER_ENDED}"
        f" AND (NEW.board = 'black' OR NEW.rule = '' OR {KIND_IN_FORCE})",
    ),
    Guard("listing", "UPDATE", unless=_LISTING_ERASED),
    Guard("listing", "DELETE"),
    Guard("listing_notification", "INSERT", unless=f"{_PROPOSED} AND {DELIVERED}"),
    Guard(
        "listing_notification",
        "UPDATE",
        unless=f"NEW.listing_id = OLD.listing_id AND {_PROPOSED} AND {DELIVERED}",
    ),
    Guard("listing_notification", "DELETE"),
    Guard(
        "listing_decision",
        "INSERT",
        unless=f"NOT {_step('listing_end')} AND (NEW.votes_for <= NEW.votes_against"
        f" OR ({_DUE_PROCESS} AND {BEFORE_IT_GOES_UP} AND {_NO_OPEN_OBJECTION} AND {_NOT_CONTESTED}"
        f" AND {PLACE_LEFT}))",
    ),
    Guard(
        "listing_end", "INSERT", unless=f"NOT {_step('listing_decision', 's.votes_for <= s.votes_against')}"
    ),
    Guard("listing_end", "UPDATE", unless=_END_ERASED),
    Guard("listing_end", "DELETE"),
    *objections.guards("listing_objection"),
    Guard("black_board_resolution", "UPDATE", unless="OLD.ended_on IS NULL"),
    Guard("black_board_resolution", "DELETE"),
    *LEAVE_GUARDS,
    *PRAISE_GUARDS,
    *PROCESS_GUARDS,
)

WITNESSES = declare(
    Witnessed(
        table="black_board_resolution",
        kinds=("black_board_resolved", "black_board_ended"),
        named_by={
            "black_board_resolved": with_columns(
                by_words(id="id", resolution="resolution", adopted_on="adopted_on", recorded_by="actor"),
                ended_on=None,
            ),
            "black_board_ended": by_words(
                id="id", ended_on="ended_on", ended_resolution="ended_resolution", ended_by="actor"
            ),
        },
    ),
    Witnessed(table="listing"),
    Witnessed(table="listing_notification"),
    Witnessed(table="listing_decision", kinds=("listing_up",)),
    Witnessed(table="listing_end", kinds=("listing_down",)),
    objections.filed_witness("listing_objection"),
    objections.answered_witness("listing_objection_answer"),
    Witnessed(table="standing", kinds=("month_closed",), added_only=True),
)
