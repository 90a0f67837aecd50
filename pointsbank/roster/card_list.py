"""Reads cards: whose each is and how it stands; never the token, which is stored nowhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.roster.looking_up import CardUnknown
from pointsbank.roster.models import CardRow, ParticipantRow
from pointsbank.roster.tokens import read_number


@dataclass(frozen=True, slots=True)
class Card:
    """A card: its number, the code of the household whose it is, and since when it stands as it does.

    Attributes:
        slot: which of the household's cards it stands for, >= 1.
        label: where it is kept; empty where nobody said.
        batch, place: the number of its batch and its place there; None from before there were batches.
    """

    number: str
    participant: str
    status: str
    issued_at: datetime
    changed_at: datetime
    slot: int = 1
    label: str = ""
    batch: int | None = None
    place: int | None = None
    id: str = ""


def known_cards(
    session: Session,
    *,
    village: str,
    participant: str | None = None,
    status: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> list[Card]:
    """Return the village's cards by number, or one household's (code), or those of one status.

    Args:
        after: the number above which to begin.
        limit: cards at most, >= 0.

    Example:
        [one.status for one in roster.known_cards(session, village="cy", participant="0101")]  # ["active"]
    """
    query = _query(village).order_by(col(CardRow.number)).limit(limit)
    wanted = ((ParticipantRow.code, participant), (CardRow.status, status))
    for column, value in wanted:
        if value is not None:
            query = query.where(col(column) == value)
    if after is not None:
        query = query.where(col(CardRow.number) > after)
    found: Any = execute(session, query).all()
    return [Card(*row) for row in found]


def card_by_number(session: Session, *, village: str, number: str) -> Card:
    """Return the card with this number, spaced or not.

    Raises:
        CardUnknown: the village has none.

    Example:
        roster.card_by_number(session, village="cy", number="012345674").participant  # "0101"
    """
    plain = read_number(number)
    query = _query(village).where(col(CardRow.number) == plain)
    found: Any = execute(session, query).first() if plain is not None else None
    if found is None:
        raise CardUnknown()
    return Card(*found)


def _query(village: str) -> Select[*tuple[Any, ...]]:
    """Return the statement that selects cards with the codes of their holders."""
    return (
        select(
            col(CardRow.number),
            col(ParticipantRow.code),
            col(CardRow.status),
            col(CardRow.issued_at),
            col(CardRow.changed_at),
            func.coalesce(col(CardRow.slot), 1),
            func.coalesce(col(CardRow.label), ""),
            col(CardRow.batch),
            col(CardRow.place),
            col(CardRow.id),
        )
        .join(
            ParticipantRow,
            ParticipantRow.in_village_of(CardRow) & (col(ParticipantRow.id) == col(CardRow.participant_id)),
        )
        .where(CardRow.in_village(village))
    )
