"""The table of visits by card: the digest of a telephone's secret, for whose card, until when."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from pointsbank.database import UtcDateTime
from pointsbank.village_tables import VillageTable, index, references
from pointsbank.witness import Unwitnessed, declare


class CardVisitRow(VillageTable, table=True):
    """A telephone on which a household's card was scanned; nothing is kept of it once it has ended."""

    __tablename__ = "card_visit"
    __table_args__ = (
        references("card", card_id="id"),
        references("participant", participant_id="id"),
        CheckConstraint("length(digest) = 64", name="digest"),
        CheckConstraint("ends_at > begun_at", name="ends_after"),
        index("participant_id"),
        index("ends_at"),
    )

    digest: str = Field(primary_key=True)
    card_id: str
    participant_id: str
    begun_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)


WITNESSES = declare(
    Unwitnessed(
        table="card_visit",
        kind="session",
        why="a telephone that shows a household's own file, for a quarter of an hour; it changes nothing",
    )
)
