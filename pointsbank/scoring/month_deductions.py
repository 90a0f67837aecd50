"""The deductions of a month, one by one: whose, under which item, in which category."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.scheme_models import ItemRow
from pointsbank.scoring.superseded import CORRECTED, STRUCK
from pointsbank.scoring.values import MINUS, POSTED


class Deduction(NamedTuple):
    """One deduction that stands: its participant (id), and its item's code and category."""

    participant_id: str
    code: str
    category: str


def month_deductions(session: Session, *, village: str, month: str) -> list[Deduction]:
    """Return the posted deductions that a month counts, as they stand now.

    Example:
        scoring.month_deductions(session, village="chayuan", month="2026-09")[0].category  # "环境卫生"
    """
    of_score = ItemRow.in_village_of(StoredScoreRow) & (col(ItemRow.id) == col(StoredScoreRow.item_id))
    query = (
        select_columns(col(StoredScoreRow.participant_id), col(ItemRow.code), col(ItemRow.category))
        .join(ItemRow, of_score)
        .where(StoredScoreRow.in_village(village), ItemRow.in_village(village), ~CORRECTED, ~STRUCK)
        .where(col(StoredScoreRow.counted_in) == month, col(StoredScoreRow.status) == POSTED)
        .where(col(ItemRow.direction) == MINUS)
        .order_by(col(StoredScoreRow.participant_id), col(ItemRow.code))
    )
    found: Sequence[Any] = execute(session, query).all()
    return [Deduction(*row) for row in found]
