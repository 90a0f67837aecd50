"""What handing out some printed cards does to the other cards of their households: one pure rule.

A household's cards are in slots, 1 the first. Batches are numbered without gaps, so the number of its batch
says which of two cards is newer, whatever the clock said; cards from before there were batches are older.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StandingCard:
    """A card that is printed or active: whose it is, in which slot (>= 1), and of which batch, 0 for none."""

    id: str
    participant: str
    slot: int
    status: str
    batch: int
    issued_at: datetime

    @property
    def key(self) -> tuple[str, int]:
        """The household and the slot."""
        return self.participant, self.slot

    @property
    def age(self) -> tuple[int, datetime, str]:
        """What puts cards in the order in which they were printed."""
        return self.batch, self.issued_at, self.id


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What handing out does: cards (ids) that come into use, those in use that end, unused ones that end.

    Attributes:
        first: of how many households these are the first cards in their slots.
    """

    activated: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    useless: tuple[str, ...] = ()
    first: int = 0
    households: int = 0
    exchanged: int = 0


def hand_out_of(cards: Sequence[StandingCard], chosen: Collection[str]) -> HandedOut:
    """Return what happens when these printed cards (ids) are handed out.

    Of several chosen for one slot of a household the newest counts. It ends the slot's card in use and makes
    older printed ones of that slot useless, never a newer one, and touches no other slot.

    Args:
        cards: at least all printed and active cards of the households concerned.
    """
    newest: dict[tuple[str, int], StandingCard] = {}
    for card in sorted(cards, key=lambda one: one.age):
        if card.status == "printed" and card.id in chosen:
            newest[card.key] = card
    ended, useless = [], []
    for card in cards:
        new = newest.get(card.key)
        if new is None or new is card:
            continue
        if card.status == "active":
            ended.append(card)
        elif card.age < new.age:
            useless.append(card)
    whose = {one.participant for one in newest.values()}
    exchanged = {one.participant for one in ended}
    return HandedOut(
        tuple(one.id for one in newest.values()),
        tuple(one.id for one in ended),
        tuple(one.id for one in useless),
        len(whose - {one.participant for one in cards if one.status == "active"}),
        len(whose),
        len(exchanged),
    )
