"""Draws new cards that nobody has issued yet: for whom, in which slots, with which tokens and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from pointsbank.database import entropy, execute, new_id
from pointsbank.errors import Refused
from pointsbank.practising import is_practice
from pointsbank.roster.card_list import card_by_number
from pointsbank.roster.cards import IN_HAND
from pointsbank.roster.models import LABEL, SLOTS, CardBatchRow, CardRow
from pointsbank.roster.participants import by_code, by_ids, everyone, refuse_closed
from pointsbank.roster.stored import Participant
from pointsbank.roster.tokens import RANDOM_BYTES, make_number, make_token
from pointsbank.text import clean


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


class PreparedCards:
    """New cards that nobody has issued yet: drawn first, so that a print that fails issues none.

    Attributes:
        batch: the number that the batch will have, >= 1.
        public_url: the address printed on the cards; empty where it is not known.
    """

    def __init__(self, cards: Sequence[IssuedCard], batch: int, chosen: Chosen, public_url: str = "") -> None:
        """Keep these cards."""
        self.cards, self.batch, self.chosen, self.public_url = cards, batch, chosen, public_url


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


def prepare_again(session: Session, *, village: str, number: str, public_url: str = "") -> PreparedCards:
    """Draw a token and a number for one new card that is to stand for the card of this number.

    Raises:
        CardUnknown: the village has no card of this number.
        ParticipantUnknown, ParticipantClosed: its household is gone, or closed.

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
    """Return these participants (ids) in their order, or all not closed; raises ParticipantClosed."""
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
    return PreparedCards(cards, next_batch(session, village), chosen, public_url)


def next_batch(session: Session, village: str) -> int:
    """Return the number of the next batch."""
    query = select(func.max(col(CardBatchRow.number))).where(CardBatchRow.in_village(village))
    return int(execute(session, query).scalar() or 0) + 1
