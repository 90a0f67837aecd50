"""Reads scores: of a meeting, of a participant, of a month; and what they come to."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import case, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import roster
from pointsbank.database import execute
from pointsbank.errors import NotFound
from pointsbank.points import Points
from pointsbank.prepared import chunks
from pointsbank.roster import Participant
from pointsbank.scoring.lawful import is_publishable
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.scheme import items_by_id
from pointsbank.scoring.scheme_models import ItemRow
from pointsbank.scoring.superseded import (
    CORRECTED,
    PUTS_RIGHT,
    STRUCK,
    TAKEN_BACK_AT_ONCE,
)
from pointsbank.scoring.values import PLUS, POSTED, Item, Score, StoredScore, is_id


class ScoreUnknown(NotFound):
    """There is no such score in this village."""

    code = "score_unknown"
    sentence = "没有找到这条评分，请从评分里选择。"
    fixed_by = "本人"


# Row by row as tuples: a meeting has thousands of scores, and mapped objects cost several times as much.
SCORES = select_columns(*StoredScoreRow.columns_of(StoredScore))
_COUNTED = col(StoredScoreRow.counted_points)


def scores(
    session: Session,
    *,
    village: str,
    meeting: str | None = None,
    numbers: tuple[int, int] | None = None,
    participant: str | None = None,
) -> list[Score]:
    """Return the scores of one meeting by number, or of all meetings; no versions of what was posted.

    Args:
        numbers: first and last number within the meeting.
        participant: only theirs (id).

    Example:
        [score.title for score in scores(session, village="chayuan", meeting=meeting.id)]  # ["参加环境清扫"]
    """
    query = SCORES.where(StoredScoreRow.in_village(village), ~PUTS_RIGHT)
    if meeting is not None:
        # PostgreSQL compares no text that holds a NUL.
        if not is_id(meeting):
            return []
        query = query.where(col(StoredScoreRow.meeting_id) == meeting)
    if numbers is not None:
        query = query.where(col(StoredScoreRow.number).between(*numbers))
    if participant is not None:
        query = query.where(col(StoredScoreRow.participant_id) == participant)
    order = (col(StoredScoreRow.meeting_id), col(StoredScoreRow.number))
    return views(session, execute(session, query.order_by(*order)).all(), village=village)


def standing_scores(session: Session, *, village: str, meetings: Collection[str]) -> list[Score]:
    """Return the posted scores of some meetings (ids) as they stand: of what was put right its last version.

    Example:
        standing_scores(session, village="chayuan", meetings=[day_book.id])[0].status  # "posted"
    """
    query = SCORES.where(StoredScoreRow.in_village(village), ~CORRECTED, ~STRUCK)
    query = query.where(col(StoredScoreRow.meeting_id).in_(meetings), col(StoredScoreRow.status) == POSTED)
    order = (col(StoredScoreRow.occurred_on), col(StoredScoreRow.number))
    return views(session, execute(session, query.order_by(*order)).all(), village=village)


def latest_scores(
    session: Session, *, village: str, meeting: str, limit: int, entered_by: str | None = None
) -> list[Score]:
    """Return the scores that were entered last into a meeting, the last first.

    Args:
        limit: scores at most, >= 1.
        entered_by: only those of this person (id).

    Example:
        latest_scores(session, village="chayuan", meeting=meeting.id, limit=12)[0].number  # 48
    """
    query = SCORES.where(StoredScoreRow.in_village(village), ~PUTS_RIGHT)
    query = query.where(col(StoredScoreRow.meeting_id) == meeting)
    if entered_by is not None:
        query = query.where(col(StoredScoreRow.entered_by) == entered_by)
    latest = query.order_by(col(StoredScoreRow.number).desc()).limit(limit)
    return views(session, execute(session, latest).all(), village=village)


def scored(
    session: Session, *, village: str, meetings: Collection[str], participants: Sequence[str] | None = None
) -> dict[str, bool]:
    """Return who (id) was scored at some meetings (ids), each with whether any of it was no award.

    Args:
        participants: only these (ids), some hundred at most; None for everybody.

    Example:
        scored(session, village="chayuan", meetings=[meeting.id])  # {wang.id: False}
    """
    query = (
        select_columns(
            col(StoredScoreRow.participant_id), func.max(case((col(ItemRow.direction) != PLUS, 1), else_=0))
        )
        .join(
            ItemRow, ItemRow.in_village_of(StoredScoreRow) & (col(ItemRow.id) == col(StoredScoreRow.item_id))
        )
        .where(StoredScoreRow.in_village(village), col(StoredScoreRow.meeting_id).in_(meetings))
        .group_by(col(StoredScoreRow.participant_id))
    )
    if participants is not None:
        query = query.where(col(StoredScoreRow.participant_id).in_(participants))
    found: Sequence[Any] = execute(session, query).all()
    return {participant: bool(any_) for participant, any_ in found}


def counts(session: Session, *, village: str, meetings: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return by meeting (id) how many scores are in each state; meetings without any are left out.

    Example:
        counts(session, village="chayuan", meetings=[meeting.id])  # {"a7…": {"posted": 12}}
    """
    own = (col(StoredScoreRow.meeting_id), col(StoredScoreRow.status))
    found: dict[str, dict[str, int]] = {}
    for some in chunks(sorted(meetings)):
        query = select_columns(*own, func.count()).where(StoredScoreRow.in_village(village))
        rows: Sequence[Any] = execute(session, query.where(own[0].in_(some)).group_by(*own)).all()
        for one, status, number in rows:
            found.setdefault(one, {})[status] = number
    return found


