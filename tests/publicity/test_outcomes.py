"""How objections end: with the value that should be, with a deed that is missing, or against a correction."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pointsbank import households, proof, publicity, roster, scoring
from pointsbank.database import Database
from pointsbank.points import whole
from pointsbank.publicity import Objection
from pointsbank.scoring import Score, ShouldBe
from tests.builders import NOW, SUPERVISOR
from tests.publicity.desk import LATER, Desk, august, desk
from tests.scoring.panel import Panel, sit

COUNTED_TOO_FEW = {"raised_by": "王建国", "reason": "次数记少了"}


def contested(database: Database) -> tuple[Panel, str, Score, Objection]:
    """王建国's one hour on a notice, to which he objects; 陈 writes it down."""
    panel = sit(database)
    [score] = panel.enter(august("0101", "志愿", quantity=Decimal(1)))
    notice = panel.hang_out()
    raised = panel.write(publicity.raise_objection, score=score.id, **COUNTED_TOO_FEW, by="chen")
    return panel, notice.id, score, raised


def decide(panel: Panel, raised: Objection, at: Any = NOW, **outcome: Any) -> Objection:
    """Zhao answers."""
    answer = {"upheld": True, "reason": "签到表上是三小时", "by": SUPERVISOR, "at": at} | outcome
    done: Objection = panel.write(publicity.decide_objection, objection=raised.id, **answer)
    return done


def three_hours(**changes: Any) -> ShouldBe:
    return ShouldBe("0101", "志愿", date(2026, 8, 20), 300, **changes)


def test_counted_too_few_is_upheld_with_the_value_that_should_be(database):
    panel, notice, score, raised = contested(database)

    done = decide(panel, raised, should_be=three_hours())
    assert (done.status, done.remedy) == ("upheld", "changed")

    assert panel.now(score).status == "withdrawn"
    settled = panel.write(publicity.settle, notice=notice, at=LATER)
    assert settled.posted == 1
    assert panel.balance(panel.village.wang) == (whole(6), whole(6))
    [made] = panel.read(scoring.corrections, scores=[score.id])
    assert (made.status, made.requested_by, made.confirmed_by) == ("decided", "chen", SUPERVISOR)
    assert proof.verify(panel.village.database, village="chayuan").findings == ()


def test_after_the_notice_was_settled_the_value_is_posted_with_the_answer(database):
    panel, notice, _, raised = contested(database)
    panel.write(publicity.settle, notice=notice, at=LATER)
    assert panel.balance(panel.village.wang) == (0, 0)

    decide(panel, raised, at=LATER, should_be=three_hours())

    assert panel.balance(panel.village.wang) == (whole(6), whole(6))


@pytest.mark.parametrize("changes", [{}, {"quantity": 300}])
def test_a_missing_deed_is_another_one_than_the_one_that_was_scored(sqlite_database, changes):
    panel, _, score, raised = contested(sqlite_database)
    same = ShouldBe("0101", "志愿", date(2026, 8, 20), **({"quantity": 100} | changes))

    with pytest.raises(publicity.problems.MissingDeedSame, match="次数、分值记少了的"):
        decide(panel, raised, missing=same)
    assert panel.now(score).status == "contested"


def test_what_an_objection_owes_a_household_stands_against_its_end(database):
    at = desk(database, august("0101", "助邻"), august("0101", "志愿", quantity=Decimal(1)))
    end = {"participant": "0101", "heir": "0303", "decision": "父子两户合并", "request_id": "merge-0001"}

    def refused() -> str:
        with pytest.raises(households.problems.AnswersOpen) as told:
            at.panel.write(households.close, **end, at=LATER)
        return str(told.value)

    given = COUNTED_TOO_FEW | {"by": "chen", "at": LATER}
    raised = at.panel.write(publicity.raise_objection, score=at.scores[0].id, **given)
    assert "还有1件异议没有答复" in refused()
    missed = ShouldBe("0101", "助邻", date(2026, 8, 21))
    decide(at.panel, raised, at=LATER, missing=missed)
    assert "漏记的事没有补记" in refused()
    again = at.panel.next_meeting()
    made_up = at.panel.write(publicity.enter_missing, objection=raised.id, meeting=again.meeting)
    at.panel.write(scoring.withdraw_score, score=made_up.id)

    at.panel.write(households.close, **end, at=LATER)
    with pytest.raises(roster.problems.ParticipantClosed, match="不再变动"):
        at.panel.write(publicity.raise_objection, score=at.scores[1].id, **given)


