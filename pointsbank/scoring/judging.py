"""Resolves every row of a meeting's list. Pure: values in, resolved rows and problems out.

A row goes through three forms: `ScoreRow` (texts as given) is resolved into a `ResolvedRow` (participant,
item and unsigned points before caps), which is decided into a `Judged` (signed points as judged and counted)
by `deciding`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pointsbank.dates import day_in_words
from pointsbank.errors import Problem
from pointsbank.points import LARGEST, Points, parse
from pointsbank.roster import Participant
from pointsbank.scoring.applicability import applies
from pointsbank.scoring.caps import Cap
from pointsbank.scoring.counter_terms import counter_ceiling
from pointsbank.scoring.item_shape import LARGEST_QUANTITY, QuantityWrong, ScoreValueInvalid
from pointsbank.scoring.limits import Limit, limits_on
from pointsbank.scoring.named_only import naming_refusal
from pointsbank.scoring.periods import in_words, scoring_span
from pointsbank.scoring.recusal import NobodyLeft, SeatedJudge, recused_from
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.same_deed import DeedOnRecord, Together
from pointsbank.scoring.shapes import caps_of, is_scored, points_for, shape_of
from pointsbank.scoring.values import MINUS, Item, ScoreRow
from pointsbank.spreadsheets import RowProblem


class _Known:
    """What many rows of a list have alike: points before caps, and caps; the limits on an item, by its id."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, int | None, Points | None], tuple[Points, Sequence[Cap]]] = {}
        self.limits: dict[str, Sequence[Limit]] = {}


EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class JudgingContext:
    """Inputs of judging.

    Attributes:
        today: the day in Shanghai on which the rows are entered.
        participants: the participants that the rows name, by code.
        judges: who is present, each with the households that they leave to the others.
        area: ids of the groups that the meeting's panel judges; None for the whole village.
        area_words: what a refusal says of it, e.g. 一组评议小组的会，只评一组.
        merged: of participants (ids) that have ended, whom they became part of, as a refusal names them.
        deeds: the scores that rows name as the same deed, by what each wrote.
        at_counter: the rows are of a day book, so that the ceilings of the counter hold too.
    """

    today: date
    participants: Mapping[str, Participant]
    rules: Rulebook
    judges: Sequence[SeatedJudge]
    area: Collection[str] | None = None
    area_words: str = ""
    merged: Mapping[str, str] = field(default_factory=dict)
    deeds: Mapping[str, DeedOnRecord] = field(default_factory=dict)
    at_counter: bool = False


@dataclass(frozen=True, slots=True)
class ResolvedRow:
    """A row with its participant and item found.

    Attributes:
        quantity: in hundredths; None where the cell was empty.
        amount: points before doubling and caps, in hundredths, >= 0.
        caps: every limit on a deed of this item and amount.
        recused: names of the judges whose own household or near relatives' it is, joined by 、.
        limits: limits over several items that it comes under.
        deed: the deed that others are one of, too: an id of a score, or a mark within the list; else empty.
    """

    row: ScoreRow
    participant: Participant
    item: Item
    quantity: int | None
    amount: Points
    caps: Sequence[Cap]
    recused: str
    limits: Sequence[Limit] = ()
    deed: str = ""


class RowWrong(Problem):
    """One cell of a row is wrong; becomes a row problem."""

    code = "score_row_invalid"
    sentence = "{reason}"
    fixed_by = "本人"

    def __init__(self, column: str, reason: str) -> None:
        """Keep the column and what to do."""
        super().__init__(reason=reason)
        self.column = column


def resolve_rows(
    rows: Sequence[ScoreRow], context: JudgingContext
) -> tuple[list[ResolvedRow], list[RowProblem]]:
    """Return each row with its participant, item and points before caps, and the problems of the rest."""
    resolved, problems = [], []
    known, together = _Known(), Together(rows, context.deeds)
    for place, row in enumerate(rows, start=1):
        try:
            found = _resolve(row, context, known)
            deed, wrong = together.deed_of(row, found.item, found.participant.id, place=place)
            if wrong:
                raise RowWrong("同一件事", wrong)
        except RowWrong as problem:
            problems.append(RowProblem(row.row or place, problem.column, problem.detail))
        else:
            resolved.append(replace(found, deed=deed) if deed else found)
    return resolved, problems


def limits_of(item: Item, rules: Rulebook, day: date) -> Sequence[Limit]:
    """Return the limits over several items that a deed of an item comes under, in the version of its day."""
    return limits_on(item, (rules.items_on(day) or {}).values())


