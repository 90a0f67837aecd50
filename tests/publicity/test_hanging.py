"""A notice's days begin when its paper hangs; what never hung is not posted."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from pointsbank import ledger, proof, publicity
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.publicity import Hanging, Notice
from pointsbank.text import TextInvalid
from tests.builders import NEIGHBOUR
from tests.publicity.scene import (
    CODE,
    LI,
    NOW,
    after,
    found_village,
    honour,
    hung,
    meeting_with,
    scores_of,
    settle,
)

HERE = {"village": CODE, "by": LI}
problems = publicity.problems


def published(database: Database) -> Notice:
    """The notice of a meeting that has just closed; its paper lies on the table."""
    with database.writing() as session:
        found_village(session)
        meeting = meeting_with(session, ("0101", "A1"), ("0102", "A2"))
        return publicity.close_and_publish(session, meeting=meeting, at=NOW, **HERE)


def hang(
    database: Database, notice: Notice, place: str = "村务公开栏", *, days: int = 0, **more: Any
) -> Hanging:
    """Somebody records, so many days later, that it hangs."""
    with database.writing() as session:
        return publicity.hang(session, notice=notice.id, place=place, at=after(days), **HERE | more)


def stands(database: Database, notice: Notice) -> Notice:
    """The notice as it is now."""
    with database.reading() as session:
        return publicity.notice(session, village=CODE, notice_id=notice.id).notice


def test_until_it_hangs_a_notice_has_no_last_day_and_is_not_posted(database: Database):
    notice = published(database)
    assert (notice.standing, notice.days, notice.hung_on, notice.ends_on) == ("unhung", 3, None, None)
    assert not notice.over_on(date(2099, 1, 1))

    with pytest.raises(problems.NoticeNotHung), database.writing() as session:
        publicity.settle(session, notice=notice.id, at=after(90), **HERE)

    with database.reading() as session:
        assert honour(session, "0101") == 0
        assert [one.id for one in publicity.unhung(session, village=CODE)] == [notice.id]


def test_the_first_hanging_says_when_the_days_end_and_further_places_do_not(database: Database):
    notice = published(database)

    first = hang(database, notice, days=5, hung_on=date(2026, 9, 4))
    again = hang(database, notice, "一组路口", days=6, hung_on=date(2026, 9, 2))

    assert [(one.number, one.place, one.hung_on) for one in (first, again)] == [
        (1, "村务公开栏", date(2026, 9, 4)),
        (2, "一组路口", date(2026, 9, 2)),
    ]
    now = stands(database, notice)
    assert (now.standing, now.hung_on, now.ends_on) == ("open", date(2026, 9, 4), date(2026, 9, 7))
    with database.reading() as session:
        assert publicity.hangings(session, village=CODE, notice=notice.id) == [first, again]
        assert publicity.unhung(session, village=CODE) == []
        told = ledger.log_entries(session, village=CODE, kinds=("notice_hung",))
    assert [(one.actor, (one.words or {}).get("ends_on")) for one in told] == [(LI, None), (LI, "2026-09-07")]
    assert proof.verify(database, village=CODE).holds


def test_the_days_count_from_the_hanging_not_from_the_meeting(sqlite_database: Database):
    notice = published(sqlite_database)
    with sqlite_database.writing() as session:
        publicity.hang(session, notice=notice.id, place="村务公开栏", at=after(1), **HERE)
        with pytest.raises(problems.NoticeStillOpen):
            publicity.settle(session, notice=notice.id, at=after(4), **HERE)
        assert publicity.settle(session, notice=notice.id, at=after(5), **HERE).posted == 2


def test_everybody_may_object_before_it_hangs(sqlite_database: Database):
    notice = published(sqlite_database)
    with sqlite_database.writing() as session:
        score = scores_of(session, notice)[0].id
        publicity.raise_objection(session, score=score, raised_by="匿名", reason="不在家", at=NOW, **HERE)
    hang(sqlite_database, notice)

    with sqlite_database.writing() as session:
        done = settle(session, notice)
    assert (done.posted, done.contested) == (1, 1)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"hung_on": date(2026, 8, 31)}, problems.HangingDayInvalid),
        ({"hung_on": date(2026, 9, 4)}, problems.HangingDayInvalid),
        ({"place": " "}, TextInvalid),
        ({"place": "墙" * 61}, TextInvalid),
        ({"place": "一组路口"}, problems.HangingStands),
        ({"village": NEIGHBOUR}, problems.NoticeUnknown),
    ],
)
def test_a_refused_hanging_is_not_written(
    sqlite_database: Database, given: dict[str, Any], refusal: type[Problem]
):
    notice = published(sqlite_database)
    hang(sqlite_database, notice, "一组路口", days=1)
    with sqlite_database.writing() as session:
        found_village(session, NEIGHBOUR)

    with pytest.raises(refusal):
        hang(sqlite_database, notice, days=2, **given)

    with sqlite_database.reading() as session:
        assert len(publicity.hangings(session, village=CODE, notice=notice.id)) == 1
        assert len(ledger.log_entries(session, village=CODE, kinds=("notice_hung",))) == 1


def test_what_is_posted_hangs_nowhere_more(sqlite_database: Database):
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "A1"))
        settle(session, notice)

    with pytest.raises(problems.NoticeSettled):
        hang(sqlite_database, notice, "一组路口", days=4)


def by_hand(place: str, day: str) -> str:
    """SQL that has a paper hang in a place since a day, recorded on 2 September."""
    return (
        "INSERT INTO hanging (village_id, notice_id, number, place, hung_on, recorded_on, recorded_at,"
        f" recorded_by) VALUES ('{CODE}', '{{notice}}', 2, '{place}', '{day}', '2026-09-02',"
        " '2026-09-02 02:00:00+00:00', 'li')"
    )


BY_HAND = {
    "hung before its meeting closed": by_hand("路口", "2026-08-31"),
    "hung on a day to come": by_hand("路口", "2026-09-03"),
    "nowhere": by_hand("", "2026-09-01"),
    "the same place": by_hand("村务公开栏", "2026-09-01"),
    "another day": "UPDATE hanging SET hung_on = '2026-09-01'",
    "taken away": "DELETE FROM hanging",
    "hung before it was published": "UPDATE notice SET hung_on = '2026-08-30'",
    "a last day without a hanging": "UPDATE notice SET hung_on = NULL",
    "a hanging without a last day": "UPDATE notice SET ends_on = NULL",
}


@pytest.mark.parametrize("order", BY_HAND.values(), ids=BY_HAND)
def test_the_database_itself_refuses(database: Database, order: str):
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"))

    def run(sql: str) -> None:
        with database.engine.begin() as connection:
            connection.exec_driver_sql(sql.format(notice=notice.id))

    with pytest.raises(DatabaseError):
        run(order)
    run(by_hand("路口", "2026-09-01"))
    with database.writing() as session:
        assert settle(session, notice).posted == 1
    with pytest.raises(DatabaseError):
        run(by_hand("码头", "2026-09-01").replace(" 2,", " 3,"))


def test_the_places_that_are_used_most_are_offered_first(sqlite_database: Database):
    with sqlite_database.writing() as session:
        found_village(session)
        assert publicity.usual_places(session, village=CODE) == ["村务公开栏"]
        for day, places in enumerate((["路口", "祠堂"], ["超市", "祠堂"], ["祠堂", "码头"], ["渡口"])):
            meeting = meeting_with(session, ("0101", "A1"))
            notice = publicity.close_and_publish(session, meeting=meeting, at=after(day), **HERE)
            for place in places:
                publicity.hang(session, notice=notice.id, place=place, at=after(day), **HERE)

        assert publicity.usual_places(session, village=CODE)[:2] == ["祠堂", "渡口"]
        assert len(publicity.usual_places(session, village=CODE)) == 4
