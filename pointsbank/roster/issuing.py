"""Issues cards: each print is a batch with a number, each card has its place in it.

A card's token is given out once, to be printed; only the token's digest is stored. What is to be printed is
prepared first, with the number that its batch will have, drawn, and then issued: a print that fails issues
nothing and leaves no gap in the numbers.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.errors import Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.ledger import LogRecord
from pointsbank.prepared import execute_many
from pointsbank.roster.models import CardBatchRow, CardRow, CardTokenRow
from pointsbank.roster.participants import by_ids, refuse_closed
from pointsbank.roster.preparing import Chosen, IssuedCard, PreparedCards, next_batch, prepare
from pointsbank.roster.tokens import digest

_INSERT_CARD, _INSERT_TOKEN = insert(CardRow), insert(CardTokenRow)


class BatchOvertaken(Refused):
    """Somebody else printed cards between the drawing of these and their issue."""

    code = "batch_overtaken"
    sentence = "刚才另有人打印了一批积分卡，这一次没有制卡，请再打印一次。"
    fixed_by = "本人"


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


def _write(session: Session, prepared: PreparedCards, *, village: str, by: str, at: datetime) -> None:
    """Store new cards, their digests and their batch, and log each; raises BatchOvertaken."""
    # Two prints come one after the other: the second sees the number that the first has taken.
    villages.lock(session, village=village)
    if next_batch(session, village) != prepared.batch:
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
