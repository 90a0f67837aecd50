"""A 驾照式 account that is used up restricts until its period ends; put right, it gives back what it took."""

from datetime import date, timedelta

import pytest

from pointsbank import boards, households, ledger, proof, roster, scoring
from pointsbank.database import Database
from pointsbank.households import Share
from pointsbank.points import whole
from pointsbank.scoring import ScoreRow
from tests.builders import NOW, SUPERVISOR
from tests.publicity.desk import LATER, NOTHING_AT_ALL
from tests.scoring.licence import NEXT_YEAR, Licences, licences

BIG, SMALL = ScoreRow("0101", "乱堆", date(2026, 8, 3)), ScoreRow("0101", "乱停", date(2026, 8, 4))


@pytest.fixture
def at(database: Database) -> Licences:
    """The village, with 12 given to every household."""
    village = licences(database)
    village.give()
    return village


def restricted(at: Licences, moment=LATER) -> bool:
    """Whether 王建国 is kept off the red board."""
    return at.panel.village.wang.id in at.panel.read(roster.restricted, kind="red_board", at=moment)


def test_with_the_deduction_that_leaves_nothing_the_restriction_begins_and_ends_with_the_period(
    at: Licences,
) -> None:
    at.post(BIG)
    before = restricted(at)
    at.post(SMALL)

    [one] = at.panel.read(roster.restrictions)
    assert (before, restricted(at)) == (False, True)
    assert (one.kind, one.why, one.ends_on) == ("red_board", "文明驾照分（2026年）扣完", date(2026, 12, 31))
    assert not restricted(at, NEXT_YEAR)
    assert at.findings() == []


def test_a_further_deduction_restricts_nobody_twice(at: Licences) -> None:
    at.post(BIG, SMALL)
    at.post(ScoreRow("0101", "乱停", date(2026, 8, 9)))

    assert len(at.panel.read(roster.restrictions)) == 1


def test_what_two_people_lifted_does_not_come_back_with_the_next_deduction(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    at.post(BIG, SMALL)
    [one] = at.panel.read(roster.restrictions)
    at.panel.write(roster.lift, score=one.score_id, reason="已整改", second=SUPERVISOR, at=LATER)

    at.post(ScoreRow("0101", "乱停", date(2026, 8, 9)))

    assert not restricted(at)


@pytest.mark.parametrize("which", [0, 1])
def test_points_given_back_lift_it_whichever_deduction_is_struck(
    sqlite_database: Database, which: int
) -> None:
    at = licences(sqlite_database)
    at.give()
    desk = at.post(BIG, SMALL)

    desk.correct(desk.scores[which], **NOTHING_AT_ALL)

    assert not restricted(at, LATER + timedelta(days=5))
    assert at.left(at.panel.village.wang) == (9, 2)[which]
    assert at.findings() == []


def test_where_others_have_used_it_up_by_themselves_it_begins_anew(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    days = [ScoreRow("0101", "乱停", date(2026, 8, day)) for day in (4, 5, 6, 7, 8)]
    desk = at.post(*days)

    desk.correct(desk.scores[3], **NOTHING_AT_ALL)

    found = {one.score_id: one.ended_as for one in at.panel.read(roster.restrictions)}
    assert found == {desk.scores[3].id: "reversed", desk.scores[4].id: None}


def test_last_years_deduction_put_right_this_year_changes_nothing_of_this_years_account(at: Licences) -> None:
    wang = at.panel.village.wang
    desk = at.post(BIG)
    at.give(NEXT_YEAR)
    before = at.honour(wang)

    desk.correct(desk.scores[0], at=NEXT_YEAR, **NOTHING_AT_ALL)

    # As if it had never been: 12 lapsed with the year, 12 are given anew.
    assert (before, at.honour(wang), at.left(wang, NEXT_YEAR.date())) == (12, 12, 12)
    assert at.findings() == []


def test_a_household_that_becomes_part_of_another_brings_no_second_account(at: Licences) -> None:
    village = at.panel.village
    at.post(ScoreRow("0303", "助邻", date(2026, 8, 3)), ScoreRow("0303", "乱停", date(2026, 8, 4)))

    at.close_household(village.li, heir=village.wang)

    # 12, and what li has earned and lost beside the account: 10.
    assert at.honour(village.wang) == 22
    assert at.left(village.wang) == 12
    at.give(NEXT_YEAR)
    assert at.honour(village.wang) == 22
    assert at.findings() == []


def test_a_household_that_ends_takes_nothing_along(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    at.close_household(at.panel.village.li)

    assert at.give(NEXT_YEAR) == scoring.BaseGiven(given=7, ended=7)
    assert at.findings() == []


def test_who_leaves_a_household_gets_an_account_of_its_own(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    share = Share(code="0104", name="王小军", people=2)
    at.panel.write(
        households.split,
        participant="0101",
        share=share,
        decision="九月村委会",
        request_id="split-0101",
        at=LATER,
    )

    given = at.give(LATER)

    new = at.panel.read(roster.by_code, code="0104")
    assert given.given == 1
    assert (at.honour(new), at.honour(at.panel.village.wang)) == (12, 12)


def test_a_month_is_closed_over_them_and_they_rank_nobody(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    at.post(ScoreRow("0303", "助邻", date(2026, 8, 3)))
    at.panel.write(scoring.close_meeting, meeting=at.panel.meeting)
    at.panel.write(proof.close_month, month="2026-08", at=NOW + timedelta(days=40))

    found = at.panel.read(boards.standing, month="2026-08")

    assert [(one.participant, one.honour) for one in found if one.honour] == [
        (at.panel.village.li.id, whole(10))
    ]
    assert at.give(NEXT_YEAR).ended == 8
    assert at.findings() == []


def test_forgetting_a_household_leaves_its_figures_and_the_proof(sqlite_database: Database) -> None:
    at = licences(sqlite_database)
    at.give()
    li = at.panel.village.li
    at.close_household(li)
    at.panel.write(households.erase, participant=li.code, reason="本人要求")

    lines = at.panel.read(ledger.statement, participant=li.id, unit="honour").lines

    assert [(one.kind, one.words) for one in lines] == [("clearing", None), ("base", None)]
    assert at.findings() == []
