"""The tables of households' PINs: the PIN, one that waits for a second person, and what became of each."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.guards import append_only
from pointsbank.village_tables import VillageTable, index, references
from pointsbank.witness import Checked, Unwitnessed, Witnessed, declare


class PinRow(VillageTable, table=True):
    """A household's PIN, as a digest, and the wrong tries since the last right one: till and telephone."""

    __tablename__ = "pin"
    __table_args__ = (
        references("participant", participant_id="id"),
        CheckConstraint("wrong >= 0", name="wrong"),
        CheckConstraint("own_wrong >= 0", name="own_wrong"),
    )

    participant_id: str = Field(primary_key=True)
    digest: str
    wrong: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    set_by: str
    set_at: datetime = Field(sa_type=UtcDateTime)
    own_wrong: int = 0
    own_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PinProposalRow(VillageTable, table=True):
    """The digest of a PIN that a household typed and a second person has not confirmed yet."""

    __tablename__ = "pin_proposal"
    __table_args__ = (references("participant", participant_id="id"), index("participant_id"))

    id: str = Field(primary_key=True)
    participant_id: str
    digest: str
    proposed_at: datetime = Field(sa_type=UtcDateTime)


class PinEventRow(VillageTable, table=True):
    """A household's PIN set or reset by two people, or changed by the household; each is a log entry."""

    __tablename__ = "pin_event"
    __table_args__ = (
        references("participant", participant_id="id"),
        references("card", card_id="id"),
        references("log_entry", "log_index"),
        CheckConstraint("kind in ('set', 'reset', 'changed')", name="kind"),
        CheckConstraint("(kind = 'changed') = (second is null)", name="second"),
        CheckConstraint("second is null or second <> done_by", name="two_people"),
        index("participant_id", "log_index"),
    )

    log_index: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    kind: str
    participant_id: str
    card_id: str
    done_by: str
    second: str | None = None
    done_at: datetime = Field(sa_type=UtcDateTime)


PIN_GUARDS = append_only("pin_event")

_THROTTLED = Unwitnessed(kind="throttle", why="wrong tries, and how long they keep the PIN shut")
PIN_WITNESSES = declare(
    Witnessed(
        table="pin",
        apart=dict.fromkeys(("wrong", "locked_until", "own_wrong", "own_until"), _THROTTLED),
    ),
    Witnessed(table="pin_proposal", kinds=("approval_requested", "pin_set", "pin_reset")),
    Checked(table="pin_event", by="the words of its entry", kinds=("pin_set", "pin_reset", "pin_changed")),
)
