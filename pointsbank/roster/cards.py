"""Issues cards, hands them out, revokes and replaces them.

A card is `printed`, then `active` when it is handed out, then `revoked` or `replaced`. Its token is given out
once, to be printed; only the token's digest is stored.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.database import entropy, new_id
from pointsbank.errors import Refused
from pointsbank.ledger import LogRecord
from pointsbank.prepared import execute_many
from pointsbank.roster.models import CardRow, CardTokenRow
from pointsbank.roster.participants import Participant, by_code, by_ids, everyone, refuse_closed
from pointsbank.roster.tokens import RANDOM_BYTES, digest, make_number, make_token

_SET_STATUS = (
    update(CardRow)
    .where(CardRow.in_village(bindparam("key_village")), col(CardRow.id) == bindparam("key_card"))
    .values(status=bindparam("new_status"), changed_by=bindparam("who"), changed_at=bindparam("moment"))
)
_INSERT_CARD, _INSERT_TOKEN = insert(CardRow), insert(CardTokenRow)


class _CardInUse(NamedTuple):
    id: str
    participant_id: str
    status: str
    issued_at: datetime


class NoCardToRevoke(Refused):
    """The participant has no card in use."""

    sentence = "{participant}没有使用中的积分卡，不需要挂失；要补卡请重新打印。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A new card with its token in clear: for the printer and nothing else."""

    id: str
    token: str
    number: str
    participant: Participant


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
    people = [person for person in everyone(session, village=village) if person.status != "closed"]
    if participants is not None:
        known = by_ids(session, village=village, ids=participants)
        refuse_closed(session, village=village, participants=known)
        people = [known[id] for id in participants if id in known]
    draw = entropy(session)
    taken = set(session.exec(select(CardRow.number).where(CardRow.in_village(village))))
    issued = []
    for person in people:
        number = next(n for n in iter(lambda: make_number(draw(8)), None) if n not in taken)
        taken.add(number)
        issued.append(IssuedCard(new_id(session), make_token(draw(RANDOM_BYTES)), number, person))
    _write(session, issued, village=village, by=by, at=at)
    return issued


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
    chosen = set(cards) if cards is not None else None
    old: dict[str, list[_CardInUse]] = defaultdict(list)
    handed: dict[str, _CardInUse] = {}
    for row in _cards_in_use(session, village):
        wanted = row.status == "printed" and (chosen is None or row.id in chosen)
        if wanted and (participants is None or row.participant_id in participants):
            if row.participant_id in handed:
                old[row.participant_id].append(handed[row.participant_id])
            handed[row.participant_id] = row
        elif row.status == "active" or cards is None:
            old[row.participant_id].append(row)
    replaced = [row.id for participant in handed for row in old[participant]]
    _set_status(session, replaced, "replaced", village=village, by=by, at=at)
    _set_status(session, [row.id for row in handed.values()], "active", village=village, by=by, at=at)
    return len(handed)


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
    rows = _cards_in_use(session, village, participant)
    cards = [row.id for row in rows if row.status in statuses]
    _set_status(session, cards, "revoked", village=village, by=by, at=at)
    records = [LogRecord("card_revoked", {"card": card, "participant": participant}) for card in cards]
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


def _cards_in_use(session: Session, village: str, participant: str | None = None) -> list[_CardInUse]:
    """Return printed and active cards, oldest first, locked against somebody else doing the same."""
    found = (
        select(CardRow.id, CardRow.participant_id, CardRow.status, CardRow.issued_at)
        .where(CardRow.in_village(village), col(CardRow.status).in_(("printed", "active")))
        .with_for_update()
    )
    if participant is not None:
        found = found.where(CardRow.participant_id == participant)
    cards = [_CardInUse(*row) for row in session.exec(found)]
    return sorted(cards, key=lambda card: (card.issued_at, card.id))


def _set_status(
    session: Session, cards: Sequence[str], status: str, *, village: str, by: str, at: datetime
) -> None:
    """Change the status of cards (ids)."""
    if cards:
        key = {"key_village": village, "new_status": status, "who": by, "moment": at}
        execute_many(session, _SET_STATUS, *({**key, "key_card": card} for card in cards))
