"""Reads scores: of a meeting, of a participant, of a month; and what they come to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import bindparam, case, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from pointsbank import roster
from pointsbank.database import execute
from pointsbank.errors import NotFound
from pointsbank.points import Points, to_decimal
from pointsbank.prepared import fetch
from pointsbank.roster import Participant
from pointsbank.scoring.models import ItemRow, StoredScoreRow
from pointsbank.scoring.scheme import items_by_id
from pointsbank.scoring.values import POSTED, Item, MonthTotal, Score, is_id

CHUNK = 500
_BY_ID = 40


class ScoreUnknown(NotFound):
    """There is no such score in this village."""

    sentence = "没有找到这条评分，请从评分表里选择。"
    fixed_by = "本人"


class StoredScore(NamedTuple):
    """The columns of a score, all but its village; amounts are hundredths."""

    id: str
    meeting_id: str
    number: int
    participant_id: str
    item_id: str
    item_code: str
    occurred_on: date
    quantity: int | None
    points: int
    counted_points: int
    counted_in: str
    late: bool
    note: str
    remark: str
    recused: str
    status: str
    entered_by: str
    entered_at: datetime
    posted_at: datetime | None
    log_index: int | None


class _Total(NamedTuple):
    """What a participant's scores of a month come to."""

    participant_id: str
    honour: Decimal
    plus: Decimal
    minus: Decimal
    late: Decimal


# Row by row as tuples: a meeting has thousands of scores, and mapped objects cost several times as much.
_SCORES = select_columns(*StoredScoreRow.columns_of(StoredScore))
_COUNTED = col(StoredScoreRow.counted_points)
_TOTALS = (
    select_columns(
        col(StoredScoreRow.participant_id),
        func.sum(_COUNTED).label("honour"),
        func.sum(case((_COUNTED > 0, _COUNTED), else_=0)).label("plus"),
        func.sum(case((_COUNTED < 0, _COUNTED), else_=0)).label("minus"),
        func.sum(case((col(StoredScoreRow.late), _COUNTED), else_=0)).label("late"),
    )
    .where(
        StoredScoreRow.in_village(bindparam("village")),
        col(StoredScoreRow.counted_in) == bindparam("month"),
        col(StoredScoreRow.status) == POSTED,
    )
    .group_by(col(StoredScoreRow.participant_id))
)


def scores(
    session: Session,
    *,
    village: str,
    meeting: str | None = None,
    participant: str | None = None,
    month: str | None = None,
    numbers: tuple[int, int] | None = None,
) -> list[Score]:
    """Return the scores to which everything given applies: of one meeting by number, else by the deeds' days.

    Args:
        participant: the participant's id.
        month: the month that counts, as 2026-08.
        numbers: first and last number within the meeting.

    Example:
        [score.title for score in scores(session, village="chayuan", meeting=meeting.id)]  # ["参加环境清扫"]
    """
    wanted: dict[Mapped[str], str | None] = {
        col(StoredScoreRow.meeting_id): meeting,
        col(StoredScoreRow.participant_id): participant,
        col(StoredScoreRow.counted_in): month,
    }
    # PostgreSQL compares no text that holds a NUL.
    if not all(value is None or value.isprintable() for value in wanted.values()):
        return []
    query = _SCORES.where(StoredScoreRow.in_village(village))
    query = query.where(*(column == value for column, value in wanted.items() if value is not None))
    if numbers is not None:
        query = query.where(col(StoredScoreRow.number).between(*numbers))
    order = [col(StoredScoreRow.occurred_on), col(StoredScoreRow.meeting_id)] if meeting is None else []
    found = execute(session, query.order_by(*order, col(StoredScoreRow.number)))
    return _views(session, [StoredScore._make(row) for row in found], village=village)


def score_ids(session: Session, *, village: str, meeting: str, status: str) -> list[str]:
    """Return the ids of a meeting's scores in one status, by number.

    Example:
        score_ids(session, village="chayuan", meeting=meeting.id, status="published")  # ["a7…", "k2…"]
    """
    chosen = (col(StoredScoreRow.meeting_id) == meeting, col(StoredScoreRow.status) == status)
    query = select(col(StoredScoreRow.id)).where(StoredScoreRow.in_village(village), *chosen)
    return list(session.exec(query.order_by(col(StoredScoreRow.number))))


