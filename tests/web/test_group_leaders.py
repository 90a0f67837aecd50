"""Who leads a group sees its households and scores them; households of other groups are not there for him."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from flask import Flask

from pointsbank import boards, governing, roster, scoring, staff, villages
from pointsbank.roster.columns import roster_query
from pointsbank.roster.participants import by_code
from pointsbank.scoring.columns import _wanted
from pointsbank.scoring.entering import lock_for_entering
from pointsbank.spreadsheets import read_table
from pointsbank.web import access
from pointsbank.web.api import groups as api_groups
from pointsbank.web.api import meetings as api_meetings
from pointsbank.web.pages import meeting_withdrawing
from tests.builders import NOW, VILLAGE, Chayuan
from tests.house.permissions import routes_in_group
from tests.missed_rules import TakenOut, check
from tests.staff.people import HASHED, LONG_AGO, settle_in
from tests.web.browser import Browser, words

HOME = f"/v/{VILLAGE}"
API = f"/api/v1/villages/{VILLAGE}"
SWEEPING = {"item": "清扫", "occurred_on": "2026-08-20"}


@pytest.fixture
def first(village: Chayuan) -> str:
    """The first group."""
    return str(village.read(villages.group_by_name, name="一组").id)


@pytest.fixture
def qian(village: Chayuan, first: str, app: Flask) -> Browser:
    """钱, who leads it, signed in."""
    lead(village, first)
    return Browser(app).sign_in("qian")


@pytest.fixture
def meeting(village: Chayuan) -> str:
    """A meeting that is open."""
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计"]}
    return str(village.write(scoring.open_meeting, **held).id)


def lead(village: Chayuan, *groups: str, also: str | None = None) -> None:
    """Let 钱 lead these groups."""
    roles = [(staff.group_place(VILLAGE, group), "leader") for group in groups]
    roles += [(VILLAGE, also)] if also else []
    with village.database.writing() as session:
        account = {"login": "qian", "password": HASHED, "name": "钱组长", "by": "operator", "at": LONG_AGO}
        settle_in(session, governing.add_staff(session, roles=roles, **account))


def bearer(village: Chayuan) -> dict[str, str]:
    """The header of a program that acts for 钱."""
    with village.database.writing() as session:
        token = staff.make_token(session, login="qian", by=staff.by_login(session, login="qian").id, at=NOW)
    return {"Authorization": f"Bearer {token}"}


def test_the_roster_of_a_leader_is_the_group(qian: Browser, village: Chayuan) -> None:
    page = words(qian.get(f"{HOME}/roster"))
    asked = words(qian.get(f"{HOME}/roster?q=0201"))
    told = qian.client.get(f"{API}/participants", headers=bearer(village)).json

    assert re.findall(r"roster/([0-9A-Z]+)\"", page) == ["0101", "0102"]
    assert "二组" not in page
    assert "没有找到" in asked
    assert [one["code"] for one in told["items"]] == ["0101", "0102"]


def test_the_finder_of_a_leader_knows_the_group_alone(qian: Browser) -> None:
    found = {query: qian.get(f"{HOME}/find?q={query}").json for query in ("wjg", "0201", "二组")}

    assert [one["code"] for one in found["wjg"]["items"]] == ["0101", "0102"]
    assert found["0201"] == found["二组"] == {"items": [], "more": False, "meant": None}


@pytest.mark.parametrize(
    "path", [f"{HOME}/roster/CODE", f"{API}/participants/CODE", f"{API}/participants/CODE/statement"]
)
def test_a_household_of_another_group_looks_like_none(qian: Browser, village: Chayuan, path: str) -> None:
    headers = bearer(village)

    own, other, none = (
        qian.get(path.replace("CODE", code), headers=headers) for code in ("0101", "0201", "0999")
    )

    assert (own.status_code, other.status_code) == (200, 404)
    assert words(other).replace("0201", "0999") == words(none)


def test_no_link_of_a_leader_s_pages_leads_to_what_is_closed(
    qian: Browser, village: Chayuan, app: Flask, meeting: str
) -> None:
    """A household with a score that counts and a listing has most to lead to."""
    village.give(village.wang, 12)
    village.write(boards.propose_red, month="2026-09", participants=["0101"])
    waiting, opened = [f"{HOME}", f"{HOME}/roster/0101", f"{HOME}/meetings/{meeting}"], dict[str, int]()
    while waiting:
        path = waiting.pop()
        if path not in opened:
            answer = qian.get(path)
            opened[path] = answer.status_code
            if answer.mimetype == "text/html":
                waiting += [unescape(one) for one in re.findall(r'href="(/[^"#]*)', words(answer))]

    assert {path for path, status in opened.items() if status == 403} == set()
    assert len(opened) > 10


def closed_to_leaders(app: Flask) -> Iterator[tuple[str, str]]:
    """Method and address of every route of the village that does not say that it sees to groups."""
    seeing = set(routes_in_group(app))
    for method, rule, needed in access.routes(app):
        if VILLAGE_PART.search(rule) and (method, rule) not in seeing and needed != access.PUBLIC:
            yield method, re.sub(r"<[^>]+>", "x", VILLAGE_PART.sub(VILLAGE, rule))


VILLAGE_PART = re.compile(r"<(key:)?village>")


def test_every_other_route_of_the_village_is_closed_to_a_leader(
    qian: Browser, village: Chayuan, app: Flask
) -> None:
    headers = bearer(village)
    closed = list(closed_to_leaders(app))

    sent = {"headers": headers, "data": {"csrf_token": qian.token}}
    answers = {one: qian.client.open(one[1], method=one[0], **sent).status_code for one in closed}

    assert len(closed) > 60
    assert {one for one, status in answers.items() if status != 403} == set()


def test_every_route_of_a_leader_is_known_to_see_to_the_group(app: Flask) -> None:
    """A route that is opened to leaders needs a test that another group's households are not there."""
    assert {
        rule.removeprefix("/v/<village>").removeprefix("/api/v1/villages/<key:village>")
        for _, rule in routes_in_group(app)
    } == {
        "",
        "/find",
        # The rules are everybody's.
        "/find-items",
        "/roster",
        "/roster/<code>",
        # Of these tests/web/test_claims.py.
        "/claims",
        "/claims/<claim>",
        "/claims/<claim>/opinion",
        "/claims/<claim>/photos",
        "/claims/<claim>/photos/<photo>",
        "/claims/<claim>/photos/<photo>/withdraw",
        # Of these tests/web/test_ceremonies.py.
        "/ceremonies",
        "/ceremonies/<ceremony>",
        "/ceremonies/<ceremony>/cancel",
        "/ceremonies/<ceremony>/photos",
        "/ceremonies/<ceremony>/photos/<photo>",
        "/ceremonies/<ceremony>/photos/<photo>/withdraw",
        "/ceremonies/<ceremony>/pledge.pdf",
        "/ceremonies/<ceremony>/postpone",
        "/ceremonies/<ceremony>/report",
        "/ceremonies/<ceremony>/sign",
        # The limits are everybody's.
        "/ceremonies/limits",
        # Of this tests/web/test_counter.py.
        "/day-books/<meeting>",
        # Of these tests/web/test_inspections.py.
        "/inspections",
        "/inspections/rounds",
        "/inspections/rounds/<walk>",
        "/inspections/rounds/<walk>/end",
        "/inspections/rounds/<walk>/households/<code>",
        "/inspections/rounds/<walk>/order",
        "/inspections/<inspection>",
        "/inspections/<inspection>/look",
        "/inspections/<inspection>/photos",
        "/inspections/<inspection>/photos/<photo>",
        "/inspections/<inspection>/photos/<photo>/withdraw",
        "/meetings",
        "/meetings/<meeting>",
        "/meetings/<call>/call",
        # Of these tests/web/test_score_sheets.py.
        "/meetings/<meeting>/sheets",
        "/meetings/<meeting>/sheets/print",
        "/meetings/<meeting>/sheets/photos",
        "/meetings/<meeting>/sheets/<sheet>",
        "/meetings/<meeting>/sheets/<sheet>/scores",
        "/meetings/<meeting>/sheets/<sheet>/drop",
        "/meetings/<meeting>/sheets/<sheet>/photos/<photo>",
        # Of these two tests/web/test_entry_line.py.
        "/meetings/<meeting>/foresee",
        "/meetings/<meeting>/lines",
        "/meetings/<meeting>/scores",
        "/meetings/<meeting>/scores/<score>/withdraw",
        # Of these tests/web/test_meeting_grid.py.
        "/meetings/<meeting>/grid",
        "/meetings/<meeting>/grid/scores",
        "/scheme",
        "/scheme/compare",
        "/scheme/starters/<starter>.xlsx",
        "/scheme/template.csv",
        "/groups",
        "/groups/<key:group>",
        "/items",
        "/items/<key:item>",
        "/meetings/<key:meeting>",
        "/meetings/<key:meeting>/scores",
        "/scores/<key:score>",
        "/participants",
        "/participants/<key:code>",
        "/participants/<key:code>/statement",
    }