def _resolve(row: ScoreRow, context: JudgingContext, known: _Known) -> ResolvedRow:
    """Find one row's participant and item, and what it earns before caps; raise RowWrong."""
    participant = context.participants.get(row.participant_code)
    if participant is None:
        raise RowWrong("户号", f"没有户号“{row.participant_code[:32]}”，请核对或先登记。")
    if participant.status == "closed":
        raise RowWrong("户号", ended_in_words(participant, context.merged))
    if context.area is not None and participant.group_id not in context.area:
        raise RowWrong(
            "户号", f"这是{context.area_words}，户号{participant.code}不在其中，请在村里的会上评。"
        )
    item = _item(row, context)
    if not applies(item, participant.kind):
        raise RowWrong("条目", f"条目{item.code}只适用于{item.applies_to}，请换一个条目或户号。")
    if refused := naming_refusal(item, kind=participant.kind, note=row.note):
        raise RowWrong(*refused)
    quantity = _quantity(row)
    asked = item.id, quantity, row.points
    if asked not in known.values:
        known.values[asked] = _value(item, quantity, row.points)
    if item.id not in known.limits:
        known.limits[item.id] = limits_of(item, context.rules, row.occurred_on)
    amount, caps = known.values[asked]
    if context.at_counter and (ceiling := counter_ceiling(item)) is not None:
        caps = [*caps, ceiling]
    recused = _recused(participant.id, context)
    return ResolvedRow(row, participant, item, quantity, amount, caps, recused, known.limits[item.id])


def ended_in_words(participant: Participant, merged: Mapping[str, str]) -> str:
    """Return why nothing can be entered for a participant that has ended, and for whom instead.

    Args:
        merged: as in `JudgingContext`.
    """
    into = merged.get(participant.id)
    if into is None:
        return f"户号{participant.code}已经销户，不能再评分。"
    return f"户号{participant.code}已经并入{into}，请记到这一户。"


def _value(item: Item, quantity: int | None, points: Points | None) -> tuple[Points, Sequence[Cap]]:
    """Return what a deed earns before caps, and its caps; raise RowWrong."""
    try:
        given = points if points is None or item.direction != MINUS else Points(abs(points))
        amount = points_for(item, quantity, given)
    except ScoreValueInvalid as problem:
        raise RowWrong(problem.column, problem.detail) from problem
    except Problem as problem:
        raise RowWrong("条目", problem.detail) from problem
    if amount > LARGEST * 100:
        raise RowWrong("数量", "算出的分值过大，请核对数量。")
    return amount, caps_of(item, amount)


def _item(row: ScoreRow, context: JudgingContext) -> Item:
    """Return the rule in force on the deed's day, by its code or its exact title; raise RowWrong."""
    day = row.occurred_on
    if day > context.today:
        raise RowWrong("日期", f"日期{day_in_words(day)}还没有到，请核对。")
    rules = context.rules.items_on(day) if day >= EARLIEST else None
    if rules is None:
        raise RowWrong("日期", f"{day_in_words(day)}还没有施行的积分细则，请核对日期。")
    item = rules.get(row.item)
    if item is None:
        titled = context.rules.titled_on(day).get(row.item, ())
        if len(titled) > 1:
            codes = "、".join(other.code for other in titled)
            raise RowWrong("条目", f"有{len(titled)}个条目叫“{row.item[:40]}”（{codes}），请填条目编号。")
        if not titled:
            cause = _likely_cause(row.item, rules)
            raise RowWrong(
                "条目", f"{day_in_words(day)}施行的细则里没有条目“{row.item[:40]}”，{cause}请填条目编号。"
            )
        item = titled[0]
    if not is_scored(item):
        raise RowWrong("条目", f"条目{item.code}“{item.title}”不用评分，{shape_of(item).not_scored}")
    if item.scored_in and scoring_span(item.scored_in, day) is None:
        raise RowWrong("日期", f"这个条目只在{in_words(item.scored_in)}评分，请核对日期。")
    return item


def _likely_cause(written: str, rules: Mapping[str, Item]) -> str:
    """Return which item is likely meant where a spreadsheet took noughts from its code; else nothing."""
    near = next((item for item in rules.values() if item.code.lstrip("0") == written), None)
    return f"像是 Excel 去掉了{near.code}“{near.title}”前面的0。" if near else ""


def _quantity(row: ScoreRow) -> int | None:
    """Return the quantity in hundredths; raise RowWrong."""
    if row.quantity is None:
        return None
    try:
        quantity = int(parse(row.quantity))
    except Problem:
        quantity = -1
    if not 0 <= quantity <= LARGEST_QUANTITY:
        raise RowWrong(
            QuantityWrong.column,
            f"数量“{str(row.quantity)[:20]}”无效，请填0至1000000之间的数，最多两位小数。",
        )
    return quantity


def _recused(participant_id: str, context: JudgingContext) -> str:
    """Return the judges who leave this participant to the others; raise RowWrong when none is left."""
    try:
        return "、".join(recused_from(context.judges, participant_id))
    except NobodyLeft as problem:
        raise RowWrong("户号", problem.detail) from problem
