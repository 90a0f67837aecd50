"""The tables of helpers: who helps a household on the black board, each visit, and what came of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, erased_only
from pointsbank.labels.help_form import HELP_FORM
from pointsbank.labels.help_outcome import HELP_OUTCOME
from pointsbank.village_tables import VillageTable, one_of, references
from pointsbank.witness import Witnessed, declare


class HelperRow(VillageTable, table=True):
    """Who helps (帮教人) the household of one listing, from when, and what came of it; ends once."""

    __tablename__ = "helper"
    __table_args__ = (
        references("listing", listing_id="id"),
        one_of("outcome", HELP_OUTCOME.codes),
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint("ended_on >= assigned_on", name="ended_later"),
        CheckConstraint(
            "(ended_on IS NULL) = (outcome IS NULL) AND (ended_on IS NULL) = (ended_by IS NULL)"
            " AND (ended_on IS NULL) = (words IS NULL)",
            name="ended_whole",
        ),
    )

    listing_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str
    assigned_on: date
    assigned_by: str
    assigned_at: datetime = Field(sa_type=UtcDateTime)
    ended_on: date | None = None
    ended_by: str | None = None
    outcome: str | None = None
    words: str | None = None


class HelperVisitRow(VillageTable, table=True):
    """One visit of a helper: when, in which form, in a few words; only the words are erased."""

    __tablename__ = "helper_visit"
    __table_args__ = (
        references("helper", "listing_id", helper_number="number"),
        one_of("form", HELP_FORM.codes),
        CheckConstraint("words <> ''", name="words_given"),
    )

    listing_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    helper_number: int
    visited_on: date
    form: str
    words: str
    recorded_by: str
    recorded_at: datetime = Field(sa_type=UtcDateTime)


_BLACK = (
    "EXISTS (SELECT 1 FROM listing l WHERE l.village_id = NEW.village_id AND l.id = NEW.listing_id"
    " AND l.board = 'black')"
)
_ASSIGNED = ("village_id", "listing_id", "number", "assigned_on", "assigned_by", "assigned_at")
_ENDED = ("ended_on", "ended_by", "outcome")
_SAME_ENDED = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _ENDED)
_VISIT = erased_only(["words"], [name for name in HelperVisitRow.model_fields if name != "words"])

GUARDS = (
    Guard("helper", "INSERT", unless=f"{_BLACK} AND NEW.ended_on IS NULL"),
    Guard(
        "helper",
        "UPDATE",
        unless=f"{erased_only(['name'], _ASSIGNED)}"
        f" AND (OLD.ended_on IS NULL OR ({_SAME_ENDED} AND {erased_only(['words'], [])}))",
    ),
    Guard("helper", "DELETE"),
    Guard("helper_visit", "UPDATE", unless=_VISIT),
    Guard("helper_visit", "DELETE"),
)

WITNESSES = declare(
    Witnessed(table="helper"),
    Witnessed(table="helper_visit"),
)