def enter(browser: Browser, meeting: str, codes: str) -> str:
    """What is said to somebody who enters a score for these codes."""
    fields = {"codes": codes, "request_id": f"entered-{codes}".replace(" ", "-"), **SWEEPING}
    sent = browser.post(f"{HOME}/meetings/{meeting}/scores", **fields)
    return words(browser.follow(sent)) if sent.status_code == 303 else words(sent)


def test_a_leader_scores_households_of_the_group_alone(qian: Browser, village: Chayuan, meeting: str) -> None:
    body = {**SWEEPING, "request_id": "program-0001", "participant": "0202"}
    refused = enter(qian, meeting, "0102 0201")
    program = qian.client.post(f"{API}/meetings/{meeting}/scores", json=body, headers=bearer(village))

    assert "没有找到“0201”" in refused and "没有找到“0102”" not in refused
    assert "没有户号“0202”" in words(program)
    assert village.read(scoring.scores, meeting=meeting) == []
    assert "已录入1条" in enter(qian, meeting, "0101")


def test_a_leader_sees_the_group_s_scores_and_strikes_out_his_own(
    qian: Browser, app: Flask, village: Chayuan, meeting: str
) -> None:
    enter(Browser(app).sign_in("li"), meeting, "0102 0201")
    enter(qian, meeting, "0101")
    page = words(qian.get(f"{HOME}/meetings/{meeting}"))
    ids = {one.code: one.id for one in village.read(scoring.scores, meeting=meeting)}

    struck = {code: _strike_out(qian, meeting, ids[code]) for code in ("0102", "0201", "0101")}

    assert "0102" in page and "0201" not in page and "会议记录" not in page
    assert struck == {"0102": 404, "0201": 404, "0101": 303}


