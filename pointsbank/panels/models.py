"""The tables of panels: who sits on which, for which groups, and whose households each must not judge.

Beside them `staff_kin`: the own household of who signs in, and near relatives', as of a clerk on no panel.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import Guard, erased_only
from pointsbank.labels.kinship import KINSHIP
from pointsbank.labels.panel_kind import PANEL_KIND
from pointsbank.labels.panel_rule import PANEL_RULE
from pointsbank.labels.relation import RELATION
from pointsbank.labels.seat_kind import SEAT_KIND
from pointsbank.naming import by_words, with_columns
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village
from pointsbank.witness import Witnessed, declare


class PanelRow(VillageTable, table=True):
    """Those who judge together, until the panel ends; `rule`: how their marks come together."""

    __tablename__ = "panel"
    __table_args__ = (
        references_village(),
        one_of("kind", PANEL_KIND.codes),
        one_of("rule", PANEL_RULE.codes),
        CheckConstraint("length(name) between 1 and 60", name="name_length"),
        CheckConstraint("(ended_at is null) = (ended_by is null)", name="ended_by_somebody"),
        index("name", name="uq_panel_village_id_name", unique=True, where="ended_at is null"),
    )

    id: str = Field(primary_key=True)
    kind: str
    name: str
    rule: str
    made_by: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PanelGroupRow(VillageTable, table=True):
    """A group in a panel's area (责任区)."""

    __tablename__ = "panel_group"
    __table_args__ = (
        references("panel", panel_id="id"),
        references("village_group", group_id="id"),
    )

    panel_id: str = Field(primary_key=True)
    group_id: str = Field(primary_key=True)


class PanelMemberRow(VillageTable, table=True):
    """Somebody who sits on a panel from one day to another, with the household that is their own."""

    __tablename__ = "panel_member"
    __table_args__ = (
        references("panel", panel_id="id"),
        references("participant", participant_id="id"),
        one_of("seat", SEAT_KIND.codes),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("length(name) between 1 and 60", name="name_length"),
        CheckConstraint("until >= since", name="until"),
    )

    panel_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str
    seat: str
    participant_id: str | None = None
    # The account with which the member signs in, where there is one; accounts are the installation's.
    staff_id: str | None = None
    since: date
    until: date | None = None


class PanelRelativeRow(VillageTable, table=True):
    """A near relative's household, which the member does not judge either."""

    __tablename__ = "panel_relative"
    __table_args__ = (
        references("panel_member", "panel_id", "number"),
        references("participant", participant_id="id"),
        one_of("relation", RELATION.codes),
    )

    panel_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    participant_id: str = Field(primary_key=True)
    relation: str


class StaffKinRow(VillageTable, table=True):
    """The household of somebody who signs in, or of a near relative: they enter nothing for it themselves."""

    __tablename__ = "staff_kin"
    __table_args__ = (
        references("participant", participant_id="id"),
        one_of("relation", KINSHIP.codes),
    )

    # Accounts are the installation's.
    staff_id: str = Field(primary_key=True)
    participant_id: str = Field(primary_key=True)
    relation: str


_SEATED = ("village_id", "panel_id", "number", "since")
_AS_LEFT = erased_only(["name"], (*_SEATED, "seat", "participant_id", "staff_id", "until"))
_SAME_SEAT = " AND ".join(f"NEW.{column} = OLD.{column}" for column in _SEATED)

GUARDS = (
    Guard("panel", "UPDATE", unless="OLD.ended_at IS NULL"),
    Guard("panel", "DELETE"),
    # Who has left stays as he left, but for a name that is forgotten with its household.
    Guard("panel_member", "UPDATE", unless=f"(OLD.until IS NULL AND {_SAME_SEAT}) OR ({_AS_LEFT})"),
    Guard("panel_member", "DELETE"),
    # A relation that was wrong goes and another comes: none is rewritten.
    Guard("panel_relative", "UPDATE"),
    Guard("staff_kin", "UPDATE"),
)

_NAMED = {"id": "panel", "name": "name", "rule": "rule"}

WITNESSES = declare(
    Witnessed(
        table="panel",
        kinds=("panel_made", "panel_changed", "panel_ended"),
        named_by={
            "panel_made": with_columns(by_words(kind="kind", made_by="actor", **_NAMED), ended_by=None),
            "panel_changed": by_words(**_NAMED),
            "panel_ended": by_words(id="panel", ended_by="actor"),
        },
    ),
    Witnessed(table="panel_group", kinds=("panel_made", "panel_changed")),
    Witnessed(table="panel_member", kinds=("panel_changed",)),
    Witnessed(table="panel_relative", kinds=("panel_changed",)),
    Witnessed(table="staff_kin", kinds=("staff_kin_changed",)),
)
