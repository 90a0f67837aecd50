"""What a meeting holds already of a group's households, and what many rows would come to. Writes nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from pointsbank import roster, villages
from pointsbank.database import execute
from pointsbank.dates import month_of
from pointsbank.points import Points
from pointsbank.scoring.deciding import Judged, decide
from pointsbank.scoring.deeds import doubts_on_record
from pointsbank.scoring.history import read_history
from pointsbank.scoring.judging import resolve_rows
from pointsbank.scoring.judging_context import judging_context
from pointsbank.scoring.meetings import MeetingClosed, meeting
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.superseded import PUTS_RIGHT
from pointsbank.scoring.values import WITHDRAWN, ScoreRow, is_id
from pointsbank.spreadsheets.problems import BadRows


@dataclass(frozen=True, slots=True)
class Entered:
    """What a meeting holds of one household and item: how often, and what counts, signed hundredths."""

    times: int
    counted: Points


@dataclass(frozen=True, slots=True)
class ForeseenRows:
    """What rows would come to, in their order.

    Attributes:
        doubts: says by place (from 1) what was judged already.
        month_instead: the month in which deeds of a closed month count; empty where there are none.
    """

    judged: Sequence[Judged]
    doubts: Mapping[int, str]
    month_instead: str = ""


def _standing(meeting: str) -> tuple[Any, ...]:
    """Return the conditions that a score of the village stands in a meeting's minutes."""
    score = StoredScoreRow
    return (
        col(score.meeting_id) == (meeting if is_id(meeting) else ""),
        col(score.status) != WITHDRAWN,
        ~PUTS_RIGHT,
    )


def entered_cells(
    session: Session, *, village: str, meeting: str, people: Collection[str]
) -> dict[tuple[str, str], Entered]:
    """Return what a meeting (id) holds of some people (ids), by participant and item code.

    Args:
        people: some hundred at most.

    Example:
        entered_cells(session, village="cy", meeting=id, people=[wang.id])[wang.id, "HJ01"].times  # 1
    """
    query = (
        select_columns(
            col(StoredScoreRow.participant_id),
            col(StoredScoreRow.item_code),
            func.count(),
            func.sum(col(StoredScoreRow.counted_points)),
        )
        .where(StoredScoreRow.in_village(village), *_standing(meeting))
        .where(col(StoredScoreRow.participant_id).in_(sorted(people)))
        .group_by(col(StoredScoreRow.participant_id), col(StoredScoreRow.item_code))
    )
    found: Sequence[Any] = execute(session, query).all()
    return {(person, item): Entered(times, Points(int(counted))) for person, item, times, counted in found}


def participants_scored(*, village: str, meeting: str) -> Select[Any]:
    """Return the statement that selects the ids of all whom a meeting (id) has scored.

    Example:
        scored = scoring.participants_scored(village="cy", meeting=meeting.id)
        roster.group_shares(session, village="cy", without=scored)
    """
    scored = select_columns(col(StoredScoreRow.participant_id))
    return scored.where(StoredScoreRow.in_village(village), *_standing(meeting))


def foresee_scores(
    session: Session,
    *,
    village: str,
    meeting_id: str,
    rows: Sequence[ScoreRow],
    at: datetime,
    groups: Collection[str] | None = None,
) -> ForeseenRows:
    """Return what entering rows into an open meeting would come to.

    Args:
        groups: as `enter_scores`.

    Raises:
        BadRows: rows that cannot be entered, each named.
        MeetingUnknown: there is no such meeting.
        MeetingClosed: its minutes are closed.
        IsDayBook: it is a day book of the counter.
        PanelUnknown: raised by `judging_context`.
        ShapeUnknown, ScoringPeriodInvalid: an adopted item was changed behind the program's back.

    Example:
        rows = [ScoreRow("0101", "HJ01", date(2026, 9, 1))]
        foresee_scores(session, village="cy", meeting_id=id, rows=rows, at=now).judged[0].counted  # 200
    """
    sat = meeting(session, village=village, meeting_id=meeting_id)
    if sat.status != "open":
        raise MeetingClosed()
    found = roster.by_codes(session, village=village, codes={row.participant_code for row in rows})
    known = {code: person for code, person in found.items() if roster.is_within(person, groups)}
    context = judging_context(session, known, rows, village=village, meeting=meeting_id, at=at)
    resolved, wrong = resolve_rows(rows, context)
    if wrong:
        raise BadRows(wrong)
    history = read_history(session, resolved, village=village, meeting=meeting_id)
    judged = decide(resolved, history, after=sat.scores)
    asked = doubts_on_record(
        session, rows, known, context.rules, village=village, meeting=meeting_id, before=sat.scores
    )
    months = {month_of(row.occurred_on) for row in rows}
    late = max((villages.month_instead(session, village=village, month=one) for one in months), default="")
    return ForeseenRows(judged, {one.row: one.sentence for one in asked}, late)
