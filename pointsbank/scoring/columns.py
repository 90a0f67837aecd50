"""Statements that lists of scores are made of."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, false, select
from sqlmodel import col

from pointsbank import roster
from pointsbank.scoring.models import ItemRow, StoredScoreRow
from pointsbank.scoring.superseded import CORRECTED, TAKEN_BY_OBJECTION
from pointsbank.scoring.values import WITHDRAWN, is_id

# What was posted and posted back, or taken away by an objection, says so: the row stays as it was written.
_STATE = case((CORRECTED, "corrected"), (TAKEN_BY_OBJECTION, "struck"), else_=col(StoredScoreRow.status))


class ListedScore(NamedTuple):
    """A score as lists have it, with its item's words; amounts and `quantity` in hundredths."""

    id: str
    meeting_id: str
    number: int
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


def scores_query(
    *, village: str, meeting: str | None = None, groups: Collection[str] | None = None
) -> Select[Any]:
    """Return the statement that selects all scores (`ListedScore`), or those of one meeting (id).

    Args:
        groups: only of participants of these groups (ids); None for the whole village.

    Example:
        execute(session, scoring.scores_query(village="cy")).first().title  # "参加环境清扫"
    """
    given: dict[str, Any] = {
        "title": col(ItemRow.title),
        "category": col(ItemRow.category),
        "direction": col(ItemRow.direction),
        "status": _STATE,
        "code_order": roster.code_column(col(StoredScoreRow.participant_id), village=village),
    }
    query = (
        select(*StoredScoreRow.columns_of(ListedScore, **given))
        .select_from(StoredScoreRow)
        .join(
            # Every score has its item. An outer join says that scores come first: SQLite went through the
            # items instead and sorted all 100,000 scores for a page of fifty.
            ItemRow,
            ItemRow.in_village_of(StoredScoreRow) & (col(ItemRow.id) == col(StoredScoreRow.item_id)),
            isouter=True,
        )
    )
    return query.where(*_wanted(village, meeting, groups))


def scores_light(
    *, village: str, meeting: str | None = None, groups: Collection[str] | None = None
) -> Select[Any]:
    """Return the statement that selects the same scores without the words of their items, to be counted.

    Example:
        execute(session, scoring.scores_light(village="cy")).first().counted_points  # 500 hundredths
    """
    row = StoredScoreRow
    columns: tuple[Any, ...] = (
        row.participant_id,
        row.occurred_on,
        row.counted_in,
    )
    # What was withdrawn is listed, and not added up.
    counts = case((col(row.status) == WITHDRAWN, 0), else_=col(row.counted_points)).label("counted_points")
    query = select(*(col(one) for one in columns), counts, _STATE.label("status"))
    return query.where(*_wanted(village, meeting, groups))


def _wanted(village: str, meeting: str | None, groups: Collection[str] | None) -> list[ColumnElement[bool]]:
    """Return the conditions of the scores that are wanted."""
    conditions: list[ColumnElement[bool]] = [StoredScoreRow.in_village(village)]
    if meeting is not None:
        # PostgreSQL compares no text that holds a NUL.
        conditions.append(col(StoredScoreRow.meeting_id) == meeting if is_id(meeting) else false())
    if groups is not None:
        mine = roster.ids_within(groups, village=village)
        conditions.append(col(StoredScoreRow.participant_id).in_(mine))
    return conditions
