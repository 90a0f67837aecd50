"""Finds the scores that a cap, or doubling, counted otherwise because of one that was put right.

They keep what they count; each is offered as a correction of its own. Whether one is: it is judged twice, as
if it were entered now, once with the score that was put right on record and once without; if the two differ,
and the second is not what it counts, it was that score that made the difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from pointsbank import roster
from pointsbank.dates import day_of
from pointsbank.points import Points
from pointsbank.scoring.caps import PriorScore
from pointsbank.scoring.correction_effects import ShouldBe
from pointsbank.scoring.correction_plan import NewVersion, as_it_stands
from pointsbank.scoring.history import read_history
from pointsbank.scoring.judging import History, JudgingContext, ResolvedRow, decide, resolve_rows
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.reading import scores_by_id
from pointsbank.scoring.scheme import items_by_id, rulebook
from pointsbank.scoring.superseded import REPLACED, STRUCK
from pointsbank.scoring.values import POSTED, Score, ScoreRow

MAXIMUM_LOOKED_AT = 200
"""Scores of one household and item, the latest deeds first: each is judged twice."""


@dataclass(frozen=True, slots=True)
class Recount:
    """A score that would count otherwise now: `counts` instead of what it has, in signed hundredths."""

    score: Score
    counts: Points


def recounts(
    session: Session, old: Score, new: NewVersion | None = None, *, village: str, at: datetime
) -> list[Recount]:
    """Return the posted scores that count otherwise because of `old`, were they judged without it.

    Args:
        new: what is planned to stand for it; None where that is on record already.

    Raises ShapeUnknown and ScoringPeriodInvalid where the village's own rows were changed.

    Example:
        [one.counts for one in scoring.recounts(session, old, village="chayuan", at=now)]  # [500]
    """
    others = _others(session, old, village=village)
    if not others:
        return []
    items = items_by_id(session, village=village)
    people = roster.by_codes(session, village=village, codes={old.code})
    context = JudgingContext(day_of(at), people, rulebook(session, village=village), ())
    changed = []
    for score in others:
        resolved, _ = resolve_rows([_row(as_it_stands(score, items[score.item_id]))], context)
        if not resolved:
            continue
        without = _history(session, resolved, [score, old], new, village=village)
        before = [PriorScore(old.occurred_on, abs(old.counted_points))]
        with_old = {key: [*prior, *before] for key, prior in without.items()} or {_key(resolved[0]): before}
        now, then = _counted(resolved, without), _counted(resolved, with_old)
        if now not in (then, score.counted_points):
            changed.append(Recount(score, now))
    return changed


def _others(session: Session, old: Score, *, village: str) -> list[Score]:
    """Return the same household's other scores for the same item that stand posted, the latest deed last."""
    query = (
        select(col(StoredScoreRow.id))
        .where(
            StoredScoreRow.in_village(village),
            col(StoredScoreRow.participant_id) == old.participant_id,
            col(StoredScoreRow.item_code) == old.item_code,
            col(StoredScoreRow.status) == POSTED,
            col(StoredScoreRow.id) != old.id,
            ~REPLACED,
            ~STRUCK,
        )
        .order_by(col(StoredScoreRow.occurred_on).desc(), col(StoredScoreRow.id))
    )
    ids = session.exec(query.limit(MAXIMUM_LOOKED_AT)).all()
    found = scores_by_id(session, village=village, ids=ids).values()
    return sorted(found, key=lambda one: (one.occurred_on, one.number))


def _row(asked: ShouldBe) -> ScoreRow:
    """Return a row to be judged."""
    quantity = None if asked.quantity is None else Decimal(asked.quantity) / 100
    return ScoreRow(asked.participant_code, asked.item, asked.occurred_on, quantity, asked.points)


def _history(
    session: Session,
    rows: Sequence[ResolvedRow],
    without: Sequence[Score],
    new: NewVersion | None,
    *,
    village: str,
) -> History:
    """Return what is on record without these scores, and with what is planned."""
    found = read_history(session, rows, village=village, without=[one.id for one in without])
    history = {_key(row): found.get(_key(row), []) for row in rows}
    if new is not None and not new.struck and (key := (new.participant.id, new.item.code)) in history:
        history[key] = [*history[key], PriorScore(new.occurred_on, abs(new.counted))]
    return history


def _key(row: ResolvedRow) -> tuple[str, str]:
    """Return where a row's record stands."""
    return row.participant.id, row.item.code


def _counted(rows: Sequence[ResolvedRow], history: History) -> Points:
    """Return what one row counts; judging adds to the record it is given, so it gets a copy."""
    return decide(rows, {key: list(prior) for key, prior in history.items()})[0].counted
