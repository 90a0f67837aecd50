"""The tables of a warning's due process: on what it rests, who brought the letter, who countersigned."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank import objections
from pointsbank.boards.resting import BASIS_POSTED
from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, append_only, erased_only
from pointsbank.labels.handed_to import HANDED_TO
from pointsbank.naming import by_words
from pointsbank.objections import AnswerColumns, ObjectionColumns, answer_rules, objection_rules
from pointsbank.village_tables import VillageTable, index, one_of, references
from pointsbank.witness import Witnessed, declare


class FactRow(VillageTable, table=True):
    """What somebody saw at a household on a day, on which a warning may rest; only its words are erased."""

    __tablename__ = "listing_fact"
    __table_args__ = (
        references("participant", participant_id="id"),
        CheckConstraint("words <> ''", name="words_given"),
        index("participant_id", name="ix_listing_fact_participant"),
    )

    id: str = Field(primary_key=True)
    participant_id: str
    seen_on: date
    words: str
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class FactObjectionRow(ObjectionColumns, table=True):
    """What is said against a recorded fact."""

    __tablename__ = "listing_fact_objection"
    __table_args__ = objection_rules("listing_fact")


class FactObjectionAnswerRow(AnswerColumns, table=True):
    """The written answer to it."""

    __tablename__ = "listing_fact_objection_answer"
    __table_args__ = answer_rules("listing_fact_objection")


class BasisRow(VillageTable, table=True):
    """On what a warning rests: one score, or one recorded fact, of the same household."""

    __tablename__ = "listing_basis"
    __table_args__ = (
        references("listing", listing_id="id"),
        references("score", score_id="id"),
        references("listing_fact", fact_id="id"),
        CheckConstraint("(score_id IS NULL) <> (fact_id IS NULL)", name="one_of_both"),
        index("score_id", name="ix_listing_basis_score"),
        index("fact_id", name="ix_listing_basis_fact"),
    )

    listing_id: str = Field(primary_key=True)
    score_id: str | None = None
    fact_id: str | None = None


class DeliveryRow(VillageTable, table=True):
    """The letter about a proposal reached the household: by whom, when, into whose hands."""

    __tablename__ = "listing_delivery"
    __table_args__ = (
        references("listing", listing_id="id"),
        one_of("handed_to", HANDED_TO.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("brought_by <> ''", name="brought_by_somebody"),
        CheckConstraint("handed_to <> 'adult' OR receiver <> ''", name="receiver_named"),
        CheckConstraint("handed_to = 'adult' OR witness <> ''", name="witness_named"),
    )

    listing_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    delivered_on: date
    handed_to: str
    brought_by: str
    receiver: str = ""
    witness: str = ""
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class VisaRow(VillageTable, table=True):
    """A supervisor countersigned a proposal: its reason, its letter and its days are in order."""

    __tablename__ = "listing_visa"
    __table_args__ = (
        references("listing", listing_id="id"),
        CheckConstraint("number >= 1", name="number"),
    )

    listing_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    given_by: str
    given_on: date
    given_at: datetime = Field(sa_type=UtcDateTime)


class PutRightRow(VillageTable, table=True):
    """A household says that it put things right; somebody looks, once, and finds it so or not."""

    __tablename__ = "listing_put_right"
    __table_args__ = (
        references("listing", listing_id="id"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("seen_on >= reported_on", name="seen_afterwards"),
        CheckConstraint(
            "(seen_on IS NULL) = (is_put_right IS NULL) AND (seen_on IS NULL) = (seen_by IS NULL)"
            " AND (seen_on IS NULL) = (words IS NULL)",
            name="seen_whole",
        ),
    )

    listing_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reported_on: date
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    seen_on: date | None = None
    seen_by: str | None = None
    is_put_right: bool | None = None
    words: str | None = None


def _listing(condition: str) -> str:
    """SQL: the listing that a guard looks at is black, and the condition over it (`l`) holds."""
    return (
        "EXISTS (SELECT 1 FROM listing l WHERE l.village_id = NEW.village_id AND l.id = NEW.listing_id"
        f" AND l.board = 'black' AND {condition})"
    )


def _no_step(table: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM {table} x WHERE x.village_id = NEW.village_id"
        " AND x.listing_id = NEW.listing_id)"
    )


_WAITS = f"{_no_step('listing_decision')} AND {_no_step('listing_end')}"
_OF_THE_SAME = _listing(
    "(EXISTS (SELECT 1 FROM score s WHERE s.village_id = l.village_id AND s.id = NEW.score_id"
    " AND s.participant_id = l.participant_id) OR EXISTS (SELECT 1 FROM listing_fact f"
    " WHERE f.village_id = l.village_id AND f.id = NEW.fact_id AND f.participant_id = l.participant_id))"
)
_SUPERVISORS_KIN = (
    "EXISTS (SELECT 1 FROM staff_kin k WHERE k.village_id = l.village_id AND k.staff_id = NEW.given_by"
    " AND k.participant_id = l.participant_id) OR EXISTS (SELECT 1 FROM panel_member m"
    " WHERE m.village_id = l.village_id AND m.staff_id = NEW.given_by AND m.until IS NULL"
    " AND (m.participant_id = l.participant_id OR EXISTS (SELECT 1 FROM panel_relative r"
    " WHERE r.village_id = m.village_id AND r.panel_id = m.panel_id AND r.number = m.number"
    " AND r.participant_id = l.participant_id)))"
)
_PREPARED_BY = (
    "l.proposed_by = NEW.given_by OR EXISTS (SELECT 1 FROM listing_delivery d"
    " WHERE d.village_id = l.village_id AND d.listing_id = l.id AND d.recorded_by = NEW.given_by)"
    " OR EXISTS (SELECT 1 FROM listing_basis b JOIN listing_fact f ON f.village_id = b.village_id"
    " AND f.id = b.fact_id WHERE b.village_id = l.village_id AND b.listing_id = l.id"
    " AND f.recorded_by = NEW.given_by)"
)
_MAY_COUNTERSIGN = _listing(
    f"NOT ({_SUPERVISORS_KIN}) AND NOT ({_PREPARED_BY}) AND EXISTS (SELECT 1 FROM listing_notification n"
    " WHERE n.village_id = l.village_id AND n.listing_id = l.id AND n.earliest_on <= NEW.given_on)"
    f" AND {BASIS_POSTED}"
)

BEFORE_IT_GOES_UP = (
    "EXISTS (SELECT 1 FROM listing l WHERE l.village_id = NEW.village_id AND l.id = NEW.listing_id"
    f" AND (l.board = 'red' OR ({BASIS_POSTED} AND EXISTS (SELECT 1 FROM listing_visa v"
    " WHERE v.village_id = l.village_id AND v.listing_id = l.id AND NOT EXISTS (SELECT 1"
    " FROM listing_delivery d WHERE d.village_id = v.village_id AND d.listing_id = v.listing_id"
    " AND d.recorded_at >= v.given_at)))))"
)
"""A warning rests on a fact or a posted score and was signed after its last letter; praise is free."""

DELIVERED = (
    "EXISTS (SELECT 1 FROM listing l WHERE l.village_id = NEW.village_id AND l.id = NEW.listing_id"
    " AND (l.board = 'red' OR EXISTS (SELECT 1 FROM listing_delivery d WHERE d.village_id = l.village_id"
    " AND d.listing_id = l.id AND d.delivered_on = NEW.notified_on)))"
)
"""The day from which a warning's days are counted is that of a recorded delivery."""