def test_a_missing_deed_becomes_a_line_of_the_next_meeting_and_the_score_stands(database):
    panel, _, score, raised = contested(database)
    missed = ShouldBe("0101", "助邻", date(2026, 8, 21))

    assert decide(panel, raised, missing=missed).remedy == "missing"

    assert panel.now(score).status == "published"
    [waits] = panel.read(publicity.missing_deeds)
    assert (waits.code, waits.item, waits.occurred_on) == ("0101", "助邻", date(2026, 8, 21))
    again = panel.next_meeting()
    entered = panel.write(publicity.enter_missing, objection=raised.id, meeting=again.meeting)
    assert (entered.counted_points, entered.note) == (whole(10), "异议成立，补记")
    assert panel.read(publicity.missing_deeds) == []
    with pytest.raises(publicity.problems.MissingDeedEntered):
        panel.write(publicity.enter_missing, objection=raised.id, meeting=again.meeting)


@pytest.mark.parametrize(
    "outcome",
    [
        {"upheld": False, "should_be": three_hours()},
        {"upheld": False, "missing": three_hours()},
        {"should_be": three_hours(), "missing": three_hours()},
    ],
)
def test_an_objection_has_one_outcome(sqlite_database, outcome):
    panel, _, score, raised = contested(sqlite_database)

    with pytest.raises(publicity.problems.OutcomeUnclear):
        decide(panel, raised, **outcome)
    assert panel.now(score).status == "contested"


def hanging(database: Database) -> tuple[Desk, scoring.Correction, Objection]:
    """A correction that would take 王建国's hour away, to which he objects."""
    at = desk(database, august("0101", "志愿", quantity=Decimal(1)))
    made = at.hang(at.correct(at.scores[0], struck=True))
    raised = at.panel.write(
        publicity.raise_objection, score=made.score_id, raised_by="王建国", reason="去过", by="chen", at=LATER
    )
    return at, made, raised


def test_a_correction_that_is_objected_to_waits_and_an_upheld_objection_drops_it(database):
    at, made, raised = hanging(database)
    with pytest.raises(scoring.problems.ScoreNotReady, match="有异议"):
        at.settle(made)

    decide(at.panel, raised, at=LATER)

    assert at.panel.read(scoring.correction, score=made.score_id).status == "dropped"
    assert at.panel.balance(at.panel.village.wang) == (whole(2), whole(2))
    again = at.correct(at.scores[0], quantity=200)
    assert again.status == "posted"
    assert at.honour("wang") == whole(4)
    assert at.findings() == []


def test_a_rejected_objection_to_a_correction_lets_it_count_when_its_days_are_over(database):
    at, made, raised = hanging(database)
    decide(at.panel, raised, at=LATER, upheld=False)
    assert at.panel.read(scoring.correction, score=made.score_id).status == "hanging"
    assert at.panel.balance(at.panel.village.wang) == (whole(2), whole(2))

    assert at.settle(made).status == "posted"


def test_rejected_after_its_days_it_counts_at_once(sqlite_database):
    at, made, raised = hanging(sqlite_database)

    decide(at.panel, raised, at=LATER + timedelta(days=4), upheld=False)

    assert at.panel.read(scoring.correction, score=made.score_id).status == "posted"
    assert at.honour("wang") == 0
