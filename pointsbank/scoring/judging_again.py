"""Judges the scores of one month again by another version of the scheme, in memory: nothing is written.

A score whose item is the same in that version, as far as judging reads it and with it the limits over several
items, counts what it counted: it is not judged again, so that what was withdrawn or put right since never
looks like an effect of the version. The others are judged by the functions that entering judges by, in the
order in which they were entered, against what earlier months have on record. What cannot be judged (its item
is gone, or needs another value than was written down) counts for nothing, with the reason; no value is
guessed.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from pointsbank import roster
from pointsbank.database import execute
from pointsbank.points import Points
from pointsbank.roster import Participant
from pointsbank.scoring.applicability import needs
from pointsbank.scoring.correction_plan import given_points
from pointsbank.scoring.deciding import History, decide
from pointsbank.scoring.history import read_history
from pointsbank.scoring.judging import EARLIEST, JudgingContext, ResolvedRow, resolve_rows
from pointsbank.scoring.limits import Limit
from pointsbank.scoring.models import StoredScoreRow
from pointsbank.scoring.oversight.standing import standing
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.scheme import items_by_id, items_of, rulebook
from pointsbank.scoring.shapes import SHAPES
from pointsbank.scoring.shapes.per_unit import ONE_AT_A_TIME
from pointsbank.scoring.touched_items import limits_by_item, shared_deeds, touched_items
from pointsbank.scoring.values import Item, Scheme, ScoreRow

_ONCE = 100
"""A quantity of one, in hundredths: a tick says as much."""


class Entry(NamedTuple):
    """What is read of a score of the month; `points` and `counted_points` signed, all in hundredths."""

    participant_id: str
    item_id: str
    item_code: str
    occurred_on: date
    quantity: int | None
    points: int
    counted_points: int
    remark: str
    entered_at: datetime
    number: int
    id: str = ""
    note: str = ""
    same_deed: str | None = None


class Again(NamedTuple):
    """A score with what it would count; why it cannot be judged, in a sentence, and "" where it can."""

    entry: Entry
    would: Points
    reason: str


class Effect(NamedTuple):
    """What entries came to and would come to, in signed hundredths.

    Attributes:
        unjudged: entries that cannot be judged by the other version; they would count for nothing.
        reason: why the first of them cannot; empty where there is none.
    """

    entries: int
    counted: Points
    would: Points
    unjudged: int
    reason: str

    @property
    def difference(self) -> Points:
        """What there would be more, below zero: less."""
        return Points(self.would - self.counted)


def judge_month_again(
    session: Session, *, village: str, scheme: Scheme, month: str, today: date
) -> list[Again]:
    """Return every score that stands in a month with what it would count under a version, adopted or not.

    Takes time in proportion to the month's scores: 6,353 by rules that changed 0.6 s of processor time.

    Args:
        month: YYYY-MM, in which the scores count.

    Raises:
        ShapeUnknown, ScoringPeriodInvalid: an item was changed behind the program's back.

    Example:
        found = scoring.judge_month_again(session, village="cy", scheme=draft, month="2026-08", today=today)
        scoring.effect_of(found).difference  # -2500 hundredths
    """
    columns = StoredScoreRow.columns_of(Entry)
    query = select(*columns).where(
        StoredScoreRow.in_village(village), col(StoredScoreRow.counted_in) == month, *standing(village)
    )
    order = (col(StoredScoreRow.entered_at), col(StoredScoreRow.meeting_id), col(StoredScoreRow.number))
    entries = [Entry(*tuple(row)) for row in execute(session, query.order_by(*order))]
    people = roster.by_ids(session, village=village, ids={one.participant_id for one in entries})
    new = {item.code: item for item in items_of(session, village=village, scheme=scheme.id)}

    def on_record(rows: Sequence[ResolvedRow]) -> History:
        return read_history(session, rows, village=village, before=month)

    then = items_by_id(session, village=village)
    limits = limits_by_item(rulebook(session, village=village))
    return judged_again(entries, then, new, people, limits, on_record=on_record, today=today)


def judged_again(
    entries: Sequence[Entry],
    then: Mapping[str, Item],
    new: Mapping[str, Item],
    people: Mapping[str, Participant],
    limits: Mapping[str, Sequence[Limit]] | None = None,
    *,
    on_record: Callable[[Sequence[ResolvedRow]], History],
    today: date,
) -> list[Again]:
    """Return scores with what each would count by other items.

    Args:
        entries: in the order in which they were entered.
        then: the items by which they were judged, by id.
        new: the other items, by code.
        people: by id; a household that was closed since is judged all the same.
        limits: over several items, under which the items by which they were judged came, by item id.
        on_record: reads the history of rows without the entries themselves.

    Raises:
        ShapeUnknown, ScoringPeriodInvalid: an item was changed behind the program's back.
    """
    touched = touched_items(entries, then, new, limits or {})
    shared = shared_deeds(entries)
    reasons: dict[int, str] = {}
    rows: list[ScoreRow] = []
    for place, one in enumerate(entries):
        if one.item_code not in touched:
            continue
        if reason := _not_comparable(one, then[one.item_id], new.get(one.item_code)):
            reasons[place] = reason
        else:
            rows.append(_row(place, one, then[one.item_id], new[one.item_code], shared=shared))
    # By their ids: a code may have gone to somebody else.
    context = JudgingContext(today, _not_closed(people), _rulebook(new), ())
    resolved, wrong = resolve_rows(rows, context)
    reasons |= {int(problem.row) - 1: problem.sentence for problem in wrong}
    would = _decided(resolved, entries, on_record(resolved) if resolved else {})
    return [
        Again(one, Points(_counts(place, one, touched, would)), reasons.get(place, ""))
        for place, one in enumerate(entries)
    ]


def effect_of(found: Iterable[Again]) -> Effect:
    """Return what scores come to together.

    Example:
        scoring.effect_of(found).difference  # -2500 hundredths
    """
    listed = list(found)
    reasons = [one.reason for one in listed if one.reason]
    return Effect(
        len(listed),
        Points(sum(one.entry.counted_points for one in listed)),
        Points(sum(one.would for one in listed)),
        len(reasons),
        reasons[0] if reasons else "",
    )


def effects_by_item(found: Iterable[Again]) -> dict[str, Effect]:
    """Return what scores come to by their item's code.

    Example:
        scoring.effects_by_item(found)["HJ01"].would  # 3600 hundredths
    """
    return _by(found, lambda one: one.entry.item_code)


def effects_by_participant(found: Iterable[Again]) -> dict[str, Effect]:
    """Return what scores come to by participant (id), the largest difference first.

    Example:
        next(iter(scoring.effects_by_participant(found).values())).difference  # -1200 hundredths
    """
    effects = _by(found, lambda one: one.entry.participant_id)
    return dict(sorted(effects.items(), key=lambda each: (-abs(each[1].difference), each[0])))


def _by(found: Iterable[Again], key: Callable[[Again], str]) -> dict[str, Effect]:
    grouped: dict[str, list[Again]] = {}
    for one in found:
        grouped.setdefault(key(one), []).append(one)
    return {each: effect_of(listed) for each, listed in grouped.items()}


def _not_comparable(entry: Entry, then: Item, new: Item | None) -> str:
    """Return why what was written down of a deed says nothing under the new item; empty where it does."""
    if new is None:
        return "这一版没有这个条目。"
    if needs(new) not in ("", needs(then)):
        return f"这一版要另填{'数量' if needs(new) == 'quantity' else '分值'}，当时没有填。"
    if _measure(then) != _measure(new) and (then.shape != new.shape or entry.quantity is not None):
        return "计量单位不同，当时填的数量不能照用。"
    if then.unit != new.unit and entry.quantity not in (None, _ONCE):
        return "计量单位不同，当时填的数量不能照用。"
    return ""


def _measure(item: Item) -> str:
    """Return in what a quantity of an item is counted; empty where a tick says all."""
    measure = item.unit or (SHAPES[item.shape].measure if item.shape in SHAPES else "")
    return "" if measure in ONE_AT_A_TIME else measure


def _row(place: int, entry: Entry, then: Item, new: Item, *, shared: Collection[str]) -> ScoreRow:
    """Return a score as the row that would be entered to get it again, its participant by id."""
    quantity = None if entry.quantity is None else Decimal(entry.quantity) / 100
    given = given_points(then, points=entry.points, remark=entry.remark)
    if new.shape in SHAPES and not SHAPES[new.shape].judged:
        given = None
    deed = entry.same_deed or entry.id
    return ScoreRow(
        entry.participant_id,
        entry.item_code,
        entry.occurred_on,
        quantity,
        given,
        entry.note,
        row=place + 1,
        # As a mark that the rows of the deed share, not as the id of a score that is judged again itself.
        same_deed=f"~{deed}" if deed in shared else "",
    )


def _not_closed(people: Mapping[str, Participant]) -> dict[str, Participant]:
    """Return participants by id as they were when they were scored."""
    return {
        id: replace(one, status="active") if one.status == "closed" else one for id, one in people.items()
    }


def _rulebook(new: Mapping[str, Item]) -> Rulebook:
    """Return rules by which these items hold on every day."""
    always = Scheme("again", 1, "adopted", "", EARLIEST, None, None, None)
    return Rulebook((always,), {always.id: new})


def _decided(rows: Sequence[ResolvedRow], entries: Sequence[Entry], history: History) -> dict[int, int]:
    """Return what rows count by their place, those entered together decided together."""
    found: dict[int, int] = {}
    for _, together in groupby(rows, key=lambda row: entries[_place(row)].entered_at):
        for judged in decide(list(together), history):
            found[_place(judged.row)] = judged.counted
    return found


def _place(row: ResolvedRow) -> int:
    return (row.row.row or 0) - 1


def _counts(place: int, entry: Entry, touched: set[str], would: Mapping[int, int]) -> int:
    return would.get(place, 0) if entry.item_code in touched else entry.counted_points
