"""Anyone may object; the answer is written by somebody else and stays."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pointsbank import objections, publicity, scoring
from pointsbank.database import Database
from pointsbank.publicity import Objection
from pointsbank.publicity.notices import public_notice
from pointsbank.text import TextInvalid
from tests.builders import NEIGHBOUR
from tests.publicity.scene import (
    CODE,
    LI,
    NOW,
    ZHAO,
    after,
    found_village,
    honour,
    hung,
    meeting_with,
    scores_of,
    settle,
)

ANSWERED = (
    "INSERT INTO score_objection_answer"
    " (village_id, objection_id, made_by, upheld, decided_by, decided_at, decision)"
    " SELECT village_id, id, made_by, '0', '{by}', raised_at, 'x' FROM score_objection"
)


def objected(database: Database, recorded_by: str = LI) -> tuple[publicity.Notice, Objection]:
    """Two scores hang; somebody objects to the first."""
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0102", "A1"))
        score = scores_of(session, notice)[0]
        return notice, publicity.raise_objection(
            session,
            village=CODE,
            score=score.id,
            raised_by="李四",
            reason="那天不在家",
            by=recorded_by,
            at=NOW,
        )


def decide(
    database: Database, objection: Objection, *, upheld: bool, by: str = ZHAO, reason: str = "查看照片"
) -> None:
    """Zhao answers on the second day."""
    with database.writing() as session:
        publicity.decide_objection(
            session, village=CODE, objection=objection.id, upheld=upheld, reason=reason, by=by, at=after(1)
        )


def test_an_objection_is_to_be_answered_within_seven_working_days(sqlite_database: Database) -> None:
    _, objection = objected(sqlite_database)

    assert (objection.due_on, objection.status) == (date(2026, 9, 10), "open")
    assert not objection.overdue_on(date(2026, 9, 10)) and objection.overdue_on(date(2026, 9, 11))


def test_an_objection_freezes_its_own_entry_only(database: Database) -> None:
    notice, _ = objected(database)

    with database.writing() as session:
        done = settle(session, notice)

        assert (done.posted, done.contested) == (1, 1)
        assert (honour(session, "0101"), honour(session, "0102")) == (0, 500)


def test_the_wall_marks_a_contested_entry(sqlite_database: Database) -> None:
    notice, _ = objected(sqlite_database)

    with sqlite_database.reading() as session:
        wall = public_notice(session, village=CODE, notice_id=notice.id)
    assert [entry.contested for entry in wall.entries] == [True, False]


def test_an_upheld_objection_takes_the_score_away_for_good(sqlite_database: Database) -> None:
    notice, objection = objected(sqlite_database)
    decide(sqlite_database, objection, upheld=True)

    with sqlite_database.writing() as session:
        assert settle(session, notice).posted == 1
        assert honour(session, "0101") == 0
        assert len(public_notice(session, village=CODE, notice_id=notice.id).entries) == 1
        assert len(publicity.notice(session, village=CODE, notice_id=notice.id).entries) == 2


def test_a_rejected_objection_lets_the_score_be_posted_with_the_rest(sqlite_database: Database) -> None:
    notice, objection = objected(sqlite_database)
    decide(sqlite_database, objection, upheld=False)

    with sqlite_database.writing() as session:
        assert settle(session, notice).posted == 2


def test_rejected_after_the_rest_was_posted_it_is_posted_at_once(database: Database) -> None:
    notice, objection = objected(database)
    with database.writing() as session:
        settle(session, notice)
    decide(database, objection, upheld=False)

    with database.writing() as session:
        assert honour(session, "0101") == 500
        assert settle(session, notice).already


def test_who_entered_the_score_does_not_decide(sqlite_database: Database) -> None:
    _, objection = objected(sqlite_database)

    with pytest.raises(publicity.problems.EntererCannotDecide):
        decide(sqlite_database, objection, upheld=False, by=LI)


def test_who_wrote_the_objection_down_does_not_decide(sqlite_database: Database) -> None:
    _, objection = objected(sqlite_database, recorded_by=ZHAO)

    with pytest.raises(objections.problems.RecorderCannotDecide):
        decide(sqlite_database, objection, upheld=False, by=ZHAO)


@pytest.mark.parametrize(
    ("by", "rule"), [(LI, "decided_by_another"), (ZHAO, "score_objection_answer: rows are never changed")]
)
def test_the_database_refuses_both_too(database: Database, by: str, rule: str) -> None:
    """Li entered the score, Zhao wrote the objection down; somebody else may answer it."""
    objected(database, recorded_by=ZHAO)

    with pytest.raises(DBAPIError, match=rule), database.writing() as session:
        session.connection().execute(text(ANSWERED.format(by=by)))
    with database.writing() as session:
        session.connection().execute(text(ANSWERED.format(by="another")))


def test_an_answer_needs_a_reason(sqlite_database: Database) -> None:
    _, objection = objected(sqlite_database)

    with pytest.raises(TextInvalid):
        decide(sqlite_database, objection, upheld=True, reason="  ")


def test_an_answer_is_given_once_and_stays(database: Database) -> None:
    _, objection = objected(database)
    decide(database, objection, upheld=False)

    with pytest.raises(objections.problems.ObjectionDecided):
        decide(database, objection, upheld=True)
    for change in (
        "UPDATE score_objection_answer SET decision = '改口'",
        "DELETE FROM score_objection_answer",
        "DELETE FROM score_objection",
    ):
        with pytest.raises(DBAPIError, match="never changed"), database.writing() as session:
            session.connection().execute(text(change))


def test_one_open_objection_to_a_score_is_enough(sqlite_database: Database) -> None:
    notice, _ = objected(sqlite_database)

    with pytest.raises(publicity.problems.ObjectionStands), sqlite_database.writing() as session:
        score = scores_of(session, notice)[0]
        publicity.raise_objection(
            session, village=CODE, score=score.id, raised_by="匿名", reason="又", by=LI, at=NOW
        )


def test_an_objection_to_what_is_posted_leaves_it_counting(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"))
        settle(session, notice)
        score = scores_of(session, notice)[0]
        publicity.raise_objection(
            session, village=CODE, score=score.id, raised_by="匿名", reason="晚了", by=LI, at=after(5)
        )
        assert scores_of(session, notice)[0].status == "posted"
        assert honour(session, "0101") == 500


def test_a_score_that_does_not_hang_yet_cannot_be_objected_to(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        meeting = meeting_with(session, ("0101", "A1"))
        score = scoring.scores(session, village=CODE, meeting=meeting)[0]

        with pytest.raises(publicity.problems.NotOnNotice):
            publicity.raise_objection(
                session, village=CODE, score=score.id, raised_by="匿名", reason="早", by=LI, at=NOW
            )


def test_foreign_scores_and_objections_look_missing(sqlite_database: Database) -> None:
    notice, objection = objected(sqlite_database)
    with sqlite_database.writing() as session:
        score = scores_of(session, notice)[1]
        found_village(session, NEIGHBOUR)

    with pytest.raises(scoring.problems.ScoreUnknown), sqlite_database.writing() as session:
        publicity.raise_objection(
            session, village=NEIGHBOUR, score=score.id, raised_by="匿名", reason="x", by=LI, at=NOW
        )
    with pytest.raises(objections.problems.ObjectionUnknown), sqlite_database.writing() as session:
        publicity.decide_objection(
            session, village=NEIGHBOUR, objection=objection.id, upheld=True, reason="x", by=ZHAO, at=NOW
        )


def test_the_record_keeps_who_said_what_and_who_answered(sqlite_database: Database) -> None:
    notice, objection = objected(sqlite_database)
    decide(sqlite_database, objection, upheld=False)

    with sqlite_database.reading() as session:
        kept = publicity.objections(session, village=CODE, notice=notice.id)
    assert [(one.raised_by, one.reason, one.status, one.decided_by, one.decision) for one in kept] == [
        ("李四", "那天不在家", "rejected", ZHAO, "查看照片")
    ]
