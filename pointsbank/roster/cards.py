"""Hands cards out, revokes and replaces them.

A card is `printed`, then `active` when it is handed out, then `revoked` or `replaced`. A household
has several cards, each in a slot of its own: handing out and loss concern one slot and leave others alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlmodel import Session, col

from pointsbank import ledger
from pointsbank.database import execute
from pointsbank.errors import Refused
from pointsbank.ledger import LogRecord
from pointsbank.prepared import chunks
from pointsbank.roster.card_order import HandedOut, StandingCard, hand_out_of
from pointsbank.roster.models import CardRow
from pointsbank.roster.participants import by_code
from pointsbank.roster.stored import Participant
from pointsbank.roster.tokens import read_number, spaced

IN_HAND = ("printed", "active")


class NoCardToRevoke(Refused):
    """The participant has no card in use."""

    code = "no_card_to_revoke"
    sentence = "{participant}没有使用中的积分卡，不需要挂失；要补卡请重新打印。"
    fixed_by = "村委"


class CardNotInUse(Refused):
    """The card that is to be revoked is not a card in use of this household."""

    code = "card_not_in_use"
    sentence = "{participant}没有卡号为{number}、使用中的积分卡，请在这一户的档案里看是哪一张。"
    fixed_by = "村委"


class WhichCard(Refused):
    """The household has several cards in use, and nobody said which one is lost."""

    code = "which_card"
    sentence = "{participant}有{count}张使用中的积分卡，请说明挂失哪一张，卡号是：{numbers}。"
    fixed_by = "村委"


def printed_cards(
    session: Session, *, village: str, participants: Sequence[str] | None = None
) -> dict[str, str]:
    """Return the newest printed card (id) of each participant (id), or of these participants.

    Example:
        roster.printed_cards(session, village="cy", participants=[wang.id]) == {wang.id: card.id}
    """
    cards = [one for one in _standing(session, village, participants) if one.status == "printed"]
    return {one.participant: one.id for one in sorted(cards, key=lambda one: one.age)}


def printed_of(session: Session, *, village: str, participant: str) -> list[str]:
    """Return the printed cards (ids) of a participant (id), the newest of each slot, by slot.

    Example:
        roster.printed_of(session, village="cy", participant=wang.id) == [card.id]
    """
    cards = sorted(_standing(session, village, [participant]), key=lambda one: one.age)
    newest = {one.slot: one.id for one in cards if one.status == "printed"}
    return [newest[slot] for slot in sorted(newest)]


def printed_for(session: Session, *, village: str, card: str) -> str | None:
    """Return the newest printed card (id) for the household and slot of this card (id); None without one."""
    cards = _of_households(session, village, [card])
    own = next((one for one in cards if one.id == card), None)
    here = [one for one in cards if own and one.key == own.key and one.status == "printed"]
    return max(here, key=lambda one: one.age).id if here else None


def count_printed(session: Session, *, village: str) -> int:
    """Return how many cards of a village are printed and not handed out.

    Example:
        roster.count_printed(session, village="cy")  # 32
    """
    printed = (CardRow.in_village(village), col(CardRow.status) == "printed")
    return int(execute(session, select(func.count()).select_from(CardRow).where(*printed)).scalar_one())


def card_states(session: Session, *, village: str) -> frozenset[str]:
    """Return the states in which a village has cards; none where no card was ever printed.

    Example:
        roster.card_states(session, village="cy")  # frozenset({"printed", "active"})
    """
    query = select(col(CardRow.status)).where(CardRow.in_village(village)).distinct()
    return frozenset(execute(session, query).scalars())


def hand_out_outlook(session: Session, *, village: str, cards: Collection[str]) -> HandedOut:
    """Return what `hand_out` would do with these cards (ids) now; nothing is written.

    Example:
        roster.hand_out_outlook(session, village="cy", cards=[card.id]).first == 1
    """
    return hand_out_of(_of_households(session, village, cards), cards)


def hand_out(session: Session, *, village: str, cards: Collection[str], by: str, at: datetime) -> HandedOut:
    """Put printed cards (ids) into use: see `hand_out_of`. What is no longer printed is left as it is.

    Example:
        roster.hand_out(session, village="cy", cards=[card.id], by="chen", at=now).activated == (card.id,)
    """
    done = hand_out_of(_of_households(session, village, cards, lock=True), cards)
    # First what ends: no slot ever has two active cards.
    _set_status(session, (*done.ended, *done.useless), "replaced", village=village, by=by, at=at)
    _set_status(session, done.activated, "active", village=village, by=by, at=at)
    return done


def lose(
    session: Session, *, village: str, code: str, number: str | None = None, by: str, at: datetime
) -> Participant:
    """Revoke a card in use of the participant with this code at once; return the participant.

    Args:
        number: of the lost card, spaced or not; None where the participant has only one in use.

    Raises:
        ParticipantUnknown: there is no such participant.
        NoCardToRevoke: it has no card in use.
        WhichCard: it has several, and none was named.
        CardNotInUse: the card named is none of them.
        VillageUnknown: there is no such village.

    Example:
        roster.lose(session, village="cy", code="0101", by="chen", at=now).code == "0101"
    """
    person = by_code(session, village=village, code=code)
    # Printed ones are locked too: one that is just being handed out is seen as it stands afterwards.
    query = _locked(village, col(CardRow.participant_id) == person.id, col(CardRow.status).in_(IN_HAND))
    found = {row.number: row.id for row in execute(session, query) if row.status == "active"}
    if not found:
        raise NoCardToRevoke(participant=person.name)
    if number is None and len(found) > 1:
        numbers = "、".join(map(spaced, sorted(found)))
        raise WhichCard(participant=person.name, count=len(found), numbers=numbers)
    lost = next(iter(found)) if number is None else read_number(number)
    if lost not in found:
        raise CardNotInUse(participant=person.name, number=number)
    _revoke(session, [(found[lost], person.id)], village=village, by=by, at=at)
    return person


def revoke(
    session: Session, *, village: str, participant: str, statuses: Sequence[str], by: str, at: datetime
) -> int:
    """Revoke a participant's (id) cards of these statuses, in all slots; return how many.

    Raises:
        VillageUnknown: there is no such village.
    """
    query = _locked(village, col(CardRow.participant_id) == participant, col(CardRow.status).in_(statuses))
    cards = [(row.id, participant) for row in execute(session, query)]
    _revoke(session, cards, village=village, by=by, at=at)
    return len(cards)


def forget_labels(session: Session, *, village: str, participant: str) -> None:
    """Drop where a participant's (id) cards were kept, as part of erasing its words."""
    here = (CardRow.in_village(village), col(CardRow.participant_id) == participant)
    execute(session, update(CardRow).where(*here).values(label=None))


