"""What putting a posted score right would do, judged as if the old one had never been."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from pointsbank import roster, villages
from pointsbank.dates import day_of, month_of
from pointsbank.errors import Invalid, Refused
from pointsbank.labels.score_column import SCORE_COLUMN
from pointsbank.labels.score_status import SCORE_STATUS
from pointsbank.points import Points
from pointsbank.roster import Participant
from pointsbank.scoring.attendance import judges_of
from pointsbank.scoring.consequences import restricted_by
from pointsbank.scoring.correction_balances import effects_now
from pointsbank.scoring.correction_effects import Effect, ShouldBe, is_published_first
from pointsbank.scoring.correction_reading import correction as find_correction
from pointsbank.scoring.correction_reading import replaced_by
from pointsbank.scoring.deciding import Judged, decide
from pointsbank.scoring.deeds import item_of
from pointsbank.scoring.deeds_on_record import shared_deeds
from pointsbank.scoring.history import read_history
from pointsbank.scoring.judging import JudgingContext, resolve_rows
from pointsbank.scoring.meetings import is_day_book
from pointsbank.scoring.named_only import AWARD_MISSING
from pointsbank.scoring.reading import score as find_score
from pointsbank.scoring.scheme import items_by_id, rulebook
from pointsbank.scoring.shapes import SHAPES
from pointsbank.scoring.values import (
    CONTESTED,
    ENTERED,
    POSTED,
    PUBLISHED,
    WITHDRAWN,
    Item,
    Score,
    ScoreRow,
)


class CorrectionInvalid(Invalid):
    """What should be cannot be judged: no such household or item, a day without rules, a wrong quantity."""

    code = "correction_invalid"
    sentence = "{reason}"


class NothingToCorrect(Refused):
    """What should be is what is."""

    code = "nothing_to_correct"
    sentence = "填的和原来的一样，没有要更正的：请改成应该是的样子；这一条不该有的，请选撤销。"
    fixed_by = "本人"


class AlreadyCorrected(Refused):
    """Another version stands for this score already, or waits to."""

    code = "already_corrected"
    sentence = "这条评分已经有了更正，请打开更正的那一条，在那里提异议或再更正。"
    fixed_by = "本人"


class NotPostedYet(Refused):
    """What is not posted is put right otherwise: in the open meeting, by an objection, or not at all."""

    code = "not_posted_yet"
    sentence = "这条评分现在是“{state}”，不用更正：{instead}。"
    fixed_by = "本人"


_AWARD_NOT_NAMED = "这个条目只计点名的户，原来的说明里没有写是哪个奖：请撤销这一条，再在评议会里另录一条。"

INSTEAD = {
    ENTERED: "请在“评议会”里撤回，再重录",
    PUBLISHED: "还没有入账，请登记异议",
    CONTESTED: "还没有入账，请等异议书面答复，答复时就能改",
    WITHDRAWN: "它已经不算了",
}
"""What to do instead, by the state of a score that is not posted."""


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What a score would be: `points` as judged, `counted` after caps, signed hundredths; 0 where struck.

    `is_same_deed`: it is of the old one's deed, of which there are others.
    """

    participant: Participant
    item: Item
    occurred_on: date
    quantity: int | None
    points: Points
    counted: Points
    remark: str
    recused: str
    struck: bool
    is_same_deed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What putting a score right would do, as things stand now.

    Attributes:
        counted_in: the month in which the new version counts; `late` if its deed's month is closed.
        taken_back_in: the month from which the old one is taken back: its own while that is open.
        effects: what each household has more or less afterwards.
    """

    old: Score
    new: NewVersion
    counted_in: str
    late: bool
    taken_back_in: str
    effects: tuple[Effect, ...]

    @property
    def is_published_first(self) -> bool:
        """Return whether somebody is worse off, so that it hangs in public before it counts; as by a veto."""
        restricts = not self.new.struck and bool(restricted_by(self.new.item))
        return restricts or is_published_first(self.effects)


def as_it_stands(score: Score, item: Item) -> ShouldBe:
    """Return what would have to be asked for to get this score again; where a correction begins.

    Example:
        scoring.as_it_stands(score, item).quantity  # 300 hundredths: three times
    """
    points = given_points(item, points=score.points, remark=score.remark)
    return ShouldBe(score.code, score.item_code, score.occurred_on, score.quantity, points)


def given_points(item: Item, *, points: int, remark: str) -> Points | None:
    """Return what the panel gave a score by its `points` as judged and its remark; None where a rule says it.

    Raises:
        KeyError: no module declares the item's shape.

    Example:
        given_points(item, points=-2000, remark="6个月内再次发生加倍")  # 1000, of an item that is judged
    """
    if not SHAPES[item.shape].judged:
        return None
    # A judged deduction that counted double stands in the row as doubled; judging doubles it again.
    return Points(abs(points) // 2 if item.double_months and "加倍" in remark else abs(points))


def instead_of(session: Session, *, village: str, score: str, given: Mapping[str, Any]) -> ShouldBe:
    """Return what a score (id) should be: as it stands but for what is given, by the fields of `ShouldBe`.

    Another item begins without quantity and points: those of the old one say nothing of it.

    Raises:
        ScoreUnknown: there is no such score.

    Example:
        scoring.instead_of(session, village="cy", score=id, given={"quantity": 300}).quantity  # 300
    """
    found = find_score(session, village=village, score_id=score)
    stands = as_it_stands(found, items_by_id(session, village=village)[found.item_id])
    if given.get("item", stands.item) != stands.item:
        stands = replace(stands, quantity=None, points=None)
    return replace(stands, **given)


def plan_correction(session: Session, *, village: str, score: str, should_be: ShouldBe, at: datetime) -> Plan:
    """Return what putting a posted score right would do; writes nothing.

    Raises:
        ScoreUnknown: there is no such score.
        NotPostedYet: it is not posted.
        AlreadyCorrected: another version stands for it.
        CorrectionInvalid: what should be cannot be judged.
        NothingToCorrect: it is what is.
        ParticipantClosed: the household that it is or should be about has ended.
        ShapeUnknown, ScoringPeriodInvalid, VillageUnknown: the village's own rows were changed.
        ParticipantUnknown: raised by `by_id`.
        TransactionUnknown: raised by `transaction`.

    Example:
        three = replace(scoring.as_it_stands(score, item), quantity=300)
        scoring.plan_correction(session, village="cy", score=id, should_be=three, at=now).new.counted  # 600
    """
    old = find_score(session, village=village, score_id=score)
    if old.status != POSTED:
        raise NotPostedYet(state=SCORE_STATUS.name(old.status), instead=INSTEAD[old.status])
    if replaced_by(session, village=village, score=score) is not None:
        raise AlreadyCorrected()
    return plan_instead(session, old, should_be, village=village, at=at)


def plan_instead(session: Session, old: Score, should_be: ShouldBe, *, village: str, at: datetime) -> Plan:
    """Return what stands in an old score's place, whatever the way of the old one was.

    Raises:
        CorrectionInvalid: what should be cannot be judged.
        NothingToCorrect: it is what is.
        ParticipantClosed: the household that it is or should be about has ended.
        ShapeUnknown, ScoringPeriodInvalid, VillageUnknown: the village's own rows were changed.
    """
    new = new_version(session, old, should_be, village=village, at=at)
    made = find_correction(session, village=village, score=old.id)
    if _is_same(old, new, was_struck=made is not None and made.struck):
        raise NothingToCorrect()
    whose = {old.participant_id, new.participant.id}
    roster.refuse_closed(session, village=village, participants=sorted(whose))
    closed = set(villages.closed_months(session, village=village))
    month, late = villages.month_that_counts(month_of(new.occurred_on), closed)
    back = villages.month_that_counts(old.counted_in, closed)[0]
    counts = (new.participant.id, int(new.counted))
    return Plan(old, new, month, late, back, effects_now(session, old, counts, village=village))


def new_version(
    session: Session, old: Score, should_be: ShouldBe, *, village: str, at: datetime
) -> NewVersion:
    """Judge what a score should be as of the deed's day, as if the old one had never been.

    Raises:
        CorrectionInvalid: it cannot be judged.
        ShapeUnknown, ScoringPeriodInvalid: the village's own rows were changed.
        ParticipantUnknown: raised by `by_id`.

    Example:
        scoring.new_version(session, old, three, village="chayuan", at=now).counted  # 600 hundredths
    """
    if should_be.struck:
        person = roster.by_id(session, village=village, id=old.participant_id)
        item = items_by_id(session, village=village)[old.item_id]
        zero = Points(0)
        return NewVersion(person, item, old.occurred_on, None, zero, zero, "不该有这一条", "", struck=True)
    judged = _judge(session, old, should_be, village=village, at=at)
    row = judged.row
    return NewVersion(
        row.participant,
        row.item,
        row.row.occurred_on,
        row.quantity,
        judged.points,
        judged.counted,
        judged.remark,
        row.recused,
        struck=False,
        is_same_deed=bool(row.deed),
    )


def _judge(session: Session, old: Score, should_be: ShouldBe, *, village: str, at: datetime) -> Judged:
    """Judge one row by the rules and record of its day, without the old score; raise CorrectionInvalid."""
    code = should_be.participant_code
    quantity = None if should_be.quantity is None else Decimal(should_be.quantity) / 100
    row = ScoreRow(code, should_be.item, should_be.occurred_on, quantity, should_be.points, old.note)
    if (code, should_be.occurred_on) == (old.code, old.occurred_on):
        row = replace(row, same_deed=old.same_deed or old.id)
    rules = rulebook(session, village=village)
    if (found := item_of(row, rules)) is not None and found.direction != old.direction:
        # What was entered as the wrong kind is not of the deed that its others are.
        row = replace(row, same_deed="")
    here = {"village": village, "meeting": old.meeting_id}
    context = JudgingContext(
        day_of(at),
        roster.by_codes(session, village=village, codes={code}),
        rules,
        judges_of(session, **here),
        deeds=shared_deeds(session, row, old, **here),
        at_counter=is_day_book(session, **here),
    )
    if not context.deeds:
        row = replace(row, same_deed="")
    resolved, wrong = resolve_rows([row], context)
    if wrong:
        field = SCORE_COLUMN.code(wrong[0].column)
        if wrong[0].sentence == AWARD_MISSING:
            raise CorrectionInvalid(reason=_AWARD_NOT_NAMED, at=("item",))
        raise CorrectionInvalid(
            # Whoever shows it at its field names the field.
            reason=wrong[0].sentence if field else f"{wrong[0].column}：{wrong[0].sentence}",
            at=(field.removesuffix("_code"),) if field else (),
        )
    return decide(resolved, read_history(session, resolved, **here, without=[old.id]))[0]


def _is_same(old: Score, new: NewVersion, *, was_struck: bool) -> bool:
    """Return whether a new version says what the old one says."""
    if was_struck or new.struck:
        return was_struck and new.struck
    before = (old.participant_id, old.item_id, old.occurred_on, old.quantity, old.points, old.counted_points)
    after = (new.participant.id, new.item.id, new.occurred_on, new.quantity, new.points, new.counted)
    return before == after
