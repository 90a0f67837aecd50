"""Who has a role in a township sees the totals of its villages, and other villages are not there for him."""

import re

import pytest
from flask import Flask

from pointsbank import governing, staff, villages
from pointsbank.staff import permissions
from pointsbank.web import access
from tests.builders import NEIGHBOUR, NOW, VILLAGE, Chayuan
from tests.missed_rules import TakenOut, check
from tests.staff.people import HASHED, LONG_AGO, hire, settle_in
from tests.web.browser import Browser, words
from tests.web.test_second_factor import enrol

BY = {"by": "operator", "at": NOW}
VILLAGE_PART = re.compile(r"<(key:)?village>")


@pytest.fixture
def townships(village: Chayuan) -> tuple[str, str]:
    """河口 with the village, 山前 with its neighbour; 何 sees 河口."""
    village.found_neighbour()
    with village.database.writing() as session:
        hekou, shanqian = (governing.make_township(session, name=name).id for name in ("河口镇", "山前乡"))
        governing.place_village(session, village=VILLAGE, township=hekou, **BY)
        governing.place_village(session, village=NEIGHBOUR, township=shanqian, **BY)
        account = {"login": "he", "password": HASHED, "name": "何干事", "by": "operator", "at": LONG_AGO}
        roles = [(staff.township_place(hekou), "county")]
        settle_in(session, governing.add_staff(session, roles=roles, **account))
    return hekou, shanqian


@pytest.fixture
def headers(village: Chayuan, townships: tuple[str, str]) -> dict[str, str]:
    """The header of a program that acts for 何."""
    return bearer(village)


@pytest.fixture
def he(app: Flask, townships: tuple[str, str]) -> Browser:
    """何, signed in with a telephone."""
    return with_telephone(app, "he")


def with_telephone(app: Flask, login: str) -> Browser:
    """Sign somebody in, and set up the telephone that who sees many villages needs."""
    browser = Browser(app).sign_in(login)
    enrol(browser)
    return browser


def bearer(village: Chayuan) -> dict[str, str]:
    """The header of a program that acts for 何."""
    with village.database.writing() as session:
        token = staff.make_token(session, login="he", by=staff.by_login(session, login="he").id, at=NOW)
    return {"Authorization": f"Bearer {token}"}


def routes_of_a_village(app: Flask) -> list[tuple[str, str]]:
    """Method and address, up to the village, of every route of a village that is not public."""
    return [
        (method, re.sub(r"<[^>]+>", "x", VILLAGE_PART.sub("VILLAGE", rule)))
        for method, rule, needed in access.routes(app)
        if VILLAGE_PART.search(rule) and needed != access.PUBLIC
    ]


def answers(app: Flask, browser: Browser, village: str, headers: dict[str, str]) -> dict[str, int]:
    """What each route of a village says to 何."""
    sent = {"headers": headers, "data": {"csrf_token": browser.token}}
    asked = [(method, path, path.replace("VILLAGE", village)) for method, path in routes_of_a_village(app)]
    return {
        f"{method} {path}": browser.client.open(address, method=method, **sent).status_code
        for method, path, address in asked
    }


def test_of_a_village_of_the_township_totals_are_open_and_nothing_else(
    he: Browser, app: Flask, headers: dict[str, str]
) -> None:
    said = answers(app, he, VILLAGE, headers)

    assert len(said) > 100
    assert {one for one, status in said.items() if status != 403} == {
        "GET /v/VILLAGE",
        "GET /v/VILLAGE/start",
        "GET /v/VILLAGE/practice",
        "POST /v/VILLAGE/practice/enter",
        "GET /api/v1/villages/VILLAGE",
        "GET /api/v1/villages/VILLAGE/requests/x",
        "GET /api/v1/villages/VILLAGE/sheets",
    }


def test_a_village_of_another_township_is_not_there(he: Browser, app: Flask, headers: dict[str, str]) -> None:
    foreign, none = (answers(app, he, code, headers) for code in (NEIGHBOUR, "nowhere"))

    assert set(foreign.values()) == {404}
    assert foreign == none


def test_home_and_api_list_the_township_s_villages_alone(
    he: Browser, village: Chayuan, headers: dict[str, str], townships: tuple[str, str]
) -> None:
    _, shanqian = townships
    entered = he.get("/").headers["Location"]
    listed = he.client.get("/api/v1/villages", headers=headers).json
    with village.database.writing() as session:
        governing.place_village(session, village=NEIGHBOUR, township=townships[0], **BY)
        governing.place_village(session, village=VILLAGE, township=shanqian, **BY)
    later = he.client.get("/api/v1/villages", headers=headers).json

    assert entered == f"/v/{VILLAGE}"
    assert [one["code"] for one in listed["items"]] == [VILLAGE]
    assert [one["code"] for one in later["items"]] == [NEIGHBOUR]
    assert (he.get(f"/v/{VILLAGE}").status_code, he.get(f"/v/{NEIGHBOUR}").status_code) == (404, 200)


