"""Grades of a quarter: counted live, frozen with its last month; who has none, what is done about them."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import grades, proof, roster, scoring
from pointsbank.card_page import statement
from pointsbank.card_visits import CardVisit
from pointsbank.database import Database
from pointsbank.law.problems import NamesSomebody
from pointsbank.sheets import period_poster, slip
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import COMMITTEE, VILLAGE
from tests.grades.scene import BY_LI, COLOURS, HERE, QUARTER, adopted, by_code, closed, of_quarter, scored
from tests.proof import month
from tests.proof.month import on, table

problems = grades.problems

STOOD = {
    "0101": ("蓝", 1500, ""),
    "0102": ("黄", 700, ""),
    "0201": ("黄", 500, ""),
    "0202": ("黄", 0, ""),
    "0203": ("黄", 0, ""),
    "0301": ("红", -500, ""),
    "0302": ("", 0, "away"),
    "0303": ("", 0, "left"),
}


def test_a_quarter_is_counted_live_and_frozen_with_its_last_month(database: Database) -> None:
    scored(database)
    live = of_quarter(database)
    with database.writing() as session:
        proof.close_month(session, village=VILLAGE, month="2026-09", by=COMMITTEE, at=on(30, 8))
    frozen = of_quarter(database)

    assert by_code(database, live) == by_code(database, frozen) == STOOD
    assert (live.frozen, frozen.frozen, frozen.counts) == (False, True, [1, 4, 1])
    assert proof.verify(database, village=VILLAGE).holds


def test_the_poster_of_a_quarter_counts_its_bands_and_names_the_highest_alone(
    sqlite_database: Database,
) -> None:
    scored(sqlite_database)
    with sqlite_database.writing() as session:
        proof.close_month(session, village=VILLAGE, month="2026-09", by=COMMITTEE, at=on(30, 8))
    asked = {"village": VILLAGE, "by": COMMITTEE, "public_url": "", "at": on(8, month=10)}
    with sqlite_database.reading() as session:
        quarter = period_poster.gather(session, **asked, period="2026-Q3")
        year = period_poster.gather(session, **asked, period="2026")

    [found] = quarter.grades
    assert [(one.name, one.sign, one.count) for one in found.bands] == [
        ("蓝", "blue", 1),
        ("黄", "yellow", 4),
        ("红", "red", 1),
    ]
    assert found.highest == ("王*国",) and year.grades == ()


def test_who_was_graded_reads_it_on_the_slip_and_on_the_statement(sqlite_database: Database) -> None:
    scored(sqlite_database)
    asked = {"village": VILLAGE, "by": COMMITTEE, "public_url": ""}
    with sqlite_database.writing() as session:
        before = slip.gather(session, **asked, at=on(30, 7), participant=["0101"])
        proof.close_month(session, village=VILLAGE, month="2026-09", by=COMMITTEE, at=on(30, 8))
    with sqlite_database.reading() as session:
        wang, away = (
            slip.gather(session, **asked, at=on(8, month=10), participant=[code]) for code in ("0101", "0302")
        )
        visit = CardVisit(VILLAGE, wang.participant, on(8, month=10), on(9, month=10))
        own = statement.statement(session, visit=visit, month="", unit="points", at=on(8, month=10))

    assert before.grades == away.grades == ()
    assert wang.grades == own.grades == ("文明三色2026年第三季度：蓝",)


def test_what_comes_later_changes_nothing_that_was_frozen(sqlite_database: Database) -> None:
    closed(sqlite_database)
    with sqlite_database.writing() as session:
        back = {"facts": roster.NewFacts(status="active"), "reason": "回村了"}
        roster.edit(session, **BY_LI | {"at": on(2, month=10)}, code="0302", **back)

    assert by_code(sqlite_database, of_quarter(sqlite_database)) == STOOD
    later = of_quarter(sqlite_database, period="2026-Q4")
    assert not later.frozen
    assert not later.has_grades


def test_the_database_keeps_a_frozen_grade_and_its_table(database: Database) -> None:
    closed(database)
    for change in (
        "UPDATE grade SET band = 0",
        "DELETE FROM grade_band",
        "UPDATE grade_table SET name = 'x'",
    ):
        with pytest.raises(DatabaseError, match="never changed"), database.writing() as session:
            session.connection().execute(text(change))


def test_a_veto_puts_a_household_into_the_lowest_band_at_once(sqlite_database: Database) -> None:
    scored(sqlite_database)
    with sqlite_database.writing() as session:
        wang = roster.by_code(session, village=VILLAGE, code="0101")
        [score, *_] = [
            one for one in scoring.scores(session, village=VILLAGE) if one.participant_id == wang.id
        ]
        roster.restrict(
            session,
            village=VILLAGE,
            participant=wang.id,
            score=score.id,
            kinds=["titles"],
            why="拒不整改",
            ends_on=None,
            by=COMMITTEE,
            at=on(27),
        )

    found = of_quarter(sqlite_database)
    assert by_code(sqlite_database, found)["0101"] == ("红", 1500, "restricted")
    assert all(not found.next_up(line) for line in found.lines if line.absence)


def test_of_a_mean_nobody_is_told_to_earn_what_it_is_short_of(sqlite_database: Database) -> None:
    month.begin(sqlite_database)
    table = adopted(sqlite_database, measured_on="honour_average", from_date=date(2026, 7, 1))
    short = grades.PeriodGrades(table, "2026-Q3", False, ())
    line = grades.Grade("x", None, table.bands[1].range.first(), 1, "")

    assert short.next_up(line).startswith("平均再高")


def test_a_table_begins_with_the_first_period_after_its_day(sqlite_database: Database) -> None:
    month.begin(sqlite_database)
    late = adopted(sqlite_database, from_date=date(2026, 7, 2))

    assert late.first.code == "2026-Q4"
    with sqlite_database.reading() as session:
        assert grades.periods(session, village=VILLAGE, at=on(30)) == []


def test_the_same_adoption_twice_is_one_and_nothing_graded_is_graded_anew(sqlite_database: Database) -> None:
    closed(sqlite_database)
    again = adopted(sqlite_database)

    assert again.number == 1
    with pytest.raises(problems.TableTooEarly, match="最早只能从2026年10月1日起"):
        adopted(sqlite_database, *COLOURS[:2], ("橙", "", "低于0", "提醒"), from_date=date(2026, 9, 1))
    newer = adopted(sqlite_database, *COLOURS[:2], ("橙", "", "低于0", "提醒"), from_date=date(2026, 10, 1))
    assert (newer.number, of_quarter(sqlite_database).table.number) == (2, 1)
    # A table that came later, or whose place was taken, does not say what it would have given.
    for table_number, period in ((2, QUARTER), (1, "2026-Q4")):
        with pytest.raises(problems.PeriodNotGraded):
            of_quarter(sqlite_database, table=table_number, period=period)


def test_a_table_ends_by_a_resolution_and_grades_nobody_after(sqlite_database: Database) -> None:
    scored(sqlite_database)
    with sqlite_database.writing() as session:
        grades.end_table(session, **BY_LI, table=1, resolution="村民会议", from_date=date(2026, 9, 1))
        proof.close_month(session, village=VILLAGE, month="2026-09", by=COMMITTEE, at=on(30, 8))
        assert [one.code for _, one in grades.periods(session, village=VILLAGE, at=on(3, month=10))] == [
            QUARTER
        ]
    assert of_quarter(sqlite_database).frozen


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"measured_on": "category"}, "TableUnfit"),
        ({"category": "环境卫生"}, "TableUnfit"),
        ({"measured_on": "patrol"}, "TableUnfit"),
        ({"kinds": []}, "TableUnfit"),
        ({"from_date": date(2028, 1, 1)}, "TableTooFar"),
    ],
)
def test_what_does_not_fit_is_refused(sqlite_database: Database, more: dict, refusal: str) -> None:
    month.begin(sqlite_database)
    with pytest.raises(getattr(problems, refusal)):
        adopted(sqlite_database, **more)


_ENDS = "scheme,band,lower,upper,lower_inclusive,upper_inclusive,text,多久评一次,按什么评\n"
_OPEN_ENDS = (
    "信用,五星,1060,,False,True,得分>1060,年,荣誉\n信用,四星,-2.5,1060,False,True,,,\n"
    "信用,零星,,-2.5,,True,≤-2.5 或直接判级,,\n"
)


def test_a_table_of_ends_leaves_no_mark_out(sqlite_database: Database) -> None:
    month.begin(sqlite_database)
    day = {"resolution": "村民会议", "from_date": date(2026, 9, 1)}
    whole_table = table("bands", _ENDS + _OPEN_ENDS)
    with sqlite_database.writing() as session:
        grades.import_tables(session, **BY_LI, table=whole_table, **day)
        [made] = grades.adopted_tables(session, village=VILLAGE)
    assert [band.range.written for band in made.bands] == ["得分>1060", "-2.5<得分≤1060", "得分≤-2.5"]

    for before, after, refusal in (
        ("1060,False,True,", "1060,False,False,", "1060分落不进任何一档"),
        ("-2.5,1060,False", "-2.49,1060,False", "-2.49分落不进任何一档"),
        ("-2.5,1060,False", "-2.5,1060,True", "-2.5分两档都算"),
        (",,-2.5,,True,≤-2.5 或直接判级", ",-99,-2.5,,True,", "-100分低于最低的“零星”"),
        ("1060,,False", "1060,2000,False", "2001分高于最高的“五星”"),
        (",年,荣誉", ",,", "没有写多久评一次、按什么评"),
    ):
        wrong = table("bands", (_ENDS + _OPEN_ENDS).replace(before, after).replace("信用,", "另一张,"))
        with pytest.raises(BadRows, match=refusal), sqlite_database.writing() as session:
            grades.import_tables(session, **BY_LI, table=wrong, **day)


def test_no_band_names_anybody(sqlite_database: Database) -> None:
    month.begin(sqlite_database)
    with pytest.raises(NamesSomebody):
        adopted(sqlite_database, *COLOURS[:2], ("李秀英式", "red", "低于0", "谈话"))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"measured_on": "honour_average"}, {"0101": 500, "0102": 233, "0301": -167}),
        ({"measured_on": "category", "category": "环境卫生"}, {"0101": 500, "0102": 700, "0301": -500}),
        ({"measured_on": "stars", "category": "环境卫生"}, {"0101": 100, "0102": 100, "0301": 0}),
        ({"measured_on": "honour_with_base"}, {"0101": 1500, "0102": 700, "0301": -500}),
    ],
)
def test_what_is_measured_is_what_the_table_says(
    sqlite_database: Database, more: dict, expected: dict[str, int]
) -> None:
    scored(sqlite_database)
    made = adopted(
        sqlite_database, ("好", "a", "1以上", ""), ("一般", "b", "不到1", ""), name="另一张", **more
    )

    found = by_code(sqlite_database, of_quarter(sqlite_database, table=made.number))
    assert {code: found[code][1] for code in expected} == expected


def test_what_a_colour_asks_for_waits_until_it_is_done(sqlite_database: Database) -> None:
    closed(sqlite_database)
    doing = {**HERE, "by": COMMITTEE, "at": on(8, month=10), "table": 1, "period": QUARTER}
    with sqlite_database.writing() as session:
        waiting = grades.measures_waiting(session, village=VILLAGE)
        assert {one.band.name: one.count for one in waiting} == {"蓝": 1, "红": 1}
        done = {"participants": ["0301"], "done_on": date(2026, 10, 7), "done_by": "李主任"}
        assert grades.mark_done(session, **doing, **done) == 1
        assert grades.mark_done(session, **doing, **done) == 0
        assert [one.band.name for one in grades.measures_waiting(session, village=VILLAGE)] == ["蓝"]
        with pytest.raises(problems.NothingAsked, match="0202"):
            grades.mark_done(session, **doing, **done | {"participants": ["0202"]})
        with pytest.raises(problems.MeasureDayInvalid):
            grades.mark_done(session, **doing, **done | {"done_on": date(2026, 9, 30)})


_HEADER = "表名,给谁评,多久评一次,按什么评,等级,标志,分数段,怎么做\n"
_STARS = _HEADER + (
    "党员户,户,年,荣誉,一星,一星,60–69,\n党员户,,,,二星,二星,70–79,\n党员户,,,,三星,三星,80–89,\n"
    "党员户,,,,四星,四星,90–95,\n党员户,,,,五星,五星,96以上,表彰\n党员户,,,,不挂牌,不挂牌,<60,\n"
)


def test_a_file_with_a_gap_is_refused_with_the_mark_and_writes_nothing(sqlite_database: Database) -> None:
    month.begin(sqlite_database)
    day = {"resolution": "村民会议", "from_date": date(2026, 9, 1)}
    gap = table("bands", _STARS)
    with pytest.raises(BadRows, match=r"95\.5分落不进任何一档"), sqlite_database.writing() as session:
        grades.import_tables(session, **BY_LI, table=gap, **day)
    shut = table("bands", _STARS.replace("90–95", "90不到96").replace("9,\n", "9.99,\n"))
    with sqlite_database.writing() as session:
        assert grades.adopted_tables(session, village=VILLAGE) == []
        done = grades.import_tables(session, **BY_LI, table=shut, **day)
        again = grades.import_tables(session, **BY_LI, table=shut, **day)
        [made] = grades.adopted_tables(session, village=VILLAGE)

    assert (done.added, again.added, again.unchanged) == (1, 0, 1)
    assert [band.name for band in made.bands] == ["五星", "四星", "三星", "二星", "一星", "不挂牌"]
    with pytest.raises(problems.AdoptionUnsaid), sqlite_database.writing() as session:
        grades.import_tables(session, **BY_LI, table=shut)
