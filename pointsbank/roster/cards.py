"""Issues cards, hands them out, revokes and replaces them.

A card is `printed`, then `active` when it is handed out, then `revoked` or `replaced`. Its token is given out
once, to be printed; only the token's digest is stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, func, select

from pointsbank import ledger
from pointsbank.database import entropy, new_id
from pointsbank.errors import Refused
from pointsbank.ledger import LogRecord
from pointsbank.practising import is_practice
from pointsbank.prepared import execute_many
from pointsbank.roster.models import CardRow, CardTokenRow
from pointsbank.roster.participants import by_code, by_ids, everyone, refuse_closed
from pointsbank.roster.stored import Participant
from pointsbank.roster.tokens import RANDOM_BYTES, digest, make_number, make_token

_INSERT_CARD, _INSERT_TOKEN = insert(CardRow), insert(CardTokenRow)


class NoCardToRevoke(Refused):
    """The participant has no card in use."""

    code = "no_card_to_revoke"
    sentence = "{participant}没有使用中的积分卡，不需要挂失；要补卡请重新打印。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A new card with its token in clear: for the printer and nothing else."""

    id: str
    token: str
    number: str
    participant: Participant


class PreparedCards:
    """New cards that nobody has issued yet: drawn first, so that a print that fails issues none."""

    def __init__(self, cards: Sequence[IssuedCard]) -> None:
        """Hold these cards."""
        self.cards = cards


def issue(
    session: Session, *, village: str, participants: Sequence[str] | None, by: str, at: datetime
) -> list[IssuedCard]:
    """Make new cards for these participants (ids), or for all that are not closed, to be handed out.

    Raises:
        ParticipantClosed: one of the participants is closed.
        VillageUnknown: there is no such village.

    Example:
        [card] = roster.issue(session, village="cy", participants=[wang.id], by="li", at=now)
        card.number == "012345674"
    """
    prepared = prepare(session, village=village, participants=participants)
    _write(session, prepared.cards, village=village, by=by, at=at)
    return list(prepared.cards)


def issue_prepared(session: Session, *, village: str, prepared: PreparedCards, by: str, at: datetime) -> None:
    """Issue cards that were prepared before, once they are drawn.

    Raises:
        ParticipantClosed: one of the participants was closed meanwhile.
        VillageUnknown: there is no such village.

    Example:
        roster.issue_prepared(session, village="cy", prepared=prepared, by="li", at=now)
    """
    holders = by_ids(session, village=village, ids=[card.participant.id for card in prepared.cards])
    refuse_closed(session, village=village, participants=holders)
    _write(session, prepared.cards, village=village, by=by, at=at)


def prepare(session: Session, *, village: str, participants: Sequence[str] | None) -> PreparedCards:
    """Draw tokens and numbers for new cards of these participants (ids), or of all that are not closed.

    Nothing is written: `issue_prepared` issues them.

    Raises:
        ParticipantClosed: one of the participants is closed.

    Example:
        roster.prepare(session, village="cy", participants=[wang.id]).cards[0].number == "012345674"
    """
    people = [person for person in everyone(session, village=village) if person.status != "closed"]
    if participants is not None:
        known = by_ids(session, village=village, ids=participants)
        refuse_closed(session, village=village, participants=known)
        people = [known[id] for id in participants if id in known]
    draw, practice = entropy(session), is_practice(session)

    def token() -> str:
        return make_token(draw(RANDOM_BYTES), practice=practice)

    taken = set(session.exec(select(CardRow.number).where(CardRow.in_village(village))))
    issued = []
    for person in people:
        number = next(n for n in iter(lambda: make_number(draw(8)), None) if n not in taken)
        taken.add(number)
        issued.append(IssuedCard(new_id(session), token(), number, person))
    return PreparedCards(issued)


def printed_cards(
    session: Session, *, village: str, participants: Sequence[str] | None = None
) -> dict[str, str]:
    """Return the newest printed card (id) of each participant (id), or of these participants.

    Example:
        roster.printed_cards(session, village="cy", participants=[wang.id]) == {wang.id: card.id}
    """
    printed = CardRow.in_village(village), CardRow.status == "printed"
    rows = sorted(session.exec(select(CardRow).where(*printed)), key=lambda card: (card.issued_at, card.id))
    newest = {row.participant_id: row.id for row in rows}
    return newest if participants is None else {id: newest[id] for id in participants if id in newest}


def count_printed(session: Session, *, village: str) -> int:
    """Return how many cards of a village are printed and not handed out.

    Example:
        roster.count_printed(session, village="cy")  # 32
    """
    printed = (CardRow.in_village(village), CardRow.status == "printed")
    return session.exec(select(func.count()).select_from(CardRow).where(*printed)).one()


