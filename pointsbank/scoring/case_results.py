"""What a panel's marks come to becomes a score, through the one door of scores."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.points import Points, show
from pointsbank.scoring.case_problems import MarksMissing
from pointsbank.scoring.case_reading import rule_of, views
from pointsbank.scoring.entering import enter_scores
from pointsbank.scoring.panel import panel_mark
from pointsbank.scoring.putting_up import lock_cases, whose
from pointsbank.scoring.values import Score, ScoreRow


def draw_result(
    session: Session,
    *,
    village: str,
    meeting: str,
    case: str,
    confirmed: bool = False,
    by: str,
    at: datetime,
) -> Score:
    """Enter what the marks of a case come to as a score of its meeting, once, however many ask for it.

    Locks the case, then what `enter_scores` locks. How many marked, the spread and the rule are its note.

    Args:
        confirmed: the deed was judged already, and this is another.

    Raises:
        CaseUnknown, CaseEnded: as `lock_cases`.
        MarksMissing: somebody who is present has not marked.
        TooFewMarks, TooManyMarks: as `panel_mark`.
        PanelUnknown: raised by `views`.

    And those of `enter_scores` and `ledger.record`.

    Example:
        scoring.draw_result(session, village="cy", meeting=id, case=case.id, by="li", at=now).counted_points
    """
    [row] = lock_cases(session, [case], village=village, meeting=meeting)
    [found] = views(session, [row], village=village)
    name = whose(found.participant)
    if found.missing:
        raise MarksMissing(whose=name, names="、".join(one.name for one in found.missing))
    given: dict[Any, Points] = {one.position: one.mark for one in found.marks}
    result = panel_mark(given, rule=rule_of(session, village=village, meeting=meeting))
    deed = ScoreRow(
        found.participant.code, found.item.code, found.occurred_on, points=result.mark, note=result.words
    )
    [score] = enter_scores(
        session, village=village, meeting=meeting, rows=[deed], confirmed=confirmed, by=by, at=at
    )
    row.score_id, row.drawn_by, row.drawn_at = score.id, by, at
    session.flush()
    words = {
        "case": row.id,
        "participant": row.participant_id,
        "number": row.number,
        "title": found.item.title,
        "score": score.id,
        "mark": int(result.mark),
        "lowest": int(result.lowest),
        "highest": int(result.highest),
        "judges": result.count,
        "rule": result.rule,
    }
    ledger.record(session, village=village, kind="case_drawn", by=by, at=at, words=words)
    return score


@ledger.describes("case_drawn")
def _drawn(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 第3件打分：庭院美化，5位评议员打分，得7.5分."""
    mark = show(Points(words["mark"]))
    return f"第{words['number']}件打分：{words['title']}，{words['judges']}位评议员打分，得{mark}分"
