"""What of one household is under way, and what its months came to: the two agree with notice and boards."""

import pytest

from pointsbank import publicity, roster, scoring
from pointsbank.database import Database
from tests.builders import SUPERVISOR, hang_out
from tests.publicity.desk import LATER, august, desk
from tests.publicity.scene import CODE, LI, NOW, found_village, hung, meeting_with, scores_of, settle


def of(database: Database, code: str = "0101") -> list[tuple[str, bool, bool]]:
    """A household's scores under way: item, whether it hangs, whether somebody objects."""
    with database.reading() as session:
        who = roster.by_code(session, village=CODE, code=code).id
        found = publicity.under_way(session, village=CODE, participant=who)
    return [(one.score.item_code, one.notice is not None, one.objection is not None) for one in found]


def object_to(database: Database, place: int) -> None:
    """Somebody objects to the score at this place of the only notice."""
    with database.writing() as session:
        [notice] = publicity.notices(session, village=CODE)
        score = scores_of(session, notice)[place].id
        said = {"raised_by": "匿名", "reason": "那天不在"}
        publicity.raise_objection(session, village=CODE, score=score, **said, by=LI, at=NOW)


def test_a_score_is_under_way_from_its_entry_to_its_posting(database: Database) -> None:
    with database.writing() as session:
        found_village(session)
        meeting = meeting_with(session, ("0101", "A1"), ("0102", "A1"))
    assert of(database) == [("A1", False, False)]
    with database.writing() as session:
        notice = hang_out(session, village=CODE, meeting=meeting, by=LI, at=NOW)
    assert of(database) == [("A1", True, False)]
    object_to(database, 0)
    assert (of(database), of(database, "0102")) == ([("A1", True, True)], [("A1", True, False)])
    with database.writing() as session:
        settle(session, notice)

    assert (of(database), of(database, "0102")) == ([("A1", True, True)], [])


def test_an_objection_to_what_is_posted_is_under_way_too(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        settle(session, hung(session, ("0101", "A1")))
    assert of(sqlite_database) == []

    object_to(sqlite_database, 0)

    assert of(sqlite_database) == [("A1", True, True)]


def test_what_was_withdrawn_is_not_under_way(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        meeting_with(session, ("0101", "A1"))
        [score] = scoring.scores(session, village=CODE)
        scoring.withdraw_score(session, village=CODE, score=score.id, by=LI, at=NOW)

    assert of(sqlite_database) == []


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_the_months_of_one_are_those_of_the_boards(closed: bool, database: Database) -> None:
    """Also where a score of a closed month was put right in the next."""
    at = desk(database, august("0101", "志愿", quantity=200), august("0102", "助邻"))
    if closed:
        at.close()
    at.settle(at.correct(at.scores[0], participant_code="0303"))

    for who in ("wang", "namesake", "li"):
        person = getattr(at.panel.village, who).id
        found = dict(at.panel.read(scoring.months_of, participant=person))
        for month in ("2026-08", "2026-09"):
            assert found.get(month) == at.panel.read(scoring.month_totals, month=month).get(person)


def test_a_correction_is_under_way_for_both_households_until_it_counts(database: Database) -> None:
    it = desk(database, august("0101", "助邻"))
    village = it.panel.village

    def seen() -> list[list[tuple[int, int, bool, bool]]]:
        each = (
            it.panel.read(publicity.corrections_under_way, participant=who.id)
            for who in (village.wang, village.li, village.zeng)
        )
        return [
            [(one.had, one.gets, bool(one.correction.ends_on), bool(one.objection)) for one in of]
            for of in each
        ]

    made = it.correct(it.scores[0], participant_code="0303")
    assert seen() == [[(1000, 0, False, False)], [(0, 1000, False, False)], []]
    hung_up = it.hang(made)
    objection = {"score": made.score_id, "raised_by": "匿名", "reason": "是王家帮的", "at": LATER}
    raised = it.panel.write(publicity.raise_objection, **objection)
    assert seen() == [[(1000, 0, True, True)], [(0, 1000, True, True)], []]
    assert it.panel.read(publicity.under_way, participant=village.li.id) == []
    answer = {"objection": raised.id, "upheld": False, "reason": "有人看见", "by": SUPERVISOR, "at": LATER}
    it.panel.write(publicity.decide_objection, **answer)
    it.settle(hung_up)

    assert seen() == [[], [], []]
