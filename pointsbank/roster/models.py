"""The roster's tables: who holds points, and the cards that identify them."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field, SQLModel

from pointsbank.database import UtcDateTime
from pointsbank.naming import Stated, Words, by_words, with_columns
from pointsbank.roster import bar_models, restriction_models
from pointsbank.village_tables import VillageTable, index, one_of, references, references_village, unique
from pointsbank.witness import Unwitnessed, Witnessed, declare

KINDS = (
    "household",
    "party_member",
    "party_branch",
    "volunteer_team",
    "organisation",
    "group",
    "village",
    "street",
    "keeper",
)
PERSONS = frozenset({"household", "party_member", "keeper"})
"""The kinds that stand for living people: a branch, a team, an organisation, a place is not a person."""
PARTICIPANT_STATUSES = ("active", "suspended", "closed", "away")
CARD_STATUSES = ("printed", "active", "replaced", "revoked")
SLOTS = 4
"""Cards that a household may have at once: grandparents at home, the couple in town, …"""
LABEL = 8
"""Characters of where a card is kept, such as 城里."""
BATCH_SCOPES = ("village", "group", "households", "further", "old_address")


class ParticipantRow(VillageTable, table=True):
    """Who holds points: a household, a party member, a team …; identified by its code, never by its name."""

    __tablename__ = "participant"
    __table_args__ = (
        references_village(),
        references("village_group", group_id="id"),
        unique("code"),
        index("sort_key"),
        one_of("kind", KINDS),
        one_of("status", PARTICIPANT_STATUSES),
        CheckConstraint("people >= 0", name="people"),
        CheckConstraint("erased_at is null or status = 'closed'", name="erased_once_closed"),
        CheckConstraint("length(code) between 1 and 32 and length(name) between 1 and 60", name="named"),
    )

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


class CardRow(VillageTable, table=True):
    """One printed card; its token is stored nowhere, only the token's digest."""

    __tablename__ = "card"
    __table_args__ = (
        references("participant", participant_id="id"),
        unique("number"),
        index("participant_id"),
        references("card_batch", batch="number"),
        unique("batch", "place"),
        # Of the first card the slot is empty, as in rows from before there were several: their digests stay.
        index(
            "participant_id",
            name="uq_card_village_id_active",
            unique=True,
            where="status = 'active' and slot is null",
        ),
        index(
            "participant_id",
            "slot",
            name="uq_card_village_id_active_slot",
            unique=True,
            where="status = 'active' and slot is not null",
        ),
        one_of("status", CARD_STATUSES),
        CheckConstraint("length(number) = 9", name="number_length"),
        CheckConstraint(f"slot between 2 and {SLOTS}", name="slot"),
        CheckConstraint(f"length(label) between 1 and {LABEL}", name="label"),
        CheckConstraint("(batch is null) = (place is null)", name="place_in_batch"),
        CheckConstraint("place >= 1", name="place"),
    )

    id: str = Field(primary_key=True)
    participant_id: str
    number: str
    status: str = "printed"
    slot: int | None = None
    label: str | None = None
    batch: int | None = None
    place: int | None = None
    issued_by: str
    issued_at: datetime = Field(sa_type=UtcDateTime)
    changed_by: str
    changed_at: datetime = Field(sa_type=UtcDateTime)


class CardBatchRow(VillageTable, table=True):
    """One print of cards: who, when, for whom, with which public address; its number has no gaps."""

    __tablename__ = "card_batch"
    __table_args__ = (
        references_village(),
        references("village_group", group_id="id"),
        one_of("scope", BATCH_SCOPES),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("cards >= 1", name="cards"),
        CheckConstraint("length(public_url) <= 200", name="public_url"),
        CheckConstraint("(voided_by is null) = (voided_at is null)", name="voided"),
    )

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    printed_by: str
    printed_at: datetime = Field(sa_type=UtcDateTime)
    scope: str
    group_id: str | None = None
    cards: int
    public_url: str = ""
    voided_by: str | None = None
    voided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CardTokenRow(SQLModel, table=True):
    """Which card a token's digest belongs to; asked before the village is known."""

    __tablename__ = "card_token"
    __table_args__ = (
        references("card", card_id="id"),
        unique("card_id"),
        CheckConstraint("length(digest) = 32", name="digest_length"),
    )

    digest: bytes = Field(primary_key=True, sa_type=LargeBinary)
    village_id: str
    card_id: str


def _stated_of_voided(words: Words) -> Iterator[Stated]:
    """Say who made the rest of a batch useless; the cards from before there were batches have no row."""
    if words["batch"]:
        yield Stated({"number": words["batch"], "voided_by": words["actor"]})


GUARDS = (*restriction_models.GUARDS, *bar_models.GUARDS)
_SEARCHED = Unwitnessed(kind="search key", why="made of name and code, to find and to sort people")
WITNESSES = declare(
    Witnessed(table="participant", apart={"search_key": _SEARCHED, "sort_key": _SEARCHED}),
    Witnessed(table="card", kinds=("card_issued", "card_revoked")),
    Witnessed(
        table="card_batch",
        kinds=("card_batch_printed", "card_batch_voided"),
        named_by={
            "card_batch_printed": with_columns(
                by_words(number="batch", cards="cards", public_url="address", printed_by="actor"),
                voided_by=None,
            ),
            "card_batch_voided": _stated_of_voided,
        },
    ),
    Witnessed(table="card_token", kinds=("card_issued",)),
)
