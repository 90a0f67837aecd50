"""The roster's tables: who holds points, and the cards that identify them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from pointsbank.database import UtcDateTime

KINDS = ("household", "party_member", "party_branch", "volunteer_team", "organisation", "group")
PARTICIPANT_STATUSES = ("active", "suspended", "closed")
CARD_STATUSES = ("printed", "active", "replaced", "revoked")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    """A CHECK expression: the column holds one of these words."""
    return f"{column} in ({', '.join(repr(value) for value in values)})"


class ParticipantRow(SQLModel, table=True):
    """Who holds points: a household, a party member, a team …; identified by its code, never by its name."""

    __tablename__ = "participant"
    __table_args__ = (
        ForeignKeyConstraint(["village_id"], ["village.id"]),
        ForeignKeyConstraint(["village_id", "group_id"], ["village_group.village_id", "village_group.id"]),
        UniqueConstraint("village_id", "code"),
        Index(None, "village_id", "sort_key"),
        CheckConstraint(_one_of("kind", KINDS), name="kind"),
        CheckConstraint(_one_of("status", PARTICIPANT_STATUSES), name="status"),
        CheckConstraint("people >= 0", name="people"),
        CheckConstraint("erased_at is null or status = 'closed'", name="erased_once_closed"),
        CheckConstraint("length(code) between 1 and 32 and length(name) between 1 and 60", name="named"),
    )

    village_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    code: str
    name: str
    kind: str
    group_id: str | None = None
    people: int = 0
    address: str = ""
    status: str = "active"
    search_key: str
    sort_key: str
    added_at: datetime = Field(sa_type=UtcDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CardRow(SQLModel, table=True):
    """One printed card; its token is stored nowhere, only the token's digest."""

    __tablename__ = "card"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "participant_id"], ["participant.village_id", "participant.id"]),
        UniqueConstraint("village_id", "number"),
        Index(None, "village_id", "participant_id"),
        Index(
            "uq_card_village_id_active",
            "village_id",
            "participant_id",
            unique=True,
            sqlite_where=text("status = 'active'"),
            postgresql_where=text("status = 'active'"),
        ),
        CheckConstraint(_one_of("status", CARD_STATUSES), name="status"),
        CheckConstraint("length(number) = 9", name="number_length"),
    )

    village_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    participant_id: str
    number: str
    status: str = "printed"
    issued_by: str
    issued_at: datetime = Field(sa_type=UtcDateTime)
    changed_by: str
    changed_at: datetime = Field(sa_type=UtcDateTime)


class CardTokenRow(SQLModel, table=True):
    """Which card a token's digest belongs to; asked before the village is known."""

    __tablename__ = "card_token"
    __table_args__ = (
        ForeignKeyConstraint(["village_id", "card_id"], ["card.village_id", "card.id"]),
        UniqueConstraint("village_id", "card_id"),
        CheckConstraint("length(digest) = 32", name="digest_length"),
    )

    digest: bytes = Field(primary_key=True, sa_type=LargeBinary)
    village_id: str
    card_id: str
