"""The page 上墙用语: the rules with their laws, and a sentence tried before the meeting."""

from datetime import date

import pytest
from sqlalchemy import text

from pointsbank import law, scoring
from pointsbank.spreadsheets import read_table
from tests.builders import COMMITTEE, VILLAGE, Chayuan
from tests.web.browser import Browser, words
from tests.web.conftest import ROLES

SCHEME = "编号,类别,条目,方向,分值\nA1,环境卫生,门前整洁,加分,5\nX1,遵纪守法,参与赌博,扣分,20\n"


@pytest.mark.parametrize("login", sorted(ROLES))
def test_everybody_signed_in_reads_the_rules(browser: Browser, login: str) -> None:
    page = words(browser.sign_in(login).get("/wording"))

    rules = [rule for kind in law.KINDS for rule in kind.rules]
    assert [rule.code for rule in rules if f'id="{rule.code}"' not in page] == []
    assert [rule.source for rule in rules if rule.source not in page] == []


def test_a_sentence_that_may_hang_is_said_to(browser: Browser) -> None:
    tried = browser.sign_in("li").post("/wording", text="门前杂物堆放，三次提醒未清理", use="fact")

    assert tried.status_code == 200
    assert "可以上墙" in words(tried)


def test_one_that_may_not_is_answered_with_law_and_other_words_and_stays_in_the_box(browser: Browser) -> None:
    tried = browser.sign_in("li").post("/wording", text="因赌博被拘留", use="fact")

    assert tried.status_code == 422
    assert "治安管理处罚法第136条" in words(tried)
    assert 'value="因赌博被拘留"' in words(tried)


def test_a_fact_of_an_unusual_matter_is_said_to_be_asked_about_once_more(browser: Browser) -> None:
    li = browser.sign_in("li")

    asked = "要再读一遍"
    assert asked in words(li.post("/wording", text="有作风问题", use="fact"))
    assert asked not in words(li.post("/wording", text="门前杂物堆放，三次提醒未清理", use="fact"))
    assert asked not in words(li.post("/wording", text="帮扶残疾邻居", use="deed"))


def test_the_same_words_stand_as_a_deed_and_not_as_a_fact(browser: Browser) -> None:
    li = browser.sign_in("li")

    assert li.post("/wording", text="帮扶残疾邻居", use="deed").status_code == 200
    assert li.post("/wording", text="帮扶残疾邻居", use="fact").status_code == 422


@pytest.mark.parametrize("login", ["li", "zhao"])
def test_a_sentence_that_names_somebody_is_said_to_whoever_works_there(browser: Browser, login: str) -> None:
    tried = browser.sign_in(login).post("/wording", text="王建国门前堆放杂物", use="fact")

    assert tried.status_code == 422
    assert "请只写事情和地方" in words(tried)


def test_what_is_tried_is_kept_nowhere(browser: Browser, village: Chayuan) -> None:
    browser.sign_in("li").post("/wording", text="因赌博被拘留", use="fact")

    with village.database.reading() as session:
        tables = session.connection().execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        rows = [
            str(session.connection().execute(text(f'SELECT * FROM "{name}"')).all()) for (name,) in tables
        ]
    assert not [row for row in rows if "因赌博被拘留" in row]


def test_the_rules_page_says_which_items_stay_off_the_wall(browser: Browser, village: Chayuan) -> None:
    village.write(
        scoring.import_scheme,
        table=read_table("scheme.csv", SCHEME.encode()),
        resolution="2026年第二次村民会议",
        from_date=date(2026, 8, 1),
        unpublished=["X1"],
        by=COMMITTEE,
    )

    page = words(browser.sign_in("li").get(f"/v/{VILLAGE}/scheme"))

    assert page.count(">“赌”属于违反治安管理的行为") == 1


def test_a_name_from_before_its_rule_is_named_on_the_home_page(browser: Browser, village: Chayuan) -> None:
    with village.database.writing() as session:
        session.connection().execute(text("UPDATE village_group SET name='低保户组' WHERE position=1"))

    assert "低保户组：墙上写“第1个小组”" in words(browser.sign_in("li").get(f"/v/{VILLAGE}"))
