"""Reading scores: the sheet of a meeting, of a participant, of a month; totals; what is still open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, select
from sqlmodel import Session

from pointsbank import roster
from pointsbank.database import execute, table_of
from pointsbank.errors import NotFound
from pointsbank.points import Points, to_decimal
from pointsbank.roster import Participant
from pointsbank.scoring.models import ItemRow, StoredScoreRow
from pointsbank.scoring.scheme import items_by_id
from pointsbank.scoring.values import POSTED, Item, MonthTotal, Score, is_id

_score = table_of(StoredScoreRow)
_item = table_of(ItemRow)
CHUNK = 500
_BY_ID = 40


class ScoreUnknown(NotFound):
    """There is no such score in this village."""

    code = "score_unknown"
    sentence = "没有找到这条评分，请从评分表里选择。"


def scores(
    session: Session,
    *,
    village: str,
    meeting: str | None = None,
    status: str | None = None,
    participant: str | None = None,
    month: str | None = None,
    since: date | None = None,
    numbers: tuple[int, int] | None = None,
    limit: int | None = None,
) -> list[Score]:
    """Scores by meeting, status, participant id, month that counts or day of the deed, in order."""
    wanted: dict[ColumnElement[Any], str | None] = {
        _score.c.meeting_id: meeting,
        _score.c.status: status,
        _score.c.participant_id: participant,
        _score.c.counted_in: month,
    }
    if not all(value is None or value.isprintable() for value in wanted.values()):
        return []
    query = select(_score).where(_score.c.village_id == village)
    for column, value in wanted.items():
        if value is not None:
            query = query.where(column == value)
    if since is not None:
        query = query.where(_score.c.occurred_on >= since)
    if numbers is not None:
        query = query.where(_score.c.number.between(*numbers))
    query = query.order_by(_score.c.occurred_on, _score.c.meeting_id, _score.c.number)
    if meeting is not None:
        query = query.order_by(None).order_by(_score.c.number)
    return views(session, execute(session, query.limit(limit)).all(), village=village)


def scores_by_id(session: Session, *, village: str, ids: Iterable[str]) -> dict[str, Score]:
    """Scores by id; unknown ids are left out."""
    known = [id for id in ids if is_id(id)]
    rows = [row for some in chunks(known) for row in execute(session, _chosen(village, some))]
    return {score.id: score for score in views(session, rows, village=village)}


def score(session: Session, *, village: str, score: str) -> Score:
    """One score; raises ScoreUnknown."""
    found = scores_by_id(session, village=village, ids=[score]).get(score)
    if found is None:
        raise ScoreUnknown()
    return found


def month_totals(session: Session, *, village: str, month: str) -> dict[str, MonthTotal]:
    """What each participant's posted scores of a month come to, by participant id."""
    counted = _score.c.counted_points
    query = (
        select(
            _score.c.participant_id,
            func.sum(counted).label("honour"),
            func.sum(case((counted > 0, counted), else_=0)).label("plus"),
            func.sum(case((counted < 0, counted), else_=0)).label("minus"),
            func.sum(case((_score.c.late, counted), else_=0)).label("late"),
        )
        .where(_score.c.village_id == village, _score.c.counted_in == month, _score.c.status == POSTED)
        .group_by(_score.c.participant_id)
    )
    return {
        row.participant_id: MonthTotal(
            *(Points(int(amount)) for amount in (row.honour, row.plus, row.minus, row.late))
        )
        for row in execute(session, query)
    }


def month_merits(session: Session, *, village: str, month: str) -> dict[str, list[tuple[str, Points]]]:
    """In which categories each participant earned how much in a month, the most first."""
    counted = func.sum(_score.c.counted_points)
    query = (
        select(_score.c.participant_id, _item.c.category, counted.label("earned"))
        .join(_item, (_item.c.village_id == _score.c.village_id) & (_item.c.id == _score.c.item_id))
        .where(_score.c.village_id == village, _score.c.counted_in == month, _score.c.status == POSTED)
        .where(_score.c.counted_points > 0)
        .group_by(_score.c.participant_id, _item.c.category)
    )
    merits: dict[str, list[tuple[str, Points]]] = {}
    for row in execute(session, query):
        merits.setdefault(row.participant_id, []).append((row.category, Points(int(row.earned))))
    return {who: sorted(earned, key=lambda merit: (-merit[1], merit[0])) for who, earned in merits.items()}


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Ids in handfuls that a statement can hold."""
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def people(session: Session, *, village: str, ids: set[str]) -> Mapping[str, Participant]:
    """Participants by id: few by asking for them, many by reading the roster once."""
    if len(ids) <= _BY_ID:
        return roster.by_ids(session, village=village, ids=sorted(ids))
    return {person.id: person for person in roster.everyone(session, village=village) if person.id in ids}


def views(session: Session, rows: Sequence[Row[Any]], *, village: str) -> list[Score]:
    """Stored scores as others see them, with names."""
    known = people(session, village=village, ids={row.participant_id for row in rows})
    rules = items_by_id(session, village=village)
    return [score_view(row._mapping, known[row.participant_id], rules[row.item_id]) for row in rows]


def _chosen(village: str, ids: Sequence[str]) -> Any:
    """The query for some scores."""
    return select(_score).where(_score.c.village_id == village, _score.c.id.in_(ids))


def score_view(values: Mapping[Any, Any], person: Participant, item: Item) -> Score:
    """A score's columns as others see them."""
    quantity = values["quantity"]
    return Score(
        id=values["id"],
        meeting=values["meeting_id"],
        number=values["number"],
        participant=values["participant_id"],
        code=person.code,
        name=person.name,
        item=values["item_code"],
        title=item.title,
        category=item.category,
        direction=item.direction,
        occurred_on=values["occurred_on"],
        quantity=None if quantity is None else to_decimal(quantity),
        points=Points(values["points"]),
        counted_points=Points(values["counted_points"]),
        counted_in=values["counted_in"],
        late=values["late"],
        note=values["note"],
        remark=values["remark"],
        recused=values["recused"],
        status=values["status"],
        entered_by=values["entered_by"],
        entered_at=values["entered_at"],
        posted_at=values["posted_at"],
        index=values["log_index"],
    )