def score_ids(session: Session, *, village: str, meeting: str, status: str) -> list[str]:
    """Return the ids of a meeting's scores in one status, by number; no versions of what was posted.

    Example:
        score_ids(session, village="chayuan", meeting=meeting.id, status="published")  # ["a7…", "k2…"]
    """
    chosen = (col(StoredScoreRow.meeting_id) == meeting, col(StoredScoreRow.status) == status, ~PUTS_RIGHT)
    query = select(col(StoredScoreRow.id)).where(StoredScoreRow.in_village(village), *chosen)
    return list(session.exec(query.order_by(col(StoredScoreRow.number))))


def scores_by_id(session: Session, *, village: str, ids: Iterable[str]) -> dict[str, Score]:
    """Return scores by id; unknown ids are left out.

    Example:
        scores_by_id(session, village="chayuan", ids=[score.id])[score.id].title  # "参加环境清扫"
    """
    query = SCORES.where(StoredScoreRow.in_village(village))
    rows = [
        row
        for some in chunks([id for id in ids if is_id(id)])
        for row in execute(session, query.where(col(StoredScoreRow.id).in_(some)))
    ]
    return {score.id: score for score in views(session, rows, village=village)}


def score(session: Session, *, village: str, score_id: str) -> Score:
    """Return one score.

    Raises:
        ScoreUnknown: there is none with this id.

    Example:
        score(session, village="chayuan", score_id=id).counted_points  # 500 hundredths
    """
    found = scores_by_id(session, village=village, ids=[score_id]).get(score_id)
    if found is None:
        raise ScoreUnknown()
    return found


def month_merits(
    session: Session, *, village: str, month: str, participants: Sequence[str] | None = None
) -> dict[str, list[tuple[str, Points]]]:
    """Return by participant id in which categories they earned how much in a month, the most first.

    Args:
        participants: only of these (ids), a board's worth of them.

    Example:
        month_merits(session, village="chayuan", month="2026-08")[wang.id]  # [("环境卫生", 1000)]
    """
    query = (
        select(col(StoredScoreRow.participant_id), col(ItemRow.category), func.sum(_COUNTED))
        .join(
            ItemRow, ItemRow.in_village_of(StoredScoreRow) & (col(ItemRow.id) == col(StoredScoreRow.item_id))
        )
        .where(StoredScoreRow.in_village(village), col(StoredScoreRow.counted_in) == month)
        .where(col(StoredScoreRow.status) == POSTED, _COUNTED > 0, ~TAKEN_BACK_AT_ONCE)
        .group_by(col(StoredScoreRow.participant_id), col(ItemRow.category))
    )
    if participants is not None:
        query = query.where(col(StoredScoreRow.participant_id).in_(participants))
    merits: dict[str, list[tuple[str, Points]]] = {}
    for participant, category, earned in session.exec(query):
        merits.setdefault(participant, []).append((category, Points(int(earned))))
    return {who: sorted(earned, key=lambda merit: (-merit[1], merit[0])) for who, earned in merits.items()}


def words_of(person: Participant, item: Item) -> dict[str, Any]:
    """Return the fields of a `Score` that say in words whose it is and what for."""
    return {
        "code": person.code,
        "name": person.name,
        "title": item.title,
        "category": item.category,
        "direction": item.direction,
        "publishable": is_publishable(item),
    }


def views(session: Session, rows: Sequence[Any], *, village: str) -> list[Score]:
    """Return stored scores with names and items."""
    known = roster.by_ids(session, village=village, ids={row.participant_id for row in rows})
    rules = items_by_id(session, village=village)
    return [Score(*row, **words_of(known[row.participant_id], rules[row.item_id])) for row in rows]
