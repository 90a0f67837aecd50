"""Issues cards: each print is a batch with a number, each card has its place in it.

A card's token is given out once, to be printed; only the token's digest is stored. What is to be printed is
prepared first, with the number that its batch will have, drawn, and then issued: a print that fails issues
nothing and leaves no gap in the numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlmodel import Session, col

from pointsbank import ledger, villages
from pointsbank.database import entropy, execute, new_id
from pointsbank.errors import Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.ledger import LogRecord
from pointsbank.practising import is_practice
from pointsbank.prepared import execute_many
from pointsbank.roster.card_list import card_by_number
from pointsbank.roster.cards import IN_HAND
from pointsbank.roster.models import LABEL, SLOTS, CardBatchRow, CardRow, CardTokenRow
from pointsbank.roster.participants import by_code, by_ids, everyone, refuse_closed
from pointsbank.roster.stored import Participant
from pointsbank.roster.tokens import RANDOM_BYTES, digest, make_number, make_token
from pointsbank.text import clean

_INSERT_CARD, _INSERT_TOKEN = insert(CardRow), insert(CardTokenRow)


class BatchOvertaken(Refused):
    """Somebody else printed cards between the drawing of these and their issue."""

    code = "batch_overtaken"
    sentence = "刚才另有人打印了一批积分卡，这一次没有制卡，请再打印一次。"
    fixed_by = "本人"


class NoSlotLeft(Refused):
    """The household has as many cards as it may have."""

    code = "no_slot_left"
    sentence = "{participant}已经有{most}张积分卡，一户最多{most}张；不用的先挂失，再发新的。"
    fixed_by = "村委"


class NothingToPrint(Refused):
    """Nobody is left of those for whom cards were to be printed."""

    code = "nothing_to_print"
    sentence = "选中的范围里没有要制卡的户，请另选小组、户号，或全村。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Chosen:
    """For whom cards are printed: `scope` is a code of `BATCH_SCOPES`; `group` (id) where it is one group."""

    scope: str = "households"
    group: str | None = None


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A new card with its token in clear: for the printer and nothing else; `slot` >= 1, `place` >= 1."""

    id: str
    token: str
    number: str
    participant: Participant
    slot: int = 1
    label: str = ""
    place: int = 1


@dataclass(frozen=True, slots=True)
class PreparedCards:
    """New cards that nobody has issued yet: drawn first, so that a print that fails issues none.

    Attributes:
        batch: the number that the batch will have, >= 1.
        public_url: the address printed on the cards; empty where it is not known.
    """

    cards: Sequence[IssuedCard]
    batch: int
    chosen: Chosen
    public_url: str = ""


def issue(
    session: Session,
    *,
    village: str,
    participants: Sequence[str] | None,
    further: bool = False,
    label: str = "",
    public_url: str = "",
    by: str,
    at: datetime,
) -> list[IssuedCard]:
    """Make new cards for these participants (ids), or for all that are not closed, to be handed out.

    Raises:
        ParticipantClosed: one of the participants is closed.
        NoSlotLeft: a further card was wanted and a participant has all it may have.
        TextInvalid: the label is too long.
        BatchOvertaken, VillageUnknown: see `issue_prepared`.

    Example:
        [card] = roster.issue(session, village="cy", participants=[wang.id], by="li", at=now)
        card.number == "012345674"
    """
    chosen = Chosen("village" if participants is None else "further" if further else "households")
    prepared = prepare(
        session,
        village=village,
        participants=participants,
        further=further,
        label=label,
        chosen=chosen,
        public_url=public_url,
    )
    if prepared.cards:
        _write(session, prepared, village=village, by=by, at=at)
    return list(prepared.cards)


def issue_prepared(session: Session, *, village: str, prepared: PreparedCards, by: str, at: datetime) -> None:
    """Issue cards that were prepared before, once they are drawn.

    Raises:
        ParticipantClosed: one of the participants was closed meanwhile.
        BatchOvertaken: another batch was printed meanwhile, so that slots or numbers may be taken.
        VillageUnknown: there is no such village.

    Example:
        roster.issue_prepared(session, village="cy", prepared=prepared, by="li", at=now)
    """
    if not prepared.cards:
        return
    holders = by_ids(session, village=village, ids=[card.participant.id for card in prepared.cards])
    refuse_closed(session, village=village, participants=holders)
    _write(session, prepared, village=village, by=by, at=at)


def prepare(
    session: Session,
    *,
    village: str,
    participants: Sequence[str] | None,
    further: bool = False,
    label: str = "",
    chosen: Chosen | None = None,
    public_url: str = "",
) -> PreparedCards:
    """Draw tokens and numbers for new cards of these participants (ids), or of all that are not closed.

    A participant gets one for each of its slots in use; the first slot where none is. Nothing is written:
    `issue_prepared` issues them.

    Args:
        further: one card more for each, in a slot that is free, kept at `label`.
        chosen: for whom, as the batch will say.

    Raises:
        ParticipantClosed: one of the participants is closed.
        NoSlotLeft: a further card was wanted and a participant has all it may have.
        TextInvalid: the label is too long.

    Example:
        roster.prepare(session, village="cy", participants=[wang.id]).cards[0].number == "012345674"
    """
    people = _people(session, village, participants)
    used = slots_in_use(session, village=village)
    wanted: list[tuple[Participant, int, str]] = []
    where = clean(label, maximum=LABEL)
    for person in people:
        own = used.get(person.id, {})
        if further:
            wanted.append((person, _free_slot(person, own), where))
        else:
            wanted += [(person, slot, own[slot]) for slot in sorted(own)] or [(person, 1, "")]
    return _drawn(session, wanted, village=village, chosen=chosen or Chosen(), public_url=public_url)


