"""Whose card it is whose address somebody opens: told only of a card in use, and of all else nothing."""

from typing import NamedTuple

from sqlmodel import Session

from pointsbank.prepared import fetch
from pointsbank.roster.looking_up import BY_TOKEN, FoundCard
from pointsbank.roster.tokens import digest, read_token


class OpenedCard(NamedTuple):
    """A card in use (id) whose address was opened, its holder (id) and village (code)."""

    village: str
    card: str
    participant: str


def village_of(session: Session, *, text: str) -> str | None:
    """Return the village of a card in use, and nothing of its holder; None for all else, in the same steps.

    For whoever opens a card's address: lost, replaced, not yet handed out and never issued are told apart by
    neither the answer nor the work. What is no card's code at all is looked for as well.

    Args:
        text: what the scanner read; anything before the token is ignored.

    Example:
        roster.village_of(session, text="HTTPS://CY.EXAMPLE/C/8M…") == "cy"
    """
    values = {"digest": digest(read_token(text) or "")}
    row = fetch(session, BY_TOKEN, values, into=FoundCard).first()
    return row.village_id if row is not None and row.status == "active" else None


def opened_card(session: Session, *, text: str) -> OpenedCard | None:
    """Return which card in use was opened by its code; None for all else, in the same steps as `village_of`.

    Args:
        text: what the scanner read; anything before the token is ignored.

    Example:
        roster.opened_card(session, text="HTTPS://CY.EXAMPLE/C/8M…").participant == wang.id
    """
    values = {"digest": digest(read_token(text) or "")}
    row = fetch(session, BY_TOKEN, values, into=FoundCard).first()
    if row is None or row.status != "active":
        return None
    return OpenedCard(row.village_id, row.id, row.participant_id)
