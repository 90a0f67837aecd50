"""Reads which public addresses are printed on cards in use; a card keeps the one it was printed with."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.roster.models import CardBatchRow, CardRow, ParticipantRow


@dataclass(frozen=True, slots=True)
class PrintedAddress:
    """A public address and how many cards in use have it; empty where it is not known."""

    public_url: str
    cards: int


def addresses_in_use(session: Session, *, village: str) -> list[PrintedAddress]:
    """Return the public addresses on a village's cards in use, the most used first.

    Example:
        roster.addresses_in_use(session, village="cy")  # [PrintedAddress("https://jf.chayuan.cn", 1148)]
    """
    address, counted = func.coalesce(col(CardBatchRow.public_url), ""), func.count().label("cards")
    query = (
        select(address.label("public_url"), counted)
        .select_from(CardRow)
        .outerjoin(
            CardBatchRow,
            CardBatchRow.in_village_of(CardRow) & (col(CardBatchRow.number) == col(CardRow.batch)),
        )
        .where(CardRow.in_village(village), col(CardRow.status) == "active")
        .group_by(address)
        .order_by(counted.desc(), address)
    )
    return [PrintedAddress(row.public_url, row.cards) for row in execute(session, query)]


def with_other_address(session: Session, *, village: str, public_url: str) -> Sequence[str]:
    """Return the participants (ids) with a card in use that has another public address than this, by code.

    Example:
        roster.with_other_address(session, village="cy", public_url="https://jf.chayuan.cn") == [wang.id]
    """
    query = (
        select(col(CardRow.participant_id), col(ParticipantRow.sort_key))
        .join(
            ParticipantRow,
            ParticipantRow.in_village_of(CardRow) & (col(ParticipantRow.id) == col(CardRow.participant_id)),
        )
        .outerjoin(
            CardBatchRow,
            CardBatchRow.in_village_of(CardRow) & (col(CardBatchRow.number) == col(CardRow.batch)),
        )
        .where(
            CardRow.in_village(village),
            col(CardRow.status) == "active",
            func.coalesce(col(CardBatchRow.public_url), "") != public_url,
        )
        .order_by(col(ParticipantRow.sort_key))
    )
    return list(dict.fromkeys(row.participant_id for row in execute(session, query)))