def test_a_village_s_admin_sees_who_sees_it_and_cannot_take_that(
    he: Browser, app: Flask, village: Chayuan
) -> None:
    sun = Browser(app).sign_in("sun")

    page = words(sun.get(f"/v/{VILLAGE}/staff"))
    acts = [
        sun.post(f"/v/{VILLAGE}/staff/he/{act}").status_code
        for act in ("remove", "disable", "enable", "tokens/revoke", "lost-telephone")
    ]

    assert "县镇（河口镇）" in page
    assert "由所有村的管理员管理" in page and "管理何干事的账号" not in page
    shown = sun.get(f"/v/{VILLAGE}/staff/he")
    assert shown.status_code == 200
    assert "县镇（河口镇）" in words(shown) and "重设密码" not in words(shown)
    assert acts == [409] * 5
    assert he.get(f"/v/{VILLAGE}").status_code == 200


def test_the_townships_are_no_page_of_a_village_s_admin(app: Flask, townships: tuple[str, str]) -> None:
    sun = Browser(app).sign_in("sun")

    assert sun.get("/townships").status_code == 403
    assert sun.post("/townships/villages", village=VILLAGE, township=townships[1]).status_code == 403
    assert sun.post(f"/townships/{townships[0]}/staff/he/remove").status_code == 403
    assert "乡镇</a>" not in words(sun.follow(sun.get("/")))


def test_who_runs_the_installation_divides_it_on_a_page(
    app: Flask, village: Chayuan, townships: tuple[str, str]
) -> None:
    hekou, _ = townships
    hire(village.database, "root", "admin", village=None)
    root = with_telephone(app, "root")
    new = {"login": "fang", "person": "方干事", "password": "tiedao yusan pingguo"}

    assert "乡镇</a>" in words(root.get("/"))
    made = words(root.follow(root.post("/townships", name="林场")))
    again = root.post("/townships", name="林场")
    renamed = words(root.follow(root.post(f"/townships/{hekou}/name", name="河口街道")))
    moved = words(root.follow(root.post("/townships/villages", village=NEIGHBOUR, township=hekou)))
    out = words(root.follow(root.post("/townships/villages", village=VILLAGE, township="")))
    added = words(root.follow(root.post(f"/townships/{hekou}/staff", **new)))
    gone = words(root.follow(root.post(f"/townships/{hekou}/staff/he/remove")))
    unknown = root.get("/townships/aaaaaaaaaaaaaaaa")

    assert "已设立林场" in made and "林场" in made
    assert (again.status_code, unknown.status_code) == (409, 404)
    assert "河口街道" in renamed
    assert "已划入河口街道" in moved and "不再属于乡镇" in out
    assert "方干事" in added and "何干事" in added
    assert "何干事" not in gone and "方干事" in gone


def test_every_wrong_field_of_a_new_person_is_named_at_once(
    app: Flask, village: Chayuan, townships: tuple[str, str]
) -> None:
    hire(village.database, "root", "admin", village=None)
    root = with_telephone(app, "root")
    wrong = {"login": "方 干事", "person": "\u202e方", "password": "fang"}
    refused = words(root.post(f"/townships/{townships[0]}/staff", **wrong))
    common = {"login": "方", "person": "方干事", "password": "jifenyinhang2026"}
    guessed = words(root.post(f"/townships/{townships[0]}/staff", **common))

    assert "有3处需要改正" in refused
    assert all(f'id="{field}-wrong"' in refused for field in wrong)
    assert "有2处需要改正" in guessed and 'id="login-wrong"' in guessed and 'id="password-wrong"' in guessed


def test_who_sees_totals_is_shown_them_and_nobody_s_name(he: Browser, village: Chayuan) -> None:
    village.give(village.wang, 12)
    page = words(he.get(f"/v/{VILLAGE}"))

    assert re.search(r"户数</dt><dd[^>]*>8<", page)
    assert re.search(r"手里的可用积分</dt><dd[^>]*>12<", page)
    assert "王建国" not in page and "0101" not in page


RULES = [
    TakenOut(
        permissions.SignedIn.roles_in,
        "code == village",
        "True",
        test_a_village_of_another_township_is_not_there,
    ),
    TakenOut(
        permissions.may,
        "permission in OF_THE_INSTALLATION",
        "False",
        test_the_townships_are_no_page_of_a_village_s_admin,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)


def test_a_township_without_villages_says_where_its_changes_stand_and_they_stand_there(
    app: Flask, village: Chayuan
) -> None:
    hire(village.database, "sheng", "admin", village=None)
    sheng = with_telephone(app, "sheng")
    path = sheng.follow(sheng.post("/townships", name="山前乡")).request.path
    [path] = re.findall(r'href="(/townships/[^"]+)"', words(sheng.get("/townships")))
    page = words(sheng.get(path))
    assert "设立和改名还不记日志" in page and "人员变动记在每个村的“登录记录”里" in page

    added = sheng.post(f"{path}/staff", person="何干事", login="he", password="a long enough password")
    assert added.status_code == 303
    assert sheng.post(f"{path}/staff/he/remove").status_code == 303

    events = list_of_events(Browser(app).sign_in("zhao"))
    assert events.count("何干事") >= 2 and "添加人员" in events and "角色变更" in events
    with village.database.writing() as session:
        [made] = villages.townships(session)
        governing.place_village(session, village=VILLAGE, township=made.id, **BY)
    assert "改名和人员变动都记入这些村的日志" in words(sheng.get(path))


def list_of_events(somebody: Browser) -> str:
    """The rows of the page of sign-ins."""
    return words(somebody.get(f"/v/{VILLAGE}/staff-events")).partition("<tbody>")[2]
