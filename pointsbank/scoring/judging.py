"""Decides every row of a meeting's list. Pure: values in, decided scores and problems out.

A row goes through three forms: `ScoreRow` (texts as given) is resolved into a `ResolvedRow` (participant,
item and unsigned points before caps), which is decided into a `Judged` (signed points as judged and counted).

Rows are decided in the order of the deeds' days, not of the paper, because a cap takes what came first; each
decision joins the history that the next row of the same participant and item is held against. The answer
keeps the paper's order.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pointsbank.errors import Problem
from pointsbank.points import LARGEST, Points, parse, show
from pointsbank.roster import Participant
from pointsbank.scoring import consequences
from pointsbank.scoring.applicability import applies
from pointsbank.scoring.caps import Cap, PriorScore, remaining_under_caps
from pointsbank.scoring.counter_terms import counter_ceiling
from pointsbank.scoring.item_shape import LARGEST_QUANTITY, QuantityWrong, ScoreValueInvalid
from pointsbank.scoring.overlap import is_repeated
from pointsbank.scoring.periods import in_words, scoring_span
from pointsbank.scoring.recusal import NobodyLeft, SeatedJudge, recused_from
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.shapes import caps_of, is_scored, points_for, shape_of
from pointsbank.scoring.values import MINUS, VETO, Item, ScoreRow
from pointsbank.spreadsheets import RowProblem

History = dict[tuple[str, str], list[PriorScore]]
"""Scores on record by participant id and item code, in no particular order."""

_Values = dict[tuple[str, int | None, Points | None], tuple[Points, Sequence[Cap]]]
"""Points before caps, and caps, by item id, quantity and points as given: a list has many such rows."""

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
        at_counter: the rows are of a day book, so that the ceilings of the counter hold too.
    """

    today: date
    participants: Mapping[str, Participant]
    rules: Rulebook
    judges: Sequence[SeatedJudge]
    area: Collection[str] | None = None
    area_words: str = ""
    at_counter: bool = False


@dataclass(frozen=True, slots=True)
class ResolvedRow:
    """A row with its participant and item found.

    Attributes:
        quantity: in hundredths; None where the cell was empty.
        amount: points before doubling and caps, in hundredths, >= 0.
        caps: every limit on a deed of this item and amount.
        recused: names of the judges whose own household or near relatives' it is, joined by 、.
    """

    row: ScoreRow
    participant: Participant
    item: Item
    quantity: int | None
    amount: Points
    caps: Sequence[Cap]
    recused: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A decided score: points as judged and as counted, signed hundredths; a remark where the two differ."""

    row: ResolvedRow
    points: Points
    counted: Points
    remark: str


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
    values: _Values = {}
    for place, row in enumerate(rows, start=1):
        try:
            resolved.append(_resolve(row, context, values))
        except RowWrong as wrong:
            problems.append(RowProblem(row.row or place, wrong.column, wrong.detail))
    return resolved, problems


def decide(rows: Sequence[ResolvedRow], history: History) -> list[Judged]:
    """Double what is repeated and cut what is over its cap, by the deeds' days; return it in the given order.

    Args:
        history: what is on record of the rows' participants and items; the new scores are added to it.
    """
    decided: dict[int, Judged] = {}
    for place in sorted(range(len(rows)), key=lambda place: rows[place].row.occurred_on):
        row = rows[place]
        prior = history.setdefault((row.participant.id, row.item.code), [])
        decided[place] = _decide(row, prior)
        prior.append(PriorScore(row.row.occurred_on, abs(decided[place].counted)))
    return [decided[place] for place in range(len(rows))]


def _resolve(row: ScoreRow, context: JudgingContext, known: _Values) -> ResolvedRow:
    """Find one row's participant and item, and what it earns before caps; raise RowWrong."""
    participant = context.participants.get(row.participant_code)
    if participant is None:
        raise RowWrong("户号", f"没有户号“{row.participant_code[:32]}”，请核对或先登记。")
    if participant.status == "closed":
        raise RowWrong("户号", f"户号{row.participant_code}已经销户，不能再评分。")
    if context.area is not None and participant.group_id not in context.area:
        raise RowWrong(
            "户号", f"这是{context.area_words}，户号{participant.code}不在其中，请在村里的会上评。"
        )
    item = _item(row, context)
    if not applies(item, participant.kind):
        raise RowWrong("条目", f"条目{item.code}只适用于{item.applies_to}，请换一个条目或户号。")
    quantity = _quantity(row)
    asked = item.id, quantity, row.points
    if asked not in known:
        known[asked] = _value(item, quantity, row.points)
    amount, caps = known[asked]
    if context.at_counter and (ceiling := counter_ceiling(item)) is not None:
        caps = [*caps, ceiling]
    return ResolvedRow(row, participant, item, quantity, amount, caps, _recused(participant.id, context))


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
        raise RowWrong("日期", f"日期{day}还没有到，请核对。")
    rules = context.rules.items_on(day) if day >= EARLIEST else None
    if rules is None:
        raise RowWrong("日期", f"{day}还没有施行的积分细则，请核对日期。")
    item = rules.get(row.item)
    if item is None:
        titled = context.rules.titled_on(day).get(row.item, ())
        if len(titled) > 1:
            codes = "、".join(other.code for other in titled)
            raise RowWrong("条目", f"有{len(titled)}个条目叫“{row.item[:40]}”（{codes}），请填条目编号。")
        if not titled:
            cause = _likely_cause(row.item, rules)
            raise RowWrong("条目", f"{day}施行的细则里没有条目“{row.item[:40]}”，{cause}请填条目编号。")
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


def _decide(row: ResolvedRow, prior: Sequence[PriorScore]) -> Judged:
    """Decide one row against what is on record of the same participant and item."""
    item, day, amount, remarks = row.item, row.row.occurred_on, row.amount, []
    if item.direction == VETO:
        return Judged(row, Points(0), Points(0), consequences.in_words(item))
    if item.double_months and is_repeated(
        day, [score.occurred_on for score in prior], validity_months=item.double_months
    ):
        amount = Points(amount * 2)
        remarks.append(f"{item.double_months}个月内再次发生加倍")
    caps = row.caps if amount == row.amount else caps_of(item, amount)
    counted, cut = remaining_under_caps(amount, day, prior, caps)
    if cut is not None:
        remarks.append(f"超出{cut.name}上限，原{show(amount)}分，计{show(counted)}分")
    sign = -1 if item.direction == MINUS else 1
    return Judged(row, Points(sign * amount), Points(sign * counted), "；".join(remarks))