def test_a_program_of_a_leader_sees_the_group_and_its_scores(
    qian: Browser, app: Flask, village: Chayuan, meeting: str
) -> None:
    enter(Browser(app).sign_in("li"), meeting, "0102 0201")
    headers = bearer(village)
    ids = {one.code: one.id for one in village.read(scoring.scores, meeting=meeting)}

    paths = {"0102": f"scores/{ids['0102']}", "0201": f"scores/{ids['0201']}"}
    paths |= {one: f"groups/{one}" for one in ("一组", "二组")}
    said = {
        name: qian.client.get(f"{API}/{path}", headers=headers).status_code for name, path in paths.items()
    }
    groups, scores = (
        qian.client.get(f"{API}/{path}", headers=headers).json["items"]
        for path in ("groups", f"meetings/{meeting}/scores")
    )

    assert said == {"0102": 200, "0201": 404, "一组": 200, "二组": 404}
    assert [one["name"] for one in groups] == ["一组"]
    assert len(scores) == 1


def test_a_leader_does_not_strike_out_what_is_of_another_group_by_now(
    qian: Browser, village: Chayuan, meeting: str
) -> None:
    enter(qian, meeting, "0101")
    [score] = village.read(scoring.scores, meeting=meeting)
    moved = read_table("roster.csv", "户号,户主,小组,人口\n0101,王建国,二组,4\n".encode())
    village.write(roster.import_roster, table=moved)

    assert _strike_out(qian, meeting, score.id) == 404


def _strike_out(browser: Browser, meeting: str, score: str) -> int:
    return browser.post(f"{HOME}/meetings/{meeting}/scores/{score}/withdraw").status_code


def test_a_household_that_moves_to_another_group_is_seen_no_longer(qian: Browser, village: Chayuan) -> None:
    moved = read_table("roster.csv", "户号,户主,小组,人口\n0101,王建国,二组,4\n".encode())
    village.write(roster.import_roster, table=moved)

    assert qian.get(f"{HOME}/roster/0101").status_code == 404
    assert qian.get(f"{HOME}/roster/0102").status_code == 200


def test_a_group_that_closes_has_no_leader(qian: Browser, village: Chayuan, first: str) -> None:
    rows = "0101,王建国,二组,4\n0102,王建国,二组,3\n"
    village.write(
        roster.import_roster, table=read_table("roster.csv", f"户号,户主,小组,人口\n{rows}".encode())
    )

    village.write(governing.close_group, group=first)
    village.write(governing.make_group, name="一组")

    assert qian.get(HOME).status_code == 303
    assert qian.sign_in("qian").get(HOME).status_code == 404


