"""Reading what was put before a meeting's panel: who has marked, and once all have, with which marks.

Until then nobody but the judge reads a mark: whoever knows what the others gave does not judge by himself.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from pointsbank import panels, roster
from pointsbank.points import Points
from pointsbank.roster import Participant
from pointsbank.scoring.attendance import Attendee, attendance
from pointsbank.scoring.call_models import CallRow
from pointsbank.scoring.mark_models import CaseRow, MarkRow
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.panel import PanelResult, TooFewMarks, TooManyMarks, panel_mark
from pointsbank.scoring.scheme import items_by_id
from pointsbank.scoring.values import WITHDRAWN, Item

WAITING, COMPLETE, DRAWN, DROPPED = "waiting", "complete", "drawn", "dropped"


@dataclass(frozen=True, slots=True)
class Mark:
    """One judge's mark: hundredths without sign; `way` a code of `labels.mark_way`."""

    position: int
    name: str
    mark: Points
    way: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One household and one judged item before the panel, as everybody in the room may see it.

    Attributes:
        status: a code of `labels.case_status`.
        judges: who marks it, present and not recused, or has marked it, in the order of the minutes.
        recused: who is present and leaves it to the others.
        given: places in the minutes of those who have marked.
        marks: each judge's mark once nobody's is missing, else none.
        result: what they come to; None before, and where too few or too many judges marked.
        score_number: of the score that came of it, within the meeting; None before.
        withdrawn: whether that score counts no more: undone, or taken back after an objection.
    """

    id: str
    meeting_id: str
    number: int
    participant: Participant
    item: Item
    occurred_on: date
    status: str
    judges: tuple[Attendee, ...]
    recused: tuple[Attendee, ...]
    given: frozenset[int]
    marks: tuple[Mark, ...]
    result: PanelResult | None
    score_id: str | None
    score_number: int | None
    withdrawn: bool

    @property
    def missing(self) -> tuple[Attendee, ...]:
        """Who has still to mark it."""
        return tuple(one for one in self.judges if one.position not in self.given)

    @property
    def is_open(self) -> bool:
        """Whether it has neither a score nor was dropped."""
        return self.status in (WAITING, COMPLETE)


def cases(session: Session, *, village: str, meeting: str, also_dropped: bool = False) -> list[Case]:
    """Return what was put before a meeting's panel, in its order; marks only where nobody's is missing.

    Args:
        meeting: its id; of one that is not there nothing is returned.
        also_dropped: those too that were dropped.

    Raises:
        PanelUnknown: raised by `panels.panel`.

    Example:
        [one.status for one in scoring.cases(session, village="cy", meeting=id)]  # ["drawn", "waiting"]
    """
    query = select(CaseRow).where(CaseRow.in_village(village), col(CaseRow.meeting_id) == meeting)
    if not also_dropped:
        query = query.where(col(CaseRow.dropped_at).is_(None))
    return views(session, session.exec(query.order_by(col(CaseRow.number))).all(), village=village)


def views(session: Session, rows: Sequence[CaseRow], *, village: str) -> list[Case]:
    """Return cases of one meeting as everybody in the room may see them.

    Raises:
        PanelUnknown: raised by `panels.panel`.
    """
    if not rows:
        return []
    meeting = rows[0].meeting_id
    people = attendance(session, village=village, meeting=meeting)
    rule = rule_of(session, village=village, meeting=meeting)
    marks = _marks(session, [row.id for row in rows], people, village=village)
    whose = roster.by_ids(session, village=village, ids={row.participant_id for row in rows})
    items = items_by_id(session, village=village)
    scores = _scores(session, [row.score_id for row in rows if row.score_id], village=village)
    found = (
        _view(row, whose[row.participant_id], items[row.item_id], people, marks[row.id], rule) for row in rows
    )
    return [_with_score(one, *scores.get(one.score_id or "", (None, ""))) for one in found]


def own_marks(session: Session, *, village: str, meeting: str, position: int) -> dict[str, Points]:
    """Return what one judge has given, by the case (id): for that judge's eyes alone.

    Example:
        scoring.own_marks(session, village="cy", meeting=id, position=2)  # {"k3v7…": 750}
    """
    query = select(MarkRow).where(
        MarkRow.in_village(village), col(MarkRow.meeting_id) == meeting, col(MarkRow.position) == position
    )
    found = session.exec(query.execution_options(populate_existing=True)).all()
    return {row.case_id: Points(row.mark) for row in found}


def open_cases(session: Session, *, village: str, meeting: str) -> int:
    """Return how many cases of a meeting (id) have neither a score nor were dropped.

    Example:
        scoring.open_cases(session, village="cy", meeting=id)  # 2
    """
    query = select(func.count()).select_from(CaseRow)
    open_ones = (col(CaseRow.score_id).is_(None), col(CaseRow.dropped_at).is_(None))
    return session.exec(
        query.where(CaseRow.in_village(village), col(CaseRow.meeting_id) == meeting, *open_ones)
    ).one()


def rule_of(session: Session, *, village: str, meeting: str) -> str:
    """Return how the marks of a meeting (id) come together: as its panel has it, the mean where it has none.

    Raises:
        PanelUnknown: raised by `panels.panel`.
    """
    query = select(CallRow.panel_id).where(CallRow.in_village(village), col(CallRow.id) == meeting)
    whose = session.exec(query).first()
    return panels.panel(session, village=village, panel_id=whose).rule if whose else "mean"


def _view(
    row: CaseRow,
    participant: Participant,
    item: Item,
    people: Sequence[Attendee],
    marks: Sequence[Mark],
    rule: str,
) -> Case:
    """Return one case; its marks only if nobody's is missing."""
    given = frozenset(one.position for one in marks)
    recused = tuple(one for one in people if one.role == "judge" and row.participant_id in one.households)
    # Who marked and then had to go judged it all the same.
    judges = tuple(
        one for one in people if one.position in given or (one.role == "judge" and one not in recused)
    )
    complete = bool(marks) and all(one.position in given for one in judges)
    ended = DRAWN if row.score_id else DROPPED if row.dropped_at else None
    status = ended or (COMPLETE if complete else WAITING)
    shown = tuple(marks) if status in (COMPLETE, DRAWN) else ()
    return row.into(
        Case,
        participant=participant,
        item=item,
        status=status,
        judges=judges,
        recused=recused,
        given=given,
        marks=shown,
        result=_result(shown, rule),
        score_number=None,
        withdrawn=False,
    )