_FACT = erased_only(["words"], [name for name in FactRow.model_fields if name != "words"])
_NAMES = ("receiver", "witness", "brought_by")
_DELIVERY = erased_only(_NAMES, [name for name in DeliveryRow.model_fields if name not in _NAMES])
_REPORTED = ("village_id", "listing_id", "number", "reported_on", "recorded_by", "recorded_at")
_SEEN = (*_REPORTED, "seen_on", "seen_by", "is_put_right")
_SAME_REPORT = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _REPORTED)

PROCESS_GUARDS = (
    Guard("listing_fact", "UPDATE", unless=_FACT),
    Guard("listing_fact", "DELETE"),
    *objections.guards("listing_fact_objection"),
    Guard("listing_basis", "INSERT", unless=f"{_OF_THE_SAME} AND {_WAITS}"),
    *append_only("listing_basis"),
    Guard("listing_delivery", "INSERT", unless=f"{_listing('NEW.delivered_on IS NOT NULL')} AND {_WAITS}"),
    Guard("listing_delivery", "UPDATE", unless=_DELIVERY),
    Guard("listing_delivery", "DELETE"),
    Guard("listing_visa", "INSERT", unless=f"{_MAY_COUNTERSIGN} AND {_WAITS}"),
    *append_only("listing_visa"),
    Guard("listing_put_right", "INSERT", unless="NEW.seen_on IS NULL"),
    Guard(
        "listing_put_right",
        "UPDATE",
        unless=f"(OLD.seen_on IS NULL AND {_SAME_REPORT}) OR ({erased_only(['words'], _SEEN)})",
    ),
    Guard("listing_put_right", "DELETE"),
)

WITNESSES = declare(
    Witnessed(table="listing_fact"),
    objections.filed_witness("listing_fact_objection"),
    objections.answered_witness("listing_fact_objection_answer"),
    Witnessed(table="listing_basis", added_only=True),
    Witnessed(
        table="listing_delivery",
        kinds=("listing_delivered",),
        named_by={
            "listing_delivered": by_words(
                listing_id="listing",
                number="number",
                delivered_on="delivered_on",
                handed_to="handed_to",
                recorded_by="actor",
            )
        },
    ),
    Witnessed(
        table="listing_visa",
        kinds=("listing_countersigned",),
        added_only=True,
        named_by={
            "listing_countersigned": by_words(
                listing_id="listing", number="number", given_on="given_on", given_by="actor"
            )
        },
    ),
    Witnessed(table="listing_put_right"),
)
