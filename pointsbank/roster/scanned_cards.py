"""Whose card was scanned, in whatever state it is: for who serves at the counter, never to spend."""

from dataclasses import dataclass

from sqlmodel import Session

from pointsbank.roster.looking_up import read_scanned
from pointsbank.roster.participants import by_id
from pointsbank.roster.stored import Participant


@dataclass(frozen=True, slots=True)
class ScannedCard:
    """A card of this village (its id), its state (`labels.card_status`), and whose it is."""

    card_id: str
    status: str
    participant: Participant


def scanned_card(session: Session, *, text: str, village: str) -> ScannedCard:
    """Return the card whose code was scanned, though it may be lost or not handed out, and whose it is.

    Args:
        text: what the scanner read; anything before the token is ignored.

    Raises:
        CardMalformed: it is no card.
        PracticeCard, RealCard: as `look_up`.
        CardUnknown: nobody issued such a card.
        WrongVillage: the card is another village's.
        ParticipantUnknown: the holder is gone from the roster.

    Example:
        roster.scanned_card(session, text="HTTPS://CY.EXAMPLE/C/8M…", village="cy").status  # "revoked"
    """
    row = read_scanned(session, text, village=village)
    return ScannedCard(row.id, row.status, by_id(session, village=village, id=row.participant_id))