def prepare_again(
    session: Session, *, village: str, number: str, public_url: str = ""
) -> PreparedCards:
    """Draw a token and a number for one new card that is to stand for the card of this number.

    Raises:
        CardUnknown: the village has no card of this number.
        ParticipantClosed: its household is closed.

    Example:
        roster.prepare_again(session, village="cy", number="012 345 674").cards[0].slot  # 2
    """
    card = card_by_number(session, village=village, number=number)
    person = by_code(session, village=village, code=card.participant)
    refuse_closed(session, village=village, participants=[person.id])
    wanted = [(person, card.slot, card.label)]
    return _drawn(session, wanted, village=village, chosen=Chosen(), public_url=public_url)


def slots_in_use(session: Session, *, village: str) -> Mapping[str, Mapping[int, str]]:
    """Return by participant (id) the slots with a printed or active card, each with its label.

    Example:
        roster.slots_in_use(session, village="cy")[wang.id]  # {1: "", 2: "城里"}
    """
    columns = (CardRow.participant_id, CardRow.slot, CardRow.label)
    query = select(*map(col, columns)).where(CardRow.in_village(village), col(CardRow.status).in_(IN_HAND))
    found: dict[str, dict[int, str]] = {}
    for row in execute(session, query.order_by(col(CardRow.issued_at), col(CardRow.id))):
        found.setdefault(row.participant_id, {})[row.slot or 1] = row.label or ""
    return found


def _people(session: Session, village: str, participants: Sequence[str] | None) -> list[Participant]:
    """Return these participants (ids) in their order, or all that are not closed; raises ParticipantClosed."""
    if participants is None:
        return [person for person in everyone(session, village=village) if person.status != "closed"]
    known = by_ids(session, village=village, ids=participants)
    refuse_closed(session, village=village, participants=known)
    return [known[id] for id in dict.fromkeys(participants) if id in known]


def _free_slot(person: Participant, used: Mapping[int, str]) -> int:
    """Return the first slot without a card; raises NoSlotLeft."""
    for slot in range(1, SLOTS + 1):
        if slot not in used:
            return slot
    raise NoSlotLeft(participant=person.name, most=SLOTS)


def _drawn(
    session: Session,
    wanted: Sequence[tuple[Participant, int, str]],
    *,
    village: str,
    chosen: Chosen,
    public_url: str,
) -> PreparedCards:
    """Return new cards, each for a participant, a slot and a label."""
    draw, practice = entropy(session), is_practice(session)
    taken = set(execute(session, select(col(CardRow.number)).where(CardRow.in_village(village))).scalars())
    cards = []
    for place, (person, slot, label) in enumerate(wanted, start=1):
        number = next(n for n in iter(lambda: make_number(draw(8)), None) if n not in taken)
        taken.add(number)
        token = make_token(draw(RANDOM_BYTES), practice=practice)
        cards.append(IssuedCard(new_id(session), token, number, person, slot, label, place))
    return PreparedCards(cards, _next_batch(session, village), chosen, public_url)


def _next_batch(session: Session, village: str) -> int:
    """Return the number of the next batch."""
    query = select(func.max(col(CardBatchRow.number))).where(CardBatchRow.in_village(village))
    return int(execute(session, query).scalar() or 0) + 1


def _write(session: Session, prepared: PreparedCards, *, village: str, by: str, at: datetime) -> None:
    """Store new cards, their digests and their batch, and log each; raises BatchOvertaken."""
    # Two prints come one after the other: the second sees the number that the first has taken.
    villages.lock(session, village=village)
    if _next_batch(session, village) != prepared.batch:
        raise BatchOvertaken()
    cards, batch = prepared.cards, prepared.batch
    with refusing_duplicates(BatchOvertaken()):
        row = CardBatchRow(
            village_id=village,
            number=batch,
            printed_by=by,
            printed_at=at,
            scope=prepared.chosen.scope,
            group_id=prepared.chosen.group,
            cards=len(cards),
            public_url=prepared.public_url,
        )
        session.add(row)
        session.flush()
    stamp = {"issued_by": by, "issued_at": at, "changed_by": by, "changed_at": at, "status": "printed"}
    rows = [
        {
            "village_id": village,
            "id": card.id,
            "participant_id": card.participant.id,
            "number": card.number,
            "slot": card.slot if card.slot > 1 else None,
            "label": card.label or None,
            "batch": batch,
            "place": card.place,
            **stamp,
        }
        for card in cards
    ]
    execute_many(session, _INSERT_CARD, *rows)
    tokens = [{"digest": digest(card.token), "village_id": village, "card_id": card.id} for card in cards]
    execute_many(session, _INSERT_TOKEN, *tokens)
    words: dict[str, Any] = {"batch": batch, "cards": len(cards), "address": prepared.public_url}
    records = [
        *(LogRecord("card_issued", {"card": card.id, "participant": card.participant.id}) for card in cards),
        LogRecord("card_batch_printed", words),
    ]
    ledger.record_many(session, records, village=village, by=by, at=at)


@ledger.describes("card_batch_printed", "card_batch_voided")
def _batch(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return which batch, and how many cards."""
    return f"第{words['batch']}批，{words['cards']}张"
