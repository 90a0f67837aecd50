"""Statements that lists of scores are made of."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, select
from sqlmodel import col

from pointsbank import roster
from pointsbank.scoring.models import ItemRow, StoredScoreRow
from pointsbank.scoring.superseded import CORRECTED


class ListedScore(NamedTuple):
    """A score as lists have it, with its item's words; amounts and `quantity` in hundredths."""

    id: str
    participant_id: str
    item_code: str
    occurred_on: date
    quantity: int | None
    points: int
    counted_points: int
    counted_in: str
    late: bool
    note: str
    remark: str
    status: str
    entered_by: str
    entered_at: datetime
    title: str
    category: str
    direction: str
    code_order: str


def scores_query(*, village: str) -> Select[Any]:
    """Return the statement that selects all scores (`ListedScore`).

    Example:
        execute(session, scoring.scores_query(village="cy")).first().title  # "参加环境清扫"
    """
    given: dict[str, Any] = {
        "title": col(ItemRow.title),
        "category": col(ItemRow.category),
        "direction": col(ItemRow.direction),
        # What was posted and posted back says so: the row itself stays as it was written.
        "status": case((CORRECTED, "corrected"), else_=col(StoredScoreRow.status)),
        "code_order": roster.code_column(col(StoredScoreRow.participant_id), village=village),
    }
    return (
        select(*StoredScoreRow.columns_of(ListedScore, **given))
        .select_from(StoredScoreRow)
        .join(
            ItemRow, ItemRow.in_village_of(StoredScoreRow) & (col(ItemRow.id) == col(StoredScoreRow.item_id))
        )
        .where(StoredScoreRow.in_village(village))
    )
