"""Reads the scores that rows name as the same deed, and what a household has of one day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from pointsbank.database import execute
from pointsbank.points import Points
from pointsbank.prepared import chunks
from pointsbank.scoring.meeting_models import MeetingRow
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.same_deed import DeedOnRecord, is_reference, number_in
from pointsbank.scoring.scheme import items_by_id
from pointsbank.scoring.superseded import REPLACED, STRUCK
from pointsbank.scoring.values import WITHDRAWN, Score, ScoreRow, is_id


class _Named(NamedTuple):
    """What is read of a score that a row names."""

    id: str
    meeting_id: str
    number: int
    participant_id: str
    item_id: str
    occurred_on: date
    status: str
    same_deed: str | None


class SameDay(NamedTuple):
    """A score of the same household, day and direction: what an entry may be the same deed as.

    Attributes:
        called: 第12条, or of another meeting 8月25日评议会第3条.
        counted: signed hundredths.
    """

    id: str
    called: str
    title: str
    counted: Points


def called(number: int, *, held_on: date | None = None) -> str:
    """Return how a sentence names a score: by its number, and the meeting's day where it is another's.

    Not by the meeting's title, whose words nobody cleared: remarks hang with the scores.

    Example:
        >>> called(12), called(3, held_on=date(2026, 8, 25))
        ('第12条', '8月25日评议会第3条')
    """
    return f"{held_on.month}月{held_on.day}日评议会第{number}条" if held_on else f"第{number}条"


def deeds_on_record(
    session: Session, rows: Iterable[ScoreRow], *, village: str, meeting: str
) -> dict[str, DeedOnRecord]:
    """Return the scores that rows of a meeting (id) name, by what each row wrote.

    Example:
        deeds_on_record(session, rows, village="cy", meeting=id)["第12条"].first  # "a7…"
    """
    marks = {row.same_deed for row in rows if row.same_deed and is_reference(row.same_deed)}
    found: dict[str, DeedOnRecord] = {}
    for some in chunks(sorted(marks)):
        ids = [mark for mark in some if is_id(mark)]
        numbers = {mark: number_in(mark) or 0 for mark in some if not is_id(mark)}
        score = StoredScoreRow
        here = and_(col(score.meeting_id) == meeting, col(score.number).in_(sorted(set(numbers.values()))))
        query = select(*score.columns_of(_Named)).where(
            score.in_village(village), or_(col(score.id).in_(ids), here)
        )
        known = [_Named(*tuple(row)) for row in execute(session, query)]
        by_id = {one.id: one for one in known}
        by_number = {one.number: one for one in known if one.meeting_id == meeting}
        items = items_by_id(session, village=village) if known else {}
        for mark in some:
            one = by_id.get(mark) or by_number.get(numbers.get(mark, 0))
            if one is not None:
                found[mark] = DeedOnRecord(
                    one.same_deed or one.id,
                    one.participant_id,
                    one.occurred_on,
                    items[one.item_id].direction,
                    called(one.number),
                    one.status != WITHDRAWN,
                )
    return found


def shared_deeds(
    session: Session, row: ScoreRow, old: Score, *, village: str, meeting: str
) -> dict[str, DeedOnRecord]:
    """Return the deed that a row names in the place of an old score; none where nothing else is of that deed.

    Example:
        shared_deeds(session, row, old, village="cy", meeting=old.meeting_id)
    """
    score = StoredScoreRow
    others = (
        select(col(score.id))
        .where(score.in_village(village), col(score.participant_id) == old.participant_id)
        .where(or_(col(score.same_deed) == row.same_deed, col(score.id) == row.same_deed))
        .where(col(score.id) != old.id, *standing_now())
    )
    if not row.same_deed or execute(session, others.limit(1)).first() is None:
        return {}
    found = deeds_on_record(session, [row], village=village, meeting=meeting)
    # Whatever became of the first score, the deed goes on while another one stands for it.
    return {mark: replace(one, is_standing=True) for mark, one in found.items()}


def same_day(
    session: Session, *, village: str, meeting: str, participant: str, day: date, direction: str
) -> list[SameDay]:
    """Return the scores that stand of a participant (id) on a day in one direction, of any meeting.

    Args:
        meeting: of the entry (id): scores of others are called by their meeting's day.

    Example:
        same_day(session, village="cy", meeting=id, participant=wang.id, day=day, direction="plus")
    """
    score = StoredScoreRow
    query = (
        select(
            col(score.id),
            col(score.meeting_id),
            col(score.number),
            col(MeetingRow.held_on),
            col(score.item_id),
            col(score.counted_points),
        )
        .join(MeetingRow, MeetingRow.in_village_of(score) & (col(MeetingRow.id) == col(score.meeting_id)))
        .where(score.in_village(village), col(score.participant_id) == participant)
        .where(col(score.occurred_on) == day, *standing_now())
        .order_by(col(score.entered_at), col(score.number))
    )
    rows: Sequence[Any] = execute(session, query).all()
    items = items_by_id(session, village=village) if rows else {}
    return [
        SameDay(id, called(number, held_on=None if of == meeting else held_on), items[item].title, counted)
        for id, of, number, held_on, item, counted in rows
        if items[item].direction == direction
    ]


def cut_by_deed(session: Session, *, village: str, score: Score) -> list[SameDay]:
    """Return the scores that stand and count less because they are the same deed as this one, or its others.

    Example:
        cut_by_deed(session, village="cy", score=withdrawn)[0].called  # "第13条"
    """
    row, deed = StoredScoreRow, score.same_deed or score.id
    query = (
        select(col(row.id), col(row.number), col(row.item_id), col(row.counted_points))
        .where(row.in_village(village), col(row.participant_id) == score.participant_id)
        .where(or_(col(row.same_deed) == deed, col(row.id) == deed), col(row.id) != score.id)
        .where(col(row.counted_points) != col(row.points), *standing_now())
        .order_by(col(row.number))
    )
    rows: Sequence[Any] = execute(session, query).all()
    items = items_by_id(session, village=village) if rows else {}
    return [SameDay(id, called(number), items[item].title, counted) for id, number, item, counted in rows]


def standing_now() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a score stands: not withdrawn, nor put right by another version."""
    return (col(StoredScoreRow.status) != WITHDRAWN, ~REPLACED, ~STRUCK)
