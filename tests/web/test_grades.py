"""Grades and keepers as pages, on the card's page and on the public board; nobody low is named there."""

from datetime import date

import pytest

from pointsbank import boards, disclosure, due, grades, publicity
from pointsbank.database import Database
from pointsbank.due import Asked
from tests.builders import COMMITTEE, VILLAGE, Chayuan
from tests.grades.scene import closed
from tests.keepers.scene import checked, hired
from tests.proof.month import on
from tests.web.browser import Browser, words

HOME = f"/v/{VILLAGE}"
TABLE = {
    "name": "文明三色",
    "kind-household": "on",
    "period": "month",
    "measured_on": "honour_sum",
    "from_date": "2026-09-01",
    "resolution": "2026年村民会议",
    "band1": "蓝",
    "sign1": "blue",
    "range1": "10以上",
    "measure1": "表彰",
    "band2": "红",
    "sign2": "red",
    "range2": "低于10",
    "measure2": "谈话",
}


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


def test_a_table_is_typed_in_refused_with_what_falls_through_and_adopted(
    li: Browser, village: Chayuan
) -> None:
    gap = li.post(f"{HOME}/grades", **TABLE | {"range2": "低于9"})
    assert "9.49分落不进任何一档" in words(gap)
    assert 'value="低于9"' in gap.get_data(as_text=True)
    assert village.read(grades.adopted_tables) == []
    unread = li.post(f"{HOME}/grades", **TABLE | {"range2": "九分"})
    assert "看不懂分数段“九分”" in words(unread)

    page = li.follow(li.post(f"{HOME}/grades", **TABLE))

    assert "从2026年9月开始评" in words(page)
    assert "还没有评分，没有等级" in words(page)
    assert li.get(f"{HOME}/grades/1/2026-09").status_code == 200
    assert [
        li.get(f"{HOME}/grades/{odd}").status_code for odd in ("9/2026-09", "x/2026-09", "1/2026-Q3")
    ] == [
        404,
        404,
        422,
    ]


def test_the_table_in_force_is_listed_and_the_coming_one_is_marked(li: Browser) -> None:
    li.post(f"{HOME}/grades", **TABLE)
    li.post(f"{HOME}/grades", **TABLE | {"from_date": "2027-01-01", "range1": "20以上", "range2": "低于20"})

    page = words(li.get(f"{HOME}/grades"))

    current, coming = page.index("现在用的"), page.index("还没有开始，从2027年1月评起")
    assert current < page.index("10以上") < coming < page.index("20以上")
    li.post(f"{HOME}/grades/2/end", from_date="2027-03-01", resolution="2027年村民会议")
    ended = words(li.get(f"{HOME}/grades"))
    assert "现在用的" in ended
    assert "“文明三色”从2027年3月起不再评" in ended


def test_the_public_board_counts_every_band_and_names_the_highest_alone(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(sqlite_database)
    with sqlite_database.reading() as session:
        sections = {one.name: one for one in disclosure.every()}
        [shown] = sections["grades"].gather(session, village=VILLAGE, at=on(3, month=10)) or ()

    assert [(str(one.name), one.count) for one in shown.bands] == [("蓝", 1), ("黄", 4), ("红", 1)]
    assert list(map(str, shown.highest)) == ["王*国"]
    with monkeypatch.context() as patched, sqlite_database.reading() as session:
        patched.setattr("pointsbank.disclosure.sections.grades.NAMES", 0)
        [crowded] = sections["grades"].gather(session, village=VILLAGE, at=on(3, month=10)) or ()
    assert crowded.highest == ()
    with sqlite_database.writing() as session:
        publicity.give_consent(session, village=VILLAGE, participant="0101", by=COMMITTEE, at=on(3, month=10))
    with sqlite_database.writing() as session:
        boards.leave(
            session,
            village=VILLAGE,
            participant="0101",
            signed_on=date(2026, 10, 3),
            by=COMMITTEE,
            at=on(3, month=10),
        )
    with sqlite_database.reading() as session:
        [later] = sections["grades"].gather(session, village=VILLAGE, at=on(3, month=10)) or ()
    assert later.highest == ()


def test_home_says_what_a_band_asks_for_and_who_failed_three_times(sqlite_database: Database) -> None:
    closed(sqlite_database)
    with sqlite_database.reading() as session:
        shown = due.of_village(session, Asked(VILLAGE, on(3, month=10)), may=lambda _: True)
    [asked] = [one.due for one in shown if one.kind.name == "grade_measures"]
    assert "“红”要谈话的还有1个没有做" in asked.sentence
    assert (asked.endpoint, asked.places) == ("one_grade_period", {"table": "1", "period": "2026-Q3"})


def test_the_third_failed_check_is_said_on_home(sqlite_database: Database) -> None:
    hired(sqlite_database)
    for day in (1, 2, 3):
        with sqlite_database.reading() as session:
            asked = Asked(VILLAGE, on(4))
            shown = due.of_village(session, asked, may=lambda _: True)
        assert not [one for one in shown if one.kind.name == "keepers_failing"]
        checked(sqlite_database, day, {1: 6})
    with sqlite_database.reading() as session:
        shown = due.of_village(session, asked, may=lambda _: True)
    [failing] = [one.due for one in shown if one.kind.name == "keepers_failing"]
    assert "周福生（管护员）已经连续3次检查不合格" in failing.sentence


def test_a_keeper_is_checked_seen_again_and_struck_on_pages(li: Browser, village: Chayuan) -> None:
    from_form = {
        "item1": "地面干净",
        "full1": "60",
        "each1": "10",
        "item2": "垃圾桶",
        "full2": "30",
        "each2": "5",
    }
    day = {"from_date": "2026-09-01", "resolution": "村民会议", "pass_mark": "60"}
    assert "现在是90分" in words(li.post(f"{HOME}/keepers/list", **from_form, **day))
    assert "2项" in words(li.follow(li.post(f"{HOME}/keepers/list", **from_form | {"full2": "40"}, **day)))
    who = village.wang.code
    check = {"checked_on": "2026-09-01", "place": "村口", "checker": "李会计"}
    assert "不是管护员" in words(li.post(f"{HOME}/keepers/{who}/checks", **check))
    assert li.get(f"{HOME}/keepers/{who}/checks/none").status_code == 404


def test_an_import_of_bands_is_offered_and_its_empty_table_reads_back(li: Browser) -> None:
    assert "等级表" in words(li.get(f"{HOME}/imports"))
    assert li.get(f"{HOME}/imports/grades/template.xlsx").status_code == 200