def card_states(session: Session, *, village: str) -> frozenset[str]:
    """Return the states in which a village has cards; none where no card was ever printed.

    Example:
        roster.card_states(session, village="cy")  # frozenset({"printed", "active"})
    """
    return frozenset(session.exec(select(CardRow.status).where(CardRow.in_village(village)).distinct()))


def still_printed(session: Session, *, village: str, cards: Sequence[str]) -> set[str]:
    """Return those of these cards (ids) that are printed and not handed out, replaced or revoked.

    Example:
        roster.still_printed(session, village="cy", cards=[card.id]) == {card.id}
    """
    query = select(col(CardRow.id)).where(CardRow.in_village(village), CardRow.status == "printed")
    return set(session.exec(query)) & set(cards)


def hand_out(
    session: Session,
    *,
    village: str,
    cards: Sequence[str] | None = None,
    participants: Sequence[str] | None = None,
    by: str,
    at: datetime,
) -> int:
    """Put printed cards into use and return how many; the older cards of their holders are replaced.

    Of several cards printed for one participant the newest counts.

    Args:
        cards: ids of the cards handed out; None for all.
        participants: ids of the holders whose cards are handed out; None for all.

    Example:
        roster.hand_out(session, village="cy", participants=[wang.id], by="chen", at=now) == 1
    """
    rows = _cards_in_use(session, village)
    chosen = {row.id for row in rows if row.status == "printed"}
    if cards is not None:
        chosen &= set(cards)
    if participants is not None:
        chosen &= {row.id for row in rows if row.participant_id in participants}
    newest = {row.participant_id: row for row in rows if row.id in chosen}
    replaced = [
        row
        for row in rows
        if newest.get(row.participant_id, row) is not row
        and (row.status == "active" or cards is None or row.id in chosen)
    ]
    _set_status(session, replaced, "replaced", by=by, at=at)
    _set_status(session, newest.values(), "active", by=by, at=at)
    return len(newest)


def lose(session: Session, *, village: str, code: str, by: str, at: datetime) -> Participant:
    """Revoke the card in use of the participant with this code at once; return the participant.

    Raises:
        ParticipantUnknown: there is no such participant.
        NoCardToRevoke: it has no card in use.
        VillageUnknown: there is no such village.

    Example:
        roster.lose(session, village="cy", code="0101", by="chen", at=now).code == "0101"
    """
    person = by_code(session, village=village, code=code)
    if not revoke(session, village=village, participant=person.id, statuses=("active",), by=by, at=at):
        raise NoCardToRevoke(participant=person.name)
    return person


def revoke(
    session: Session, *, village: str, participant: str, statuses: Sequence[str], by: str, at: datetime
) -> int:
    """Revoke a participant's (id) cards of these statuses; return how many.

    Raises:
        VillageUnknown: there is no such village.
    """
    cards = [row for row in _cards_in_use(session, village, participant) if row.status in statuses]
    _set_status(session, cards, "revoked", by=by, at=at)
    records = [LogRecord("card_revoked", {"card": card.id, "participant": participant}) for card in cards]
    if records:
        ledger.record_many(session, records, village=village, by=by, at=at)
    return len(cards)


def _write(session: Session, issued: Sequence[IssuedCard], *, village: str, by: str, at: datetime) -> None:
    """Store new cards and their digests, and log each."""
    if not issued:
        return
    stamp = {"issued_by": by, "issued_at": at, "changed_by": by, "changed_at": at, "status": "printed"}
    rows = [
        {
            "village_id": village,
            "id": card.id,
            "participant_id": card.participant.id,
            "number": card.number,
            **stamp,
        }
        for card in issued
    ]
    execute_many(session, _INSERT_CARD, *rows)
    tokens = [{"digest": digest(card.token), "village_id": village, "card_id": card.id} for card in issued]
    execute_many(session, _INSERT_TOKEN, *tokens)
    records = [
        LogRecord("card_issued", {"card": card.id, "participant": card.participant.id}) for card in issued
    ]
    ledger.record_many(session, records, village=village, by=by, at=at)


def _cards_in_use(session: Session, village: str, participant: str | None = None) -> list[CardRow]:
    """Return printed and active cards, oldest first, locked against somebody else doing the same."""
    query = select(CardRow).where(CardRow.in_village(village), col(CardRow.status).in_(("printed", "active")))
    if participant is not None:
        query = query.where(CardRow.participant_id == participant)
    return sorted(session.exec(query.with_for_update()), key=lambda card: (card.issued_at, card.id))


def _set_status(session: Session, cards: Iterable[CardRow], status: str, *, by: str, at: datetime) -> None:
    """Change the status of cards; at once, because a participant never has two active ones."""
    for card in cards:
        card.status, card.changed_by, card.changed_at = status, by, at
    session.flush()


@ledger.describes("card_issued", "card_revoked")
def _card(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return whose card it is."""
    return names(words["participant"])
