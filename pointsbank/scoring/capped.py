"""Finds the scores that a cap, a limit, a shared deed or doubling counted otherwise because of one put right.

They keep what they count; each is offered as a correction of its own. Whether one is: it is judged twice, as
if it were entered now, once with the score that was put right on record and once without; if the two differ,
and the second is not what it counts, it was that score that made the difference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from pointsbank import roster
from pointsbank.dates import day_of
from pointsbank.points import Points
from pointsbank.scoring.caps import PriorScore
from pointsbank.scoring.correction_effects import ShouldBe
from pointsbank.scoring.correction_plan import NewVersion, as_it_stands
from pointsbank.scoring.deciding import History, add_to, decide
from pointsbank.scoring.deeds_on_record import deeds_on_record
from pointsbank.scoring.history import read_history
from pointsbank.scoring.judging import JudgingContext, ResolvedRow, resolve_rows
from pointsbank.scoring.limits import LIMIT, limit_of, scopes_of
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.reading import scores_by_id
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.scheme import items_by_id, rulebook
from pointsbank.scoring.superseded import REPLACED, STRUCK
from pointsbank.scoring.values import POSTED, Item, Score, ScoreRow

MAXIMUM_LOOKED_AT = 200
"""Scores of one household, the latest deeds first: each is judged twice."""


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
    rules = rulebook(session, village=village)
    items = items_by_id(session, village=village)
    others = _others(session, old, rules, items, village=village)
    if not others:
        return []
    people = roster.by_codes(session, village=village, codes={old.code})
    deed = old.same_deed or old.id
    rows = {one.id: _row(as_it_stands(one, items[one.item_id]), one, of_one=deed) for one in others}
    deeds = deeds_on_record(session, rows.values(), village=village, meeting=old.meeting_id)
    context = JudgingContext(day_of(at), people, rules, (), deeds=deeds)
    before = PriorScore(old.occurred_on, abs(old.counted_points), deed)
    changed = []
    for score in others:
        resolved, _ = resolve_rows([rows[score.id]], context)
        if not resolved:
            continue
        without = _history(session, resolved, [score, old], new, village=village)
        with_old = {key: list(prior) for key, prior in without.items()}
        add_to(with_old, old.participant_id, items[old.item_id], before)
        now, then = _counted(resolved, without), _counted(resolved, with_old)
        if now in (then, score.counted_points):
            continue
        # A deed comes to its highest item already: what the others count is not taken from this one.
        if resolved[0].deed == deed and abs(now) < abs(score.counted_points):
            continue
        changed.append(Recount(score, now))
    return changed


def _others(
    session: Session, old: Score, rules: Rulebook, items: Mapping[str, Item], *, village: str
) -> list[Score]:
    """Return the same household's other posted scores on which this one may bear, the latest deed last."""
    deed = old.same_deed or old.id
    alike = [
        col(StoredScoreRow.item_code) == old.item_code,
        col(StoredScoreRow.same_deed) == deed,
        col(StoredScoreRow.id) == deed,
        *_limited_with(old, rules, items),
    ]
    query = (
        select(col(StoredScoreRow.id))
        .where(
            StoredScoreRow.in_village(village),
            col(StoredScoreRow.participant_id) == old.participant_id,
            or_(*alike),
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


def _limited_with(old: Score, rules: Rulebook, items: Mapping[str, Item]) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that a score comes under a limit together with this one."""
    # By codes and every version of theirs: a limit looks at a score by the category that its item has now.
    alike = [one for one in items.values() if one.code == old.item_code]
    scopes = {scope for one in alike for scope in scopes_of(one.category, one.direction)}
    limits = [limit_of(one) for every in rules.items.values() for one in every.values() if one.shape == LIMIT]
    spans = {(one.scope, one.cap.around(old.occurred_on)) for one in limits if one.scope in scopes}
    for scope, span in spans:
        codes = {one.code for one in items.values() if scope in scopes_of(one.category, one.direction)}
        if span is not None:
            days = col(StoredScoreRow.occurred_on).between(*span)
            yield and_(col(StoredScoreRow.item_code).in_(sorted(codes)), days)


def _row(asked: ShouldBe, score: Score, *, of_one: str) -> ScoreRow:
    """Return a row to be judged, as one of the deed `of_one` if it is, or of its own as it was entered."""
    quantity = None if asked.quantity is None else Decimal(asked.quantity) / 100
    deed = of_one if score.id == of_one else score.same_deed or ""
    return ScoreRow(
        asked.participant_code,
        asked.item,
        asked.occurred_on,
        quantity,
        asked.points,
        score.note,
        same_deed=deed,
    )


def _history(
    session: Session,
    rows: Sequence[ResolvedRow],
    without: Sequence[Score],
    new: NewVersion | None,
    *,
    village: str,
) -> History:
    """Return what is on record without these scores, and with what is planned."""
    history = read_history(session, rows, village=village, without=[one.id for one in without])
    if new is not None and not new.struck:
        deed = without[-1].same_deed or without[-1].id
        prior = PriorScore(new.occurred_on, abs(new.counted), deed if new.is_same_deed else "")
        add_to(history, new.participant.id, new.item, prior)
    return history


def _counted(rows: Sequence[ResolvedRow], history: History) -> Points:
    """Return what one row counts; judging adds to the record it is given, so it gets a copy."""
    return decide(rows, {key: list(prior) for key, prior in history.items()})[0].counted