def _result(marks: Sequence[Mark], rule: str) -> PanelResult | None:
    """Return what marks come to, None where too few or too many judges gave them."""
    from_judges: Mapping[Any, Points] = {one.position: one.mark for one in marks}
    try:
        return panel_mark(from_judges, rule=rule)
    except (TooFewMarks, TooManyMarks):
        return None


def _with_score(case: Case, number: int | None, status: str) -> Case:
    """Return a case with what became of its score."""
    return replace(case, score_number=number, withdrawn=status == WITHDRAWN)


def _scores(session: Session, scores: Sequence[str], *, village: str) -> dict[str, tuple[int, str]]:
    """Return number within their meeting and status of scores (ids)."""
    query = select(StoredScoreRow.id, StoredScoreRow.number, StoredScoreRow.status).where(
        StoredScoreRow.in_village(village), col(StoredScoreRow.id).in_(scores)
    )
    return {id: (number, status) for id, number, status in session.exec(query)} if scores else {}


def _marks(
    session: Session, ids: Sequence[str], people: Sequence[Attendee], *, village: str
) -> defaultdict[str, list[Mark]]:
    """Return the marks of cases, each in the order of the minutes."""
    names = {one.position: one.name for one in people}
    found: defaultdict[str, list[Mark]] = defaultdict(list)
    query = select(MarkRow).where(MarkRow.in_village(village), col(MarkRow.case_id).in_(ids))
    query = query.order_by(col(MarkRow.position)).execution_options(populate_existing=True)
    for row in session.exec(query):
        found[row.case_id].append(row.into(Mark, name=names[row.position], mark=Points(row.mark)))
    return found