def set_revoked(session: Session, cards: Collection[str], *, village: str, by: str, at: datetime) -> None:
    """Make cards (ids) useless, without an entry for each."""
    _set_status(session, cards, "revoked", village=village, by=by, at=at)


def _revoke(
    session: Session, cards: Sequence[tuple[str, str]], *, village: str, by: str, at: datetime
) -> None:
    """Revoke cards, each an id and its participant's, and log each."""
    _set_status(session, [card for card, _ in cards], "revoked", village=village, by=by, at=at)
    records = [
        LogRecord("card_revoked", {"card": card, "participant": participant}) for card, participant in cards
    ]
    if records:
        ledger.record_many(session, records, village=village, by=by, at=at)


_COLUMNS: tuple[Any, ...] = (
    CardRow.id,
    CardRow.participant_id,
    CardRow.number,
    CardRow.slot,
    CardRow.status,
    CardRow.batch,
    CardRow.issued_at,
)


def _locked(village: str, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Return what selects cards and locks them, in an order of its own so that two do not wait in a ring."""
    query = select(*map(col, _COLUMNS)).where(CardRow.in_village(village), *conditions)
    return query.order_by(col(CardRow.id)).with_for_update()


def _of_households(
    session: Session, village: str, cards: Collection[str], *, lock: bool = False
) -> list[StandingCard]:
    """Return all printed and active cards of the holders of these cards (ids)."""
    holders: set[str] = set()
    for some in chunks(sorted(cards)):
        named = (CardRow.in_village(village), col(CardRow.id).in_(some))
        holders.update(execute(session, select(col(CardRow.participant_id)).where(*named)).scalars())
    return _standing(session, village, sorted(holders), lock=lock)


def _standing(
    session: Session, village: str, participants: Sequence[str] | None, *, lock: bool = False
) -> list[StandingCard]:
    """Return printed and active cards of these participants (ids), or of all."""
    wanted: list[Sequence[str] | None] = [None] if participants is None else list(chunks(participants))
    found: list[Any] = []
    for some in wanted:
        conditions: list[ColumnElement[bool]] = [col(CardRow.status).in_(IN_HAND)]
        if some is not None:
            conditions.append(col(CardRow.participant_id).in_(some))
        query = select(*map(col, _COLUMNS)).where(CardRow.in_village(village), *conditions)
        found += execute(session, _locked(village, *conditions) if lock else query).all()
    return [
        StandingCard(row.id, row.participant_id, row.slot or 1, row.status, row.batch or 0, row.issued_at)
        for row in found
    ]


def _set_status(
    session: Session, cards: Iterable[str], status: str, *, village: str, by: str, at: datetime
) -> None:
    """Change the status of locked cards (ids)."""
    values = {"status": status, "changed_by": by, "changed_at": at}
    for some in chunks(sorted(cards)):
        here = (CardRow.in_village(village), col(CardRow.id).in_(some))
        execute(session, update(CardRow).where(*here).values(**values))


@ledger.describes("card_issued", "card_revoked")
def _card(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return whose card it is."""
    return names(words["participant"])
