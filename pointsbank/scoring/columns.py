"""Statements that lists of scores are made of."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, false, or_, select
from sqlmodel import col

from pointsbank import roster
from pointsbank.scoring.meeting_models import DAY_BOOK, MeetingRow
from pointsbank.scoring.models import CorrectionRow, StoredScoreRow
from pointsbank.scoring.scheme_models import ItemRow
from pointsbank.scoring.superseded import HAS_COME, corrected_ids, taken_ids
from pointsbank.scoring.values import WITHDRAWN, is_id

_COUNTED_BY: tuple[Any, ...] = (
    col(StoredScoreRow.participant_id),
    col(StoredScoreRow.occurred_on),
    col(StoredScoreRow.counted_in),
)
"""What a score is counted by where its item does not matter."""


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
    source: str


def scores_query(
    *,
    village: str,
    meeting: str | Collection[str] | None = None,
    groups: Collection[str] | None = None,
) -> Select[Any]:
    """Return the statement that selects all scores (`ListedScore`), or those of a meeting or some (ids).

    Args:
        groups: only of participants of these groups (ids); None for the whole village.

    Example:
        execute(session, scoring.scores_query(village="cy")).first().title  # "参加环境清扫"
    """
    given: dict[str, Any] = {
        "title": col(ItemRow.title),
        "category": col(ItemRow.category),
        "direction": col(ItemRow.direction),
        "status": _state(village),
        "source": case((col(StoredScoreRow.meeting_id).in_(_day_books(village)), DAY_BOOK), else_="meeting"),
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
    *,
    village: str,
    meeting: str | Collection[str] | None = None,
    groups: Collection[str] | None = None,
) -> Select[Any]:
    """Return the statement that selects the same scores without the words of their items, to be counted.

    Example:
        execute(session, scoring.scores_light(village="cy")).first().counted_points  # 500 hundredths
    """
    # What was withdrawn is listed, and not added up.
    status = col(StoredScoreRow.status)
    counts = case((status == WITHDRAWN, 0), else_=col(StoredScoreRow.counted_points))
    query = select(*_COUNTED_BY, counts.label("counted_points"))
    return query.where(*_wanted(village, meeting, groups))


def scores_taken_back(
    *,
    village: str,
    meeting: str | Collection[str] | None = None,
    groups: Collection[str] | None = None,
) -> Select[Any]:
    """Return the statement that selects those of the same scores that were posted and posted back.

    What they come to counts no more: taken off the sum of all, it need not be looked for score by score.

    Example:
        execute(session, scoring.scores_taken_back(village="cy")).first().counted_points  # 500 hundredths
    """
    return (
        select(*_COUNTED_BY, col(StoredScoreRow.counted_points).label("counted_points"))
        .select_from(CorrectionRow)
        .join(
            StoredScoreRow,
            StoredScoreRow.in_village_of(CorrectionRow)
            & (col(StoredScoreRow.id) == col(CorrectionRow.corrects)),
        )
        .where(CorrectionRow.in_village(village), HAS_COME, *_wanted(village, meeting, groups))
    )


def standing_in_notices(query: Select[Any], *, village: str) -> Select[Any]:
    """Return a statement of scores (`scores_light`) without those that were withdrawn by who entered them.

    Example:
        scoring.standing_in_notices(scoring.scores_light(village="cy", meeting=id), village="cy")
    """
    struck = col(StoredScoreRow.id).in_(taken_ids(village=village))
    return query.where(or_(col(StoredScoreRow.status) != WITHDRAWN, struck))


def _day_books(village: str) -> Select[Any]:
    """Return the statement that selects the ids of all day books: few, and found once."""
    return select(col(MeetingRow.id)).where(MeetingRow.in_village(village), col(MeetingRow.kind).is_not(None))


def _state(village: str) -> ColumnElement[str]:
    """Return a column with what a score has come to (`labels.score_state`): its row stays as it was written.

    What was put right is few, and is looked up in one set: of 100,000, one by one, it took 180 ms.
    """
    status = col(StoredScoreRow.status)
    struck = and_(status == WITHDRAWN, col(StoredScoreRow.id).in_(taken_ids(village=village)))
    corrected = col(StoredScoreRow.id).in_(corrected_ids(village=village))
    return case((corrected, "corrected"), (struck, "struck"), else_=status)


def _wanted(
    village: str, meeting: str | Collection[str] | None, groups: Collection[str] | None
) -> list[ColumnElement[bool]]:
    """Return the conditions of the scores that are wanted."""
    conditions: list[ColumnElement[bool]] = [StoredScoreRow.in_village(village)]
    if isinstance(meeting, str):
        # PostgreSQL compares no text that holds a NUL.
        conditions.append(col(StoredScoreRow.meeting_id) == meeting if is_id(meeting) else false())
    elif meeting is not None:
        conditions.append(col(StoredScoreRow.meeting_id).in_(meeting))
    if groups is not None:
        mine = roster.ids_within(groups, village=village)
        conditions.append(col(StoredScoreRow.participant_id).in_(mine))
    return conditions
