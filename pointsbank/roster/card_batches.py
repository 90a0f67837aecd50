"""Reads batches of cards and makes the unused cards of one useless.

Cards from before there were batches are shown together as batch 0, so that what was printed then can still
be handed out or made useless.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, update
from sqlmodel import Session, col

from pointsbank import ledger, villages
from pointsbank.database import execute
from pointsbank.errors import NotFound, Refused
from pointsbank.roster.cards import set_revoked
from pointsbank.roster.models import CardBatchRow, CardRow, ParticipantRow

WITHOUT_BATCH = 0
_DIGITS = 6


class BatchUnknown(NotFound):
    """The village has no batch of this number."""

    code = "batch_unknown"
    sentence = "没有第{batch}批积分卡，请从“发放新卡”页打开。"
    fixed_by = "村委"


class NothingLeftOfBatch(Refused):
    """No card of the batch is printed and not handed out."""

    code = "nothing_left_of_batch"
    sentence = "第{batch}批没有待发放的卡，不需要作废；使用中的卡要挂失，请到各户的档案。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class CardBatch:
    """A batch: who printed it, when, for whom, with which address, and how its cards stand now.

    Attributes:
        number: >= 1, without gaps; 0 for cards from before there were batches.
        scope: a code of `BATCH_SCOPES`; empty for batch 0.
        left: cards printed and not handed out.
        active: cards in use.
        public_url: empty where it is not known.
    """

    number: int
    printed_by: str
    printed_at: datetime
    scope: str
    group_id: str | None
    public_url: str
    cards: int
    left: int
    active: int
    voided_by: str | None = None
    voided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BatchCard:
    """A card of a batch, in its place: whose it is (id and code), and how it stands."""

    id: str
    number: str
    participant: str
    code: str
    status: str
    place: int
    slot: int
    label: str


def read_batch(typed: str) -> int:
    """Return the number of a batch as it stands in an address or was typed, >= 0.

    Raises:
        BatchUnknown: it is no number that a batch could have.

    Example:
        >>> read_batch("4")
        4
    """
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS):
        raise BatchUnknown(batch=typed[:_DIGITS])
    return int(typed)


def batches_query(*, village: str) -> Select[*tuple[Any, ...]]:
    """Return the statement that selects the batches, each with how its cards stand, but for batch 0.

    Example:
        execute(session, roster.batches_query(village="cy")).first().left  # 58
    """
    counted = _counts(village, col(CardRow.batch).is_not(None)).group_by(col(CardRow.batch)).subquery()
    row = CardBatchRow
    columns: tuple[Any, ...] = (
        row.number,
        row.printed_by,
        row.printed_at,
        row.scope,
        row.group_id,
        row.public_url,
        row.cards,
        row.voided_by,
        row.voided_at,
    )
    return (
        select(*map(col, columns), counted.c.left, counted.c.active)
        .join(counted, counted.c.batch == col(row.number))
        .where(row.in_village(village))
    )


def batch(session: Session, *, village: str, number: int) -> CardBatch:
    """Return one batch.

    Raises:
        BatchUnknown: there is none of this number.

    Example:
        roster.batch(session, village="cy", number=4).left  # 58
    """
    if number == WITHOUT_BATCH:
        return _without_batch(session, village)
    found = execute(session, batches_query(village=village).where(col(CardBatchRow.number) == number)).first()
    if found is None:
        raise BatchUnknown(batch=number)
    return CardBatch(**found._mapping)


def batches(session: Session, *, village: str, limit: int = 50, below: int | None = None) -> list[CardBatch]:
    """Return the batches, the newest first, and last that of the cards from before, while any is left.

    Args:
        below: only those with a smaller number.
        limit: batches at most, >= 1.

    Example:
        [one.number for one in roster.batches(session, village="cy")]  # [4, 3, 2, 1]
    """
    query = batches_query(village=village).order_by(col(CardBatchRow.number).desc()).limit(limit)
    if below is not None:
        query = query.where(col(CardBatchRow.number) < below)
    found = [CardBatch(**row._mapping) for row in execute(session, query)]
    if len(found) < limit and (below is None or below > WITHOUT_BATCH):
        try:
            old = _without_batch(session, village)
        except BatchUnknown:
            return found
        return [*found, old] if old.left else found
    return found


def batch_cards(
    session: Session, *, village: str, number: int, statuses: Collection[str] | None = None
) -> list[BatchCard]:
    """Return the cards of a batch in their order; of batch 0 by household.

    Args:
        statuses: only those that stand so; None for all.

    Raises:
        BatchUnknown: there is no such batch.

    Example:
        [one.number for one in roster.batch_cards(session, village="cy", number=4, statuses=["printed"])]
    """
    batch(session, village=village, number=number)
    query = batch_cards_query(village=village, number=number)
    if statuses is not None:
        query = query.where(col(CardRow.status).in_(statuses))
    rows = execute(session, query.order_by("place", "sort_key", "number")).all()
    return [
        BatchCard(row.id, row.number, row.participant_id, row.code, row.status, place, row.slot, row.label)
        for place, row in ((row.place or at, row) for at, row in enumerate(rows, start=1))
    ]


def batch_cards_query(*, village: str, number: int) -> Select[*tuple[Any, ...]]:
    """Return the statement that selects the cards of a batch.

    Example:
        execute(session, roster.batch_cards_query(village="cy", number=4)).first().place  # 1
    """
    group = villages.group_name_column(col(ParticipantRow.group_id), village=village)
    columns: tuple[Any, ...] = (
        col(CardRow.id),
        col(CardRow.number),
        col(CardRow.participant_id),
        col(ParticipantRow.code),
        col(ParticipantRow.sort_key),
        col(ParticipantRow.group_id),
        group.label("group"),
        col(CardRow.status),
        func.coalesce(col(CardRow.place), 0).label("place"),
        func.coalesce(col(CardRow.slot), 1).label("slot"),
        func.coalesce(col(CardRow.label), "").label("label"),
        col(CardRow.changed_at),
    )
    holder = ParticipantRow.in_village_of(CardRow) & (col(ParticipantRow.id) == col(CardRow.participant_id))
    return select(*columns).join(ParticipantRow, holder).where(CardRow.in_village(village), _of_batch(number))


def void_batch(session: Session, *, village: str, number: int, by: str, at: datetime) -> int:
    """Make the cards of a batch that are printed and not handed out useless, and return how many.

    A card in use stays in use, this batch's too.

    Raises:
        BatchUnknown: there is no such batch.
        NothingLeftOfBatch: none of its cards is printed.
        VillageUnknown: there is no such village.

    Example:
        roster.void_batch(session, village="cy", number=4, by="chen", at=now)  # 58
    """
    batch(session, village=village, number=number)
    here = (CardRow.in_village(village), _of_batch(number), col(CardRow.status).in_(("printed", "active")))
    query = select(col(CardRow.id), col(CardRow.status)).where(*here).order_by(col(CardRow.id))
    # Active ones are locked too: what is just being handed out is seen as it stands afterwards.
    locked = execute(session, query.with_for_update()).all()
    cards = [row.id for row in locked if row.status == "printed"]
    if not cards:
        raise NothingLeftOfBatch(batch=number)
    set_revoked(session, cards, village=village, by=by, at=at)
    own = (CardBatchRow.in_village(village), col(CardBatchRow.number) == number)
    execute(session, update(CardBatchRow).where(*own).values(voided_by=by, voided_at=at))
    words = {"batch": number, "cards": len(cards)}
    ledger.record(session, village=village, kind="card_batch_voided", by=by, at=at, words=words)
    return len(cards)


def _of_batch(number: int) -> ColumnElement[bool]:
    """Return the condition that a card is of this batch."""
    return col(CardRow.batch).is_(None) if number == WITHOUT_BATCH else col(CardRow.batch) == number


def _counts(village: str, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Return what counts a village's cards by how they stand."""

    def standing(status: str) -> Any:
        return func.coalesce(func.sum(case((col(CardRow.status) == status, 1), else_=0)), 0)

    return select(
        col(CardRow.batch).label("batch"),
        func.count().label("cards"),
        standing("printed").label("left"),
        standing("active").label("active"),
        func.min(col(CardRow.issued_at)).label("printed_at"),
    ).where(CardRow.in_village(village), *conditions)


def _without_batch(session: Session, village: str) -> CardBatch:
    """Return the cards from before there were batches as one; raises BatchUnknown where there are none."""
    query = _counts(village, _of_batch(WITHOUT_BATCH)).group_by(col(CardRow.batch))
    found = execute(session, query).first()
    if found is None:
        raise BatchUnknown(batch=WITHOUT_BATCH)
    return CardBatch(
        WITHOUT_BATCH,
        "",
        found.printed_at,
        "",
        None,
        "",
        int(found.cards),
        int(found.left),
        int(found.active),
    )
