"""The first start: one code, one administrator, one village."""

import re
from pathlib import Path

import pytest

from pointsbank import staff, villages
from pointsbank.database import Database
from pointsbank.web.app import create_app
from tests.builders import NOW
from tests.web.browser import Browser, words
from tests.web.conftest import settings
from tests.web.test_second_factor import enrol

ACCOUNT = {"login": "sun", "name": "孙管理员", "password": "a long enough password"}


@pytest.fixture
def fresh(sqlite_database: Database, tmp_path: Path) -> Browser:
    return Browser(create_app(settings(tmp_path), sqlite_database))


def code(database: Database) -> str:
    with database.writing() as session:
        return staff.make_setup_code(session, at=NOW)


def test_before_anybody_can_sign_in_everything_leads_to_setup(fresh: Browser) -> None:
    assert fresh.follow(fresh.follow(fresh.get("/"))).request.path == "/setup"


def test_setup_makes_the_administrator_and_the_village_and_signs_in(
    fresh: Browser, sqlite_database: Database
) -> None:
    place = {"village_code": "chayuan", "village_name": "茶源村"}
    done = fresh.post("/setup", code=code(sqlite_database), **ACCOUNT, **place)

    assert fresh.follow(fresh.follow(done)).status_code == 200
    with sqlite_database.reading() as session:
        assert [one.id for one in villages.everyone(session)] == ["chayuan"]
        # Whoever has just set it up is not said to have been away for half a year.
        assert list(staff.last_sign_ins(session, village="chayuan").values()) != []


def test_a_village_can_be_founded_later_and_begins_its_first_day(
    fresh: Browser, sqlite_database: Database
) -> None:
    fresh.post("/setup", code=code(sqlite_database), **ACCOUNT)
    enrol(fresh)
    assert "建一个村" in words(fresh.get("/"))
    place = {"village_code": "xintian", "village_name": "新田村", "contact_phone": "0596-7654321"}

    assert fresh.post("/villages/new", **{**place, "contact_phone": "找王建国"}).status_code == 422
    done = fresh.follow(fresh.post("/villages/new", **place))

    assert done.request.path == "/v/xintian/start" and "还缺投诉电话" in words(done)
    with sqlite_database.reading() as session:
        assert villages.settings(session, village="xintian").contact_phone == "0596-7654321"


def test_a_bad_village_code_loses_neither_the_words_nor_the_code(
    fresh: Browser, sqlite_database: Database
) -> None:
    right = code(sqlite_database)
    refused = fresh.post("/setup", code=right, **ACCOUNT, village_code="茶源", village_name="茶源村")

    assert refused.status_code == 422
    assert 'value="孙管理员"' in words(refused)
    assert fresh.post("/setup", code=right, **ACCOUNT).status_code == 303


def test_a_wrong_code_may_be_guessed_ten_times(fresh: Browser, sqlite_database: Database) -> None:
    code(sqlite_database)
    answers = [fresh.post("/setup", code=f"WRONG-{n}", **ACCOUNT).status_code for n in range(11)]

    assert answers == [403] * 10 + [429]


def test_a_neighbour_s_wrong_codes_keep_the_right_one_out_never(
    fresh: Browser, sqlite_database: Database
) -> None:
    right = code(sqlite_database)
    for number in range(11):
        fresh.post("/setup", code=f"WRONG-{number}", **ACCOUNT)

    assert fresh.post("/setup", code=right, **ACCOUNT).status_code == 303


def test_a_second_setup_is_sent_away_and_told_why(sqlite_database: Database, tmp_path: Path) -> None:
    right, site = code(sqlite_database), create_app(settings(tmp_path), sqlite_database)
    fresh, second = Browser(site), Browser(site)
    second.get("/setup")
    fresh.post("/setup", code=right, **ACCOUNT)

    assert fresh.get("/setup").status_code == 303
    sent = second.post("/setup", code=right, **ACCOUNT | {"login": "zhou"})
    assert "安装码已经用过" in words(second.follow(sent))


def test_what_needs_people_who_are_not_there_is_named_before_and_after(
    fresh: Browser, sqlite_database: Database
) -> None:
    page = words(fresh.get("/setup"))
    assert "一个村最少要三个人" in page and "<li>盘点入账</li>" in page

    place = {"village_code": "chayuan", "village_name": "茶源村"}
    fresh.post("/setup", code=code(sqlite_database), **ACCOUNT, **place)

    enrol(fresh)
    home = words(fresh.get("/v/chayuan"))
    assert "现在缺评议小组、超市店员、村务监督" in home
    assert re.search("<li>只有孙管理员一个人，还要另一位[^<]*盘点入账", home)
    [nobody] = re.findall("<li>还没有村务监督：([^<]*)", home)
    assert {"答复对上榜的异议", "答复对评分的异议"} <= set(nobody.split("、"))


def test_a_village_with_its_people_is_told_of_nothing_shut(browser: Browser) -> None:
    assert "一个村最少要三个人" not in words(browser.sign_in("li").get("/v/chayuan"))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("login", {"login": "孙"}),
        ("name", {"name": "孙‮"}),
        ("password", {"password": "short"}),
        ("village_code", {"village_code": "Ü", "village_name": "茶源村"}),
        ("village_name", {"village_code": "chayuan"}),
    ],
)
def test_what_a_rule_finds_wrong_is_said_at_its_field(
    field: str, wrong: dict[str, str], fresh: Browser, sqlite_database: Database
) -> None:
    refused = fresh.post("/setup", code=code(sqlite_database), **ACCOUNT | wrong)

    assert refused.status_code == 422 and f'id="{field}-wrong"' in words(refused)
    assert f'href="#{field}"' in words(refused)
