"""Decides resolved rows: doubles what is repeated, cuts what is over caps, counts one deed once. Pure.

Rows are decided in the order of the deeds' days, not of the paper, because a cap takes what came first; each
decision joins the history that the next row of the same participant is held against: by its item, by what
limits several items, and by the deed that it is one of. The answer keeps the paper's order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pointsbank.points import Points, show
from pointsbank.scoring import consequences
from pointsbank.scoring.caps import PriorScore, remaining_under_caps
from pointsbank.scoring.judging import ResolvedRow
from pointsbank.scoring.limits import EVERYTHING, Scope, scopes_of
from pointsbank.scoring.overlap import counts_besides, is_repeated
from pointsbank.scoring.same_deed import DeedKey
from pointsbank.scoring.shapes import caps_of
from pointsbank.scoring.values import MINUS, VETO, Item

_NAMED = 3
"""Of so many scores of one deed a remark says the numbers."""

History = dict[tuple[str, str | Scope | DeedKey], list[PriorScore]]
"""Scores on record by participant id and item code, direction as the scope of all, or deed, in no order."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A decided score: points as judged and as counted, signed hundredths; a remark where the two differ."""

    row: ResolvedRow
    points: Points
    counted: Points
    remark: str


def decide(rows: Sequence[ResolvedRow], history: History, *, after: int = 0) -> list[Judged]:
    """Double what is repeated and cut what is over caps, by the deeds' days; return it in the given order.

    Args:
        history: what is on record of the rows' participants; the new scores are added to it.
        after: the number of the minutes' last score, which the rows follow.
    """
    decided: dict[int, Judged] = {}
    for place in sorted(range(len(rows)), key=lambda place: rows[place].row.occurred_on):
        row = rows[place]
        decided[place] = judged = _decide(row, history)
        prior = PriorScore(row.row.occurred_on, abs(judged.counted), row.deed, f"第{after + place + 1}条")
        add_to(history, row.participant.id, row.item, prior)
    return [decided[place] for place in range(len(rows))]


def add_to(history: History, participant: str, item: Item, prior: PriorScore) -> None:
    """Add a score of a participant (id) for an item to all that it is counted by."""
    prior = replace(prior, item=item.code, category=item.category)
    keys: list[str | Scope | DeedKey] = [item.code, *scopes_of(EVERYTHING, item.direction)]
    if prior.deed:
        keys.append(DeedKey(prior.deed))
    for key in keys:
        history.setdefault((participant, key), []).append(prior)


def _decide(row: ResolvedRow, history: History) -> Judged:
    """Decide one row against what is on record of the same participant."""
    item, day, amount, remarks = row.item, row.row.occurred_on, row.amount, []
    if item.direction == VETO:
        return Judged(row, Points(0), Points(0), consequences.in_words(item))
    prior = _other_deeds(row, history, item.code)
    if item.double_months and is_repeated(
        day, [score.occurred_on for score in prior], validity_months=item.double_months
    ):
        amount = Points(amount * 2)
        remarks.append(f"{item.double_months}个月内再次发生加倍")
    caps = row.caps if amount == row.amount else caps_of(item, amount)
    counted, cut = remaining_under_caps(amount, day, prior, caps)
    for limit in row.limits:
        others = filter(limit.covers, _other_deeds(row, history, limit.whole))
        counted, cut_by = remaining_under_caps(counted, day, others, [limit.cap])
        cut = cut_by or cut
    if cut is not None:
        remarks.append(f"超出{cut.name}上限，原{show(amount)}分，计{show(counted)}分")
    if of_deed := [one for one in _of_deed(row, history) if one.counted]:
        already = sum(one.counted for one in of_deed)
        counted = counts_besides(counted, already)
        which = "、".join(one.called for one in of_deed[:_NAMED]) + ("等" if len(of_deed) > _NAMED else "")
        rule = "按最重的一项计" if item.direction == MINUS else "按最高的一项计"
        rest = f"再计{show(counted)}分" if counted else "不再计分"
        remarks.append(f"同一件事，{rule}（{which}已计{show(already)}分），{rest}")
    sign = -1 if item.direction == MINUS else 1
    return Judged(row, Points(sign * amount), Points(sign * counted), "；".join(remarks))


def _other_deeds(row: ResolvedRow, history: History, key: str | Scope) -> Sequence[PriorScore]:
    """Return what is on record for the caps and limits of a row: all but the other items of its own deed."""
    prior = history.get((row.participant.id, key), [])
    return [one for one in prior if one.deed != row.deed] if row.deed else prior


def _of_deed(row: ResolvedRow, history: History) -> Sequence[PriorScore]:
    """Return what is on record of the very deed that a row is of."""
    return history.get((row.participant.id, DeedKey(row.deed)), []) if row.deed else ()
