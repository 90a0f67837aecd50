"""The decision on every row of a meeting's list. Pure: values in, decided scores and problems out.

Rows are judged in the order of the deeds' days, not of the paper: a cap takes what came first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pointsbank.errors import Problem
from pointsbank.points import LARGEST, Points, parse, show
from pointsbank.roster import Participant
from pointsbank.scoring.applicability import applies
from pointsbank.scoring.caps import Past, room
from pointsbank.scoring.item_shape import LARGEST_QUANTITY, QuantityWrong, ScoreValueInvalid
from pointsbank.scoring.overlap import is_repeated
from pointsbank.scoring.periods import scoring_span
from pointsbank.scoring.scheme import Rulebook
from pointsbank.scoring.shapes import caps_of, points_for
from pointsbank.scoring.values import MINUS, Item, ScoreRow
from pointsbank.spreadsheets import RowProblem

History = dict[tuple[str, str], list[Past]]
"""Scores on record by participant id and item code."""

EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Bench:
    """What a meeting knows: the day, the people, the rules, who sits and whose household that is."""

    today: date
    participants: Mapping[str, Participant]
    rules: Rulebook
    judges: Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Claim:
    """A row whose words have been understood: who, which rule, how much before caps, who stood back."""

    row: ScoreRow
    participant: Participant
    item: Item
    quantity: int | None
    worth: Points
    recused: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A decided score: signed points as judged and as counted, and a remark where the two differ."""

    claim: Claim
    points: Points
    counted: Points
    remark: str


class RowWrong(Problem):
    """One cell of a row cannot stand; becomes a row problem."""

    code = "score_row_invalid"
    sentence = "{reason}"

    def __init__(self, column: str, reason: str) -> None:
        """Name the column and what to do."""
        super().__init__(reason=reason)
        self.column = column


def understand(rows: Sequence[ScoreRow], bench: Bench) -> tuple[list[Claim], list[RowProblem]]:
    """Look up each row's participant and item and what it is worth; every row that fails is named."""
    claims, problems = [], []
    for place, row in enumerate(rows, start=1):
        try:
            claims.append(_claim(row, bench))
        except RowWrong as wrong:
            problems.append(RowProblem(row.row or place, wrong.column, wrong.detail))
    return claims, problems


def decide(claims: Sequence[Claim], history: History) -> list[Judged]:
    """Double what is repeated, cut what is over its cap, by the deeds' days; answers in the given order."""
    decided: dict[int, Judged] = {}
    for place in sorted(range(len(claims)), key=lambda place: claims[place].row.occurred_on):
        claim = claims[place]
        past = history.setdefault((claim.participant.id, claim.item.code), [])
        decided[place] = _decide(claim, past)
        past.append(Past(claim.row.occurred_on, abs(decided[place].counted)))
    return [decided[place] for place in range(len(claims))]


def _claim(row: ScoreRow, bench: Bench) -> Claim:
    """Understand one row; raises RowWrong."""
    participant = bench.participants.get(row.participant_code)
    if participant is None:
        raise RowWrong("户号", f"没有户号“{row.participant_code[:32]}”，请核对或先登记。")
    if participant.status == "closed":
        raise RowWrong("户号", f"户号{row.participant_code}已经注销，不能再评分。")
    item = _item(row, bench)
    if not applies(item, participant.kind):
        raise RowWrong("条目", f"条目{item.code}只适用于{item.applies_to}，请换一个条目或户号。")
    quantity = _quantity(row)
    try:
        points = row.points if row.points is None or item.direction != MINUS else Points(abs(row.points))
        amount = points_for(item, quantity, points)
    except ScoreValueInvalid as problem:
        raise RowWrong(problem.column, problem.detail) from problem
    except Problem as problem:
        raise RowWrong("条目", problem.detail) from problem
    if amount > LARGEST * 100:
        raise RowWrong("数量", "算出的分值过大，请核对数量。")
    return Claim(row, participant, item, quantity, amount, _recused(participant.id, bench))


def _item(row: ScoreRow, bench: Bench) -> Item:
    """The rule in force on the deed's day, by its code or its exact title; raises RowWrong."""
    day = row.occurred_on
    if day > bench.today:
        raise RowWrong("日期", f"日期{day}还没有到，请核对。")
    rules = bench.rules.items_on(day) if day >= EARLIEST else None
    if rules is None:
        raise RowWrong("日期", f"{day}还没有施行的积分细则，请核对日期。")
    item = rules.get(row.item)
    if item is None:
        titled = [other for other in rules.values() if other.title == row.item]
        if len(titled) != 1:
            raise RowWrong("条目", f"{day}施行的细则里没有条目“{row.item[:40]}”，请填条目编号。")
        item = titled[0]
    if item.scored_in and scoring_span(item.scored_in, day) is None:
        raise RowWrong("日期", f"这个条目只在{item.scored_in.replace('|', '、')}评分，请核对日期。")
    return item


def _quantity(row: ScoreRow) -> int | None:
    """The quantity in hundredths; raises RowWrong."""
    if row.quantity is None:
        return None
    try:
        quantity = int(parse(row.quantity))
    except Problem:
        quantity = -1
    if not 0 <= quantity <= LARGEST_QUANTITY:
        raise RowWrong(
            QuantityWrong.column,
            f"数量“{str(row.quantity)[:20]}”无效，请填0到1000000之间的数，最多两位小数。",
        )
    return quantity


def _recused(participant_id: str, bench: Bench) -> str:
    """The judges who do not judge this household because it is their own; somebody must be left who may."""
    own = [name for name, household in bench.judges if household == participant_id]
    if own and len(own) == len(bench.judges):
        raise RowWrong("户号", "在场评议员都是本户的人，须回避，请换人评议。")
    return "、".join(own)


def _decide(claim: Claim, past: Sequence[Past]) -> Judged:
    """One claim against what is on record of the same participant and item."""
    item, day, amount, remarks = claim.item, claim.row.occurred_on, claim.worth, []
    if item.double_months and is_repeated(
        day, [score.occurred_on for score in past], validity_months=item.double_months
    ):
        amount = Points(amount * 2)
        remarks.append(f"{item.double_months}个月内再次发生，加倍")
    counted, cut = room(amount, day, past, caps_of(item, amount))
    if cut is not None:
        remarks.append(f"超出{cut.name}上限，原{show(amount)}分，计{show(counted)}分")
    sign = -1 if item.direction == MINUS else 1
    return Judged(claim, Points(sign * amount), Points(sign * counted), "；".join(remarks))