def scores_by_id(session: Session, *, village: str, ids: Iterable[str]) -> dict[str, Score]:
    """Return scores by id; unknown ids are left out.

    Example:
        scores_by_id(session, village="chayuan", ids=[score.id])[score.id].title  # "参加环境清扫"
    """
    query = _SCORES.where(StoredScoreRow.in_village(village))
    rows = [
        StoredScore._make(row)
        for some in chunks([id for id in ids if is_id(id)])
        for row in execute(session, query.where(col(StoredScoreRow.id).in_(some)))
    ]
    return {score.id: score for score in _views(session, rows, village=village)}


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


def month_totals(session: Session, *, village: str, month: str) -> dict[str, MonthTotal]:
    """Return what each participant's posted scores of a month come to, by participant id.

    Example:
        month_totals(session, village="chayuan", month="2026-08")[wang.id].honour  # 1500 hundredths
    """
    found = fetch(session, _TOTALS, {"village": village, "month": month}, into=_Total).all()
    return {row.participant_id: MonthTotal(*(Points(int(amount)) for amount in row[1:])) for row in found}


def month_merits(session: Session, *, village: str, month: str) -> dict[str, list[tuple[str, Points]]]:
    """Return by participant id in which categories they earned how much in a month, the most first.

    Example:
        month_merits(session, village="chayuan", month="2026-08")[wang.id]  # [("环境卫生", 1000)]
    """
    query = (
        select(col(StoredScoreRow.participant_id), col(ItemRow.category), func.sum(_COUNTED))
        .join(
            ItemRow, ItemRow.in_village_of(StoredScoreRow) & (col(ItemRow.id) == col(StoredScoreRow.item_id))
        )
        .where(StoredScoreRow.in_village(village), col(StoredScoreRow.counted_in) == month)
        .where(col(StoredScoreRow.status) == POSTED, _COUNTED > 0)
        .group_by(col(StoredScoreRow.participant_id), col(ItemRow.category))
    )
    merits: dict[str, list[tuple[str, Points]]] = {}
    for participant, category, earned in session.exec(query):
        merits.setdefault(participant, []).append((category, Points(int(earned))))
    return {who: sorted(earned, key=lambda merit: (-merit[1], merit[0])) for who, earned in merits.items()}


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut ids into as many as one statement can hold."""
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def score_view(stored: StoredScore, person: Participant, item: Item) -> Score:
    """Return a stored score with the words of its item and the name of its participant."""
    return Score(
        id=stored.id,
        meeting=stored.meeting_id,
        number=stored.number,
        participant=stored.participant_id,
        code=person.code,
        name=person.name,
        item=stored.item_code,
        title=item.title,
        category=item.category,
        direction=item.direction,
        occurred_on=stored.occurred_on,
        quantity=None if stored.quantity is None else to_decimal(stored.quantity),
        points=Points(stored.points),
        counted_points=Points(stored.counted_points),
        counted_in=stored.counted_in,
        late=stored.late,
        note=stored.note,
        remark=stored.remark,
        recused=stored.recused,
        status=stored.status,
        entered_by=stored.entered_by,
        entered_at=stored.entered_at,
        posted_at=stored.posted_at,
        index=stored.log_index,
    )


def _views(session: Session, rows: Sequence[StoredScore], *, village: str) -> list[Score]:
    """Return stored scores with names and items."""
    known = _people(session, village=village, ids={row.participant_id for row in rows})
    rules = items_by_id(session, village=village)
    return [score_view(row, known[row.participant_id], rules[row.item_id]) for row in rows]


def _people(session: Session, *, village: str, ids: set[str]) -> Mapping[str, Participant]:
    """Return participants by id: few by asking for them, many by reading the roster once."""
    if len(ids) <= _BY_ID:
        return roster.by_ids(session, village=village, ids=sorted(ids))
    return {person.id: person for person in roster.everyone(session, village=village) if person.id in ids}
