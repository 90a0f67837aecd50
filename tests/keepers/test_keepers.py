"""Checks score a hundred marks; their mean is the quarter's grade; the third failed one is said aloud."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import households, keepers, proof, roster
from pointsbank.database import Database
from pointsbank.keepers import CheckItem
from pointsbank.points import whole
from pointsbank.sheets import keeper_pay
from tests.builders import COMMITTEE, VILLAGE
from tests.grades.scene import adopted, by_code, of_quarter
from tests.keepers.scene import BY_LI, BY_ZHAO, CHECK, ITEMS, checked, hired
from tests.proof import month
from tests.proof.month import on

problems = keepers.problems
STEPS = [
    ("A", "a", "90以上", "每月1500元"),
    ("B", "b", "60不到90", "每月1200元"),
    ("C", "c", "低于60", "每月900元"),
]
TABLE = {"name": "管护员三档", "kinds": ["keeper"], "measured_on": "patrol"}


def test_a_check_counts_faults_against_each_full_mark(database: Database) -> None:
    hired(database)
    check = checked(database, 3, {1: 7, 2: 1}, due_on=date(2026, 9, 5))
    with database.writing() as session:
        found = keepers.one_check(session, village=VILLAGE, check=check)
        keepers.recheck(session, **BY_LI, check=check, put_right=[2])
        again = keepers.one_check(session, village=VILLAGE, check=check)

    assert (found.score, found.failed, [one.lost for one in found.faults]) == (2000, True, [6000, 2000])
    with pytest.raises(problems.NoSuchFault, match="第1项没有登记"), database.writing() as session:
        other = keepers.record_check(
            session, **BY_LI, **CHECK, checked_on=date(2026, 9, 4), faults={2: 1}, due_on=date(2026, 9, 6)
        )
        keepers.recheck(session, **BY_LI, check=other, put_right=[1, 2])
    assert (again.score, [one.status for one in again.faults]) == (2000, ["left", "put_right"])
    with pytest.raises(problems.CheckSettled), database.writing() as session:
        keepers.recheck(session, **BY_LI, check=check, put_right=[1])
    assert proof.verify(database, village=VILLAGE).holds


def test_a_quarter_s_score_is_the_mean_of_its_checks_and_gives_the_step(sqlite_database: Database) -> None:
    hired(sqlite_database)
    made = adopted(sqlite_database, *STEPS, **TABLE)
    month.object_and_settle(sqlite_database, month.meet(sqlite_database))
    for day, faults in ((3, {}), (10, {2: 1}), (20, {1: 1})):
        checked(sqlite_database, day, faults)
    wrong = checked(sqlite_database, 21, {1: 6})
    with sqlite_database.writing() as session:
        keepers.strike_check(session, **BY_ZHAO, check=wrong, reason="看错了地方")
        proof.close_month(session, village=VILLAGE, month="2026-09", by=COMMITTEE, at=on(30, 8))

    found = of_quarter(sqlite_database, table=made.number)
    assert by_code(sqlite_database, found) == {"G01": ("A", 9000, ""), "G02": ("", None, "unmeasured")}
    assert [found.band(line).measure for line in found.lines if line.band is not None] == ["每月1500元"]
    with pytest.raises(problems.CheckMonthClosed):
        checked(sqlite_database, 22, {})


def test_the_third_failed_check_running_waits_for_people(sqlite_database: Database) -> None:
    hired(sqlite_database)
    bad = {1: 6}
    for day in (1, 2, 3):
        checked(sqlite_database, day, {} if day == 1 else bad)
    with sqlite_database.writing() as session:
        assert keepers.failing(session, village=VILLAGE) == {}
    last = checked(sqlite_database, 4, bad)
    deciding = {"keeper": "G01", "words": "再试用一个月", "resolution": "村委会会议"}
    with sqlite_database.writing() as session:
        [running] = keepers.failing(session, village=VILLAGE).values()
        assert [one.checked_on.day for one in running] == [2, 3, 4]
        with pytest.raises(problems.DecidedTooEarly, match="2026年9月4日"):
            keepers.decide_failing(session, **BY_LI, **deciding, decided_on=date(2026, 9, 3))
        decided = keepers.decide_failing(session, **BY_LI, **deciding, decided_on=date(2026, 9, 5))
        assert (decided, keepers.failing(session, village=VILLAGE)) == (last, {})
        with pytest.raises(problems.NothingToDecide):
            keepers.decide_failing(session, **BY_LI, **deciding, decided_on=date(2026, 9, 5))
    with sqlite_database.reading() as session:
        who = roster.by_code(session, village=VILLAGE, code="G01")
    assert who.status == "active"


def test_whoever_wrote_a_check_down_does_not_strike_it(database: Database) -> None:
    hired(database)
    check = checked(database, 3, {1: 1})
    with pytest.raises(problems.StrikesOwnCheck), database.writing() as session:
        keepers.strike_check(session, **BY_LI, check=check, reason="看错了")
    for change in ("UPDATE keeper_check SET score = 10000", "DELETE FROM keeper_check"):
        with pytest.raises(DatabaseError), database.writing() as session:
            session.connection().execute(text(change))


def test_the_same_check_or_round_twice_is_one(sqlite_database: Database) -> None:
    hired(sqlite_database)
    assert checked(sqlite_database, 3, {1: 1}) == checked(sqlite_database, 3, {1: 1})
    patrol = {"keeper": "G01", "place": "村口", "patrolled_on": date(2026, 9, 3), "words": "清了垃圾"}
    with sqlite_database.writing() as session:
        first = keepers.record_patrol(session, **BY_LI, **patrol)
        assert keepers.record_patrol(session, **BY_LI, **patrol) == first
        with pytest.raises(problems.PatrolKnown):
            keepers.record_patrol(session, **BY_LI, **patrol | {"words": "别的"})


def test_two_lines_of_one_item_are_refused_not_one_of_them_dropped() -> None:
    with pytest.raises(problems.FaultTwice, match="第1项写了两次"):
        keepers.faults_of([(1, 2), (1, 3)])


@pytest.mark.parametrize("day", [date(2026, 9, 29), date(2025, 9, 1)])
def test_no_round_is_of_tomorrow_or_of_years_ago(sqlite_database: Database, day: date) -> None:
    hired(sqlite_database)
    with pytest.raises(problems.KeeperDayInvalid), sqlite_database.writing() as session:
        keepers.record_patrol(session, **BY_LI, keeper="G01", place="村口", patrolled_on=day)


def test_who_left_within_the_period_stays_on_the_pay_sheet(sqlite_database: Database) -> None:
    hired(sqlite_database)
    adopted(sqlite_database, *STEPS, **TABLE)
    for day in (3, 4, 5):
        checked(sqlite_database, day, {1: 5})
    away = {"facts": roster.NewFacts(status="away"), "reason": "回老家了"}
    with sqlite_database.writing() as session:
        roster.edit(session, **BY_LI, code="G01", **away)
        sheet = keeper_pay.gather(session, **BY_LI | {"at": on(29)}, public_url="")

    here, other = sheet.lines
    assert (here.score, here.grade, here.step, here.months) == ("50", "—", "由村里议定", "9月3次50")
    assert (here.code, here.warned) == ("G01（常年在外，不评）", "连续3次不合格，怎么办由会议定")
    assert (other.score, other.step, other.code, other.warned) == ("—", "—", "G02", "")


def test_who_resigned_left_the_post_and_begins_anew_under_another_code(sqlite_database: Database) -> None:
    hired(sqlite_database)
    adopted(sqlite_database, *STEPS, **TABLE)
    for day in (3, 4, 5):
        checked(sqlite_database, day, {1: 5})
    left = {"participant": "G01", "decision": "本人辞职", "request_id": "end-g01-0001"}
    with sqlite_database.writing() as session:
        households.close(session, **BY_LI, **left)
        roster.add(session, **BY_LI, code="G03", name="周福生", kind="keeper")
        sheet = keeper_pay.gather(session, **BY_LI | {"at": on(29)}, public_url="")
        again = roster.by_code(session, village=VILLAGE, code="G03")
        rows = session.connection().execute(roster.roster_query(village=VILLAGE)).all()
        assert again.id not in keepers.failing(session, village=VILLAGE)

    codes = [line.code for line in sheet.lines]
    assert codes == ["G01（已离岗，不评）", "G02", "G03"]
    assert {row.code: row.status for row in rows if row.kind == "keeper"} == {
        "G01": "left_post",
        "G02": "active",
        "G03": "active",
    }


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"keeper": "0101"}, "NotKeeper"),
        ({"checked_on": date(2026, 9, 30)}, "KeeperDayInvalid"),
        ({"checked_on": date(2025, 9, 1)}, "KeeperDayInvalid"),
        ({"checked_on": date(2026, 8, 31)}, "CheckListMissing"),
        ({"faults": {3: 1}}, "FaultsWrong"),
        ({"faults": {1: -1}}, "FaultsWrong"),
        ({"due_on": date(2026, 9, 4), "faults": {}}, "DueDayInvalid"),
    ],
)
def test_a_check_that_cannot_be_is_refused(sqlite_database: Database, more: dict, refusal: str) -> None:
    hired(sqlite_database)
    with pytest.raises(getattr(problems, refusal)):
        checked(**{"database": sqlite_database, "day": 3, "faults": {1: 1}} | more)


def test_the_marks_of_a_list_add_up_to_a_hundred(sqlite_database: Database) -> None:
    hired(sqlite_database)
    later = {"resolution": "村民会议", "from_date": date(2026, 10, 1)}
    with pytest.raises(problems.FullMarkWrong, match="现在是60分"), sqlite_database.writing() as session:
        keepers.adopt_list(session, **BY_LI, items=ITEMS[:1], **later)
    with pytest.raises(problems.ItemsWrong), sqlite_database.writing() as session:
        keepers.adopt_list(session, **BY_LI, items=[CheckItem("地面", whole(100), whole(0))], **later)


def test_an_erased_keeper_leaves_no_word(sqlite_database: Database) -> None:
    hired(sqlite_database)
    checked(sqlite_database, 3, {1: 6}, words="周福生没有来")
    with sqlite_database.writing() as session:
        who = roster.by_code(session, village=VILLAGE, code="G01")
        keepers.forget(session, village=VILLAGE, participant=who.id)
        [found] = keepers.checks(session, village=VILLAGE, keeper=who.id)

    assert "周福生" not in f"{found.words}{found.checker}"
    assert CHECK["checker"] not in found.checker
