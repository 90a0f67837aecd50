"""Puts households and a judged item before a meeting's panel, and drops what should not be there."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from pointsbank import ledger, roster
from pointsbank.database import new_ids
from pointsbank.errors import Problem
from pointsbank.ledger import LogRecord
from pointsbank.roster import Participant
from pointsbank.scoring.attendance import attendance
from pointsbank.scoring.case_problems import CaseEnded, CaseUnknown
from pointsbank.scoring.case_reading import Case, views
from pointsbank.scoring.deeds import item_of
from pointsbank.scoring.entering import NothingToEnter
from pointsbank.scoring.judging import ResolvedRow, resolve_rows
from pointsbank.scoring.judging_context import judging_context
from pointsbank.scoring.mark_models import CaseRow
from pointsbank.scoring.meetings import lock_open
from pointsbank.scoring.panel import check_judges
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.scheme import rulebook
from pointsbank.scoring.shapes import SHAPES
from pointsbank.scoring.values import ScoreRow, is_id
from pointsbank.spreadsheets import RowProblem
from pointsbank.spreadsheets.problems import BadRows

MAXIMUM_AT_ONCE = 200


def put_up(
    session: Session,
    *,
    village: str,
    meeting: str,
    codes: Sequence[str],
    item: str,
    occurred_on: date,
    by: str,
    at: datetime,
) -> list[Case]:
    """Put households and one judged item before the panel of an open meeting, all or none.

    Locks the meeting. What stands before the panel already is not put up twice.

    Args:
        codes: of 1 to 200 participants.
        item: a judged item in force on the day, by code or title.

    Raises:
        NothingToEnter: no household, or too many.
        BadRows: one cannot be scored with this item, waits already, or has too few or too many judges.
        MeetingUnknown, MeetingClosed, NotYetOpen, MeetingCancelled: as `lock_open`.
        PanelUnknown: raised by `judging_context`.
        ShapeUnknown, ScoringPeriodInvalid: an adopted item was changed behind the program's back.
        VillageUnknown: raised by `record_many`.

    Example:
        put_up(session, village="cy", meeting=id, codes=["0101"], item="庭院", occurred_on=day, …)
    """
    if not 0 < len(codes) <= MAXIMUM_AT_ONCE:
        raise NothingToEnter(most=MAXIMUM_AT_ONCE)
    lock_open(session, village=village, meeting=meeting)
    known = roster.by_codes(session, village=village, codes=set(codes))
    context = judging_context(session, known, village=village, meeting=meeting, at=at)
    rules = rulebook(session, village=village)
    rows = [_row(code, item, occurred_on, rules, place) for place, code in enumerate(codes, start=1)]
    problems = [one for row in rows if (one := _not_judged(row, rules))]
    resolved, wrong = ([], []) if problems else resolve_rows(rows, context)
    problems += wrong
    if not problems:
        problems = _not_markable(session, resolved, village=village, meeting=meeting)
    if problems:
        raise BadRows(problems)
    new = _write(session, resolved, village=village, meeting=meeting, by=by, at=at)
    return views(session, new, village=village)


def drop_case(session: Session, *, village: str, meeting: str, case: str, by: str, at: datetime) -> None:
    """Take a case from the panel; its marks stay on record and count for nothing.

    Raises:
        CaseUnknown: there is no such case in this meeting.
        CaseEnded: it has its score, or was dropped.
        MeetingUnknown, MeetingClosed, NotYetOpen, MeetingCancelled: as `lock_open`.
        ParticipantUnknown, VillageUnknown: raised by `by_id` and `record`.

    Example:
        scoring.drop_case(session, village="cy", meeting=id, case=case.id, by="li", at=now)
    """
    [row] = lock_cases(session, [case], village=village, meeting=meeting)
    lock_open(session, village=village, meeting=meeting)
    row.dropped_by, row.dropped_at = by, at
    session.flush()
    words = {"case": row.id, "participant": row.participant_id, "number": row.number}
    ledger.record(session, village=village, kind="case_dropped", by=by, at=at, words=words)


def lock_cases(session: Session, cases: Collection[str], *, village: str, meeting: str) -> list[CaseRow]:
    """Lock cases (ids) of a meeting that are still open, in the order of their ids; before the meeting's row.

    Raises:
        CaseUnknown: one is none of this meeting's.
        CaseEnded: one has its score, or was dropped.
    """
    wanted = sorted(set(cases))
    if not all(map(is_id, wanted)) or not is_id(meeting):
        raise CaseUnknown()
    query = (
        select(CaseRow)
        .where(CaseRow.in_village(village), col(CaseRow.id).in_(wanted), col(CaseRow.meeting_id) == meeting)
        .order_by(col(CaseRow.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = list(session.exec(query).all())
    if len(rows) < len(wanted):
        raise CaseUnknown()
    for row in rows:
        if row.score_id is not None or row.dropped_at is not None:
            person = roster.by_id(session, village=village, id=row.participant_id)
            raise CaseEnded(whose=whose(person))
    return rows


def whose(person: Participant) -> str:
    """Return how a refusal names a household: by its code and its name.

    Example:
        whose(wang)  # "0101 王建国"
    """
    return f"{person.code} {person.name}"


def _row(code: str, item: str, day: date, rules: Rulebook, place: int) -> ScoreRow:
    """Return a row with the least mark: whatever stands against it stands against every mark."""
    found = item_of(ScoreRow(code, item, day), rules)
    bounds = SHAPES[found.shape].bounds(found) if found is not None and found.shape in SHAPES else None
    return ScoreRow(code, found.code if found else item, day, points=bounds and bounds[0], row=place)


def _not_judged(row: ScoreRow, rules: Rulebook) -> RowProblem | None:
    """Return what is wrong with a row whose item no judge marks."""
    item = item_of(row, rules)
    if item is None or (item.shape in SHAPES and SHAPES[item.shape].bounds(item) is not None):
        return None
    sentence = f"“{item.title}”的分值由细则定，不由评议员打分，请在评议会页直接录入。"
    return RowProblem(row.row or 0, "条目", sentence)


def _not_markable(
    session: Session, rows: Sequence[ResolvedRow], *, village: str, meeting: str
) -> list[RowProblem]:
    """Return what is wrong with rows that wait already, or whose judges are too few or too many."""
    present = [one for one in attendance(session, village=village, meeting=meeting) if one.role == "judge"]
    query = select(CaseRow).where(
        CaseRow.in_village(village),
        col(CaseRow.meeting_id) == meeting,
        col(CaseRow.score_id).is_(None),
        col(CaseRow.dropped_at).is_(None),
    )
    waiting = {(one.participant_id, one.item_id, one.occurred_on) for one in session.exec(query)}
    found = []
    for row in rows:
        key = (row.participant.id, row.item.id, row.row.occurred_on)
        if key in waiting:
            found.append(RowProblem(row.row.row or 0, "户号", "这一户的这个条目已经在打分，请不要重复。"))
        waiting.add(key)
        try:
            check_judges(sum(row.participant.id not in one.households for one in present))
        except Problem as problem:
            found.append(RowProblem(row.row.row or 0, "户号", problem.detail))
    return found


def _write(
    session: Session, rows: Sequence[ResolvedRow], *, village: str, meeting: str, by: str, at: datetime
) -> list[CaseRow]:
    """Write cases behind those that the locked meeting has, each with its entry in the log."""
    last = select(func.max(CaseRow.number)).where(
        CaseRow.in_village(village), col(CaseRow.meeting_id) == meeting
    )
    before = session.exec(last).one() or 0
    new = [
        CaseRow(
            village_id=village,
            id=id,
            meeting_id=meeting,
            number=number,
            participant_id=row.participant.id,
            item_id=row.item.id,
            occurred_on=row.row.occurred_on,
            put_by=by,
            put_at=at,
        )
        for number, (id, row) in enumerate(
            zip(new_ids(session, len(rows)), rows, strict=True), start=before + 1
        )
    ]
    session.add_all(new)
    session.flush()
    entries = [
        LogRecord(
            "case_put",
            {
                "case": one.id,
                "meeting": meeting,
                "number": one.number,
                "participant": one.participant_id,
                "item": one.item_id,
                "title": row.item.title,
                "occurred_on": one.occurred_on.isoformat(),
            },
        )
        for one, row in zip(new, rows, strict=True)
    ]
    ledger.record_many(session, entries, village=village, by=by, at=at)
    return new


@ledger.describes("case_put")
def _put(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 第3件打分：庭院美化（2026-09-01）."""
    return f"第{words['number']}件打分：{words['title']}（{words['occurred_on']}）"


@ledger.describes("case_dropped")
def _dropped(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 撤下第3件打分."""
    return f"撤下第{words['number']}件打分"