def test_who_leads_two_groups_sees_both_and_who_sits_on_the_committee_sees_all(
    app: Flask, village: Chayuan, first: str
) -> None:
    second = village.read(villages.group_by_name, name="二组").id
    lead(village, first, second)
    qian = Browser(app).sign_in("qian")
    seen = [qian.get(f"{HOME}/roster/{code}").status_code for code in ("0101", "0201", "0301")]
    with village.database.writing() as session:
        roles = [(VILLAGE, "committee"), (staff.group_place(VILLAGE, first), "leader")]
        person = staff.by_login(session, login="qian").id
        governing.set_roles(session, person=person, roles=roles, by="operator", at=NOW)

    assert seen == [200, 200, 404]
    assert qian.sign_in("qian").get(f"{HOME}/roster/0301").status_code == 200


def test_an_admin_makes_a_leader_on_the_page_and_takes_the_role_back(
    browser: Browser, app: Flask, village: Chayuan, first: str
) -> None:
    browser.sign_in("sun")
    new = {"login": "qian", "name": "钱组长", "role": "leader", "password": "tiedao yusan pingguo"}

    without = browser.post(f"{HOME}/staff", **new)
    clerk = browser.post(f"{HOME}/staff", **new | {"role": "clerk", "group": first})
    gone = browser.post(f"{HOME}/staff", **new | {"group": "aaaaaaaaaaaaaaaa"})
    page = words(browser.follow(browser.post(f"{HOME}/staff", **new | {"group": first})))

    assert (without.status_code, clerk.status_code, gone.status_code) == (422, 422, 404)
    assert "小组长（一组）" in page
    assert "小组长：钱组长" in words(browser.get(f"{HOME}/groups/{first}"))
    assert "小组长（一组）" not in words(browser.follow(browser.post(f"{HOME}/staff/qian/remove")))


def test_who_supervises_leads_no_group(village: Chayuan, first: str) -> None:
    with pytest.raises(staff.problems.RolesConflict):
        lead(village, first, also="supervisor")


RULES = [
    TakenOut(
        access._confine,
        "is_in_group(current_app.view_functions[request.endpoint or ''], request.method)",
        "True",
        test_every_other_route_of_the_village_is_closed_to_a_leader,
    ),
    TakenOut(roster_query, "groups is not None", "False", test_the_roster_of_a_leader_is_the_group),
    TakenOut(
        by_code,
        "is_within(found[0], groups)",
        "True",
        test_a_household_of_another_group_looks_like_none,
        {"path": f"{HOME}/roster/CODE"},
    ),
    TakenOut(
        lock_for_entering,
        "roster.is_within(person, groups)",
        "True",
        test_a_leader_scores_households_of_the_group_alone,
    ),
    TakenOut(
        _wanted,
        "groups is not None",
        "False",
        test_a_leader_sees_the_group_s_scores_and_strikes_out_his_own,
    ),
    TakenOut(
        meeting_withdrawing._refuse_others,
        "found.entered_by != access.by()",
        "False",
        test_a_leader_sees_the_group_s_scores_and_strikes_out_his_own,
    ),
    TakenOut(
        meeting_withdrawing._refuse_others,
        "not _shown(session, village, [found])",
        "False",
        test_a_leader_does_not_strike_out_what_is_of_another_group_by_now,
    ),
    *(
        TakenOut(function, rule, instead, test_a_program_of_a_leader_sees_the_group_and_its_scores)
        for function, rule, instead in (
            (api_groups._is_mine, "group.id in mine", "True"),
            (api_groups.list_groups, "_is_mine(one)", "True"),
            (api_groups.show_group, "not _is_mine(found)", "False"),
            (api_meetings._mine, "roster.is_within(people[one.participant_id], access.groups())", "True"),
            (
                api_meetings.list_scores,
                "_mine(session, village, scoring.scores(session, village=village, meeting=meeting))",
                "scoring.scores(session, village=village, meeting=meeting)",
            ),
            (
                api_meetings.show_score,
                "_mine(session, village, [scoring.score(session, village=village, score_id=score)])",
                "[scoring.score(session, village=village, score_id=score)]",
            ),
        )
    ),
    TakenOut(
        governing.close_group,
        "end_leadership(session, village=village, group=group, by=by, at=at)",
        "None",
        test_a_group_that_closes_has_no_leader,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
