"""A judge marks what is before the panel: on the screen in turn, on the own telephone, or on paper."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.errors import Problem
from pointsbank.labels.mark_way import MARK_WAY
from pointsbank.points import Points
from pointsbank.scoring.attendance import Attendee, attendance
from pointsbank.scoring.case_problems import (
    CaseComplete,
    JudgeAway,
    JudgeRecused,
    MarkInvalid,
    NothingMarked,
)
from pointsbank.scoring.case_reading import COMPLETE, Case, views
from pointsbank.scoring.mark_models import MarkRow
from pointsbank.scoring.meetings import lock_open
from pointsbank.scoring.putting_up import lock_cases, whose
from pointsbank.scoring.shapes import points_for


def give_marks(
    session: Session,
    *,
    village: str,
    meeting: str,
    position: int,
    marks: Mapping[str, Points],
    way: str,
    by: str,
    at: datetime,
) -> int:
    """Write one judge's marks, all or none, in place of those given before; return how many were written.

    A mark may be changed until everybody has marked the case: then all marks are read, and none changes.
    Locks the cases, then the meeting: nobody ends one, closes the other or goes away meanwhile.

    Args:
        position: the judge's place in the minutes, >= 1.
        marks: by the case (id), in hundredths without sign.
        way: a code of `labels.mark_way`.
        by: whose screen it is; for a telephone who showed its code.

    Raises:
        NothingMarked: there is no mark.
        CaseUnknown, CaseEnded: as `lock_cases`.
        CaseComplete: everybody has marked one of them.
        MeetingUnknown, MeetingClosed, NotYetOpen, MeetingCancelled: as `lock_open`.
        JudgeAway: nobody who is present stands there in the minutes.
        JudgeRecused: one is the judge's own household, or a near relative's.
        MarkInvalid: one lies outside its item's bounds.
        PanelUnknown: raised by `views`.
        VillageUnknown: raised by `record`.

    Example:
        give_marks(session, village="cy", meeting=id, position=1, marks={case: Points(750)}, way="screen", …)
    """
    if not marks:
        raise NothingMarked()
    rows = lock_cases(session, list(marks), village=village, meeting=meeting)
    lock_open(session, village=village, meeting=meeting)
    people = attendance(session, village=village, meeting=meeting)
    judge = next((one for one in people if one.position == position and one.role == "judge"), None)
    if judge is None:
        raise JudgeAway()
    for one in views(session, rows, village=village):
        _check(one, judge, marks[one.id])
    known = _known(session, list(marks), position, village=village)
    changed = {
        case: mark for case, mark in sorted(marks.items()) if case not in known or known[case].mark != mark
    }
    for case, mark in changed.items():
        row = known.get(case)
        if row is None:
            row = MarkRow(
                village_id=village,
                case_id=case,
                position=position,
                meeting_id=meeting,
                mark=mark,
                way=way,
                given_by=by,
                given_at=at,
            )
        row.mark, row.way, row.given_by, row.given_at = mark, way, by, at
        session.add(row)
    session.flush()
    if changed:
        words = {
            "meeting": meeting,
            "position": position,
            "judge": judge.name,
            "way": way,
            "marks": [[case, int(mark)] for case, mark in changed.items()],
            "added": sum(case not in known for case in changed),
        }
        ledger.record(session, village=village, kind="marks_given", by=by, at=at, words=words)
    return len(changed)


def _check(case: Case, judge: Attendee, mark: Points) -> None:
    """Refuse a mark that this judge may not give."""
    name = whose(case.participant)
    if case.participant.id in judge.households:
        raise JudgeRecused(name=judge.name, whose=name)
    if case.status == COMPLETE:
        raise CaseComplete(whose=name)
    try:
        points_for(case.item, None, mark)
    except Problem as problem:
        wrong = MarkInvalid(whose=name, reason=problem.detail)
        wrong.case = case.id
        raise wrong from problem


def _known(session: Session, cases: Sequence[str], position: int, *, village: str) -> dict[str, MarkRow]:
    """Return the marks that a judge has given for these cases."""
    query = select(MarkRow).where(
        MarkRow.in_village(village), col(MarkRow.case_id).in_(cases), col(MarkRow.position) == position
    )
    found = session.exec(query.execution_options(populate_existing=True)).all()
    return {row.case_id: row for row in found}


@ledger.describes("marks_given")
def _given(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 龙凤泉打分3件（自己的手机）."""
    return f"{words['judge']}打分{len(words['marks'])}件（{MARK_WAY.name(words['way'])}）"
