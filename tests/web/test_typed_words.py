"""Nothing that a person typed is lost, whatever refuses the form, and it stands where it was typed."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from marshmallow import Schema
from werkzeug.test import TestResponse

from pointsbank import (
    boards,
    ceremonies,
    claims,
    grades,
    inspections,
    keepers,
    market,
    panels,
    publicity,
    questions,
    roster,
    scoring,
    titles,
    villages,
)
from pointsbank import staff as accounts
from pointsbank.market import BasketLine
from pointsbank.points import whole
from pointsbank.schemas.fields import Text
from pointsbank.schemas.options import Codes
from pointsbank.scoring import ScoreRow
from pointsbank.staff import Permission
from pointsbank.web import access, typed_values
from tests.builders import CLERK, NOW, VILLAGE, Chayuan
from tests.titles.scene import CLEAN
from tests.web.browser import Browser, hidden, words
from tests.web.conftest import ROLES

HOME = f"/v/{VILLAGE}"
Posted = tuple[str, str, type[Schema]]

ANSWERS_A_SCRIPT = {"/v/<village>/meetings/<meeting>/foresee"}
"""The page stays, and its box keeps what was typed (test_entry_line_in_chromium.py)."""


def posted(app: Flask) -> list[Posted]:
    """Return every page's post that reads a form: its rule, who may send it, the form's schema."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "POST" not in (rule.methods or ()) or not rule.endpoint.startswith("pages."):
            continue
        view = app.view_functions[rule.endpoint]
        form = getattr(view, "form", None)
        # What a household sends by its card is shown by the tests of these pages.
        if rule.rule.startswith("/mine/"):
            continue
        if form is not None and rule.rule not in ANSWERS_A_SCRIPT:
            found += [(path, needed, form) for path, needed in by_name(rule.rule, view)]
    return found


def by_name(rule: str, view: Callable[..., Any]) -> list[tuple[str, str]]:
    """Return the rule and who may send it; for a permission that goes by a name, each name's own."""
    needed = access.declared(view, "POST")
    if not isinstance(needed, access.PermissionByName):
        return [(rule, str(needed))]
    names = sorted(needed.choices().items())
    return [(rule.replace(f"<{needed.argument}>", name), str(each)) for name, each in names]


def typed_into(form: type[Schema], *, too_long: bool = False) -> dict[str, str]:
    """Return words of their own for each field of a form that people type into."""
    given = {}
    for number, name in enumerate(typed_values.own_words(form)):
        field = typed_values.fields_of(form)[name]
        if isinstance(field, Text | Codes):
            length = (field.maximum if isinstance(field, Text) else 60) if too_long else 0
            given[name] = f"第{number}句<话>" + "长" * length
        else:
            given[name] = f"73{number}1x"
    return given


def shown(answer: TestResponse, given: dict[str, str]) -> list[str]:
    """Return which of these words a page shows."""
    page = html.unescape(words(answer))
    return [name for name, value in given.items() if value in page]


@pytest.fixture
def places(village: Chayuan) -> dict[str, str]:
    """Something of each kind in the village, by the name it has in addresses."""
    opened = {"held_on": date(2026, 8, 31), "judges": ["张三"]}
    hanging = village.write(scoring.open_meeting, title="八月评议会", **opened)
    rows = [ScoreRow("0101", "助邻", date(2026, 8, 20))]
    [score] = village.write(scoring.enter_scores, meeting=hanging.id, rows=rows)
    notice = village.write(publicity.close_and_publish, meeting=hanging.id)
    meeting = village.write(scoring.open_meeting, title="九月评议会", **opened)
    village.write(boards.resolve_black_board, resolution="村民代表会议第3号决议", on=date(2026, 8, 20))
    black = {
        "month": "2026-09",
        "participant": "0102",
        "rule": "乱堆",
        "fact": "门前堆放垃圾，两次提醒未清理",
    }
    listing = village.write(boards.propose_black, **black)
    courtyard = {"name": "美丽庭院", "about": "院里院外干净整齐", "applies_to": "household", "places": 10}
    courtyard |= {"span": "month", "resolution": "村民代表会议第4号决议", "on": date(2026, 8, 20)}
    claim = {"participant": "0101", "item": "助邻", "occurred_on": date(2026, 8, 30), "words": "帮邻居收稻子"}
    occasion = {"participant": "0101", "kind": "wedding", "held_on": date(2026, 9, 1), "place": "自家院子"}
    occasion |= {"tables": 12, "cars": 6}
    panel = village.write(panels.make_panel, kind="village", name="村评议小组", rule="mean")
    village.write(panels.add_member, panel_id=panel.id, name="龙凤泉", seat="worthy")
    called = {"title": "又一次评议会", "day": date(2026, 9, 2), "panel": None, "agenda": ()}
    walk = village.write(inspections.begin_round, group=village.wang.group_id)
    seen = {"verdict": "dirty", "faults": [inspections.NewFault("乱堆")], "due_on": date(2026, 9, 8)}
    found = village.write(inspections.hand_over, round_id=walk.id, participant="0102", **seen)
    keeper = {"keeper": "G01", "place": "村口", "checker": "李卫东", "checked_on": date(2026, 9, 1)}
    village.write(roster.add, code="G01", name="周福生", kind="keeper")
    item = keepers.CheckItem("地面干净", whole(100), whole(10))
    resolved = {"resolution": "村民会议", "from_date": date(2026, 9, 1)}
    village.write(keepers.adopt_list, items=[item], **resolved)
    check = village.write(keepers.record_check, faults={1: 1}, due_on=date(2026, 9, 3), **keeper)
    bands = [
        grades.Band("好", "", grades.read_range("0以上")),
        grades.Band("差", "", grades.read_range("低于0")),
    ]
    how = {"name": "两档", "kinds": ["household"], "period": "month", "measured_on": "honour_sum"}
    village.write(grades.adopt_table, bands=bands, **how, **resolved)
    begun = village.write(market.begin_stocktake, request_id="stocktake-1", note="", by=CLERK)
    return {
        "approval": "none",
        "batch": "1",
        "check": check,
        "keeper": "G01",
        "table": "1",
        "period": "2026-09",
        "call": village.write(scoring.call_meeting, **called).id,
        "ceremony": village.write(ceremonies.announce, **occasion).id,
        "claim": village.write(claims.file, **claim).id,
        "question": village.write(questions.record, kind="question", words="卫生费用在哪里了").id,
        "benefit": "1",
        "letter": "none",
        "title": nominated(village),
        "code": "rice",
        "fault": "1",
        "group": village.read(villages.groups)[0].id,
        "household": "0201",
        "inspection": found.id,
        "kept": "none",
        "kind": village.write(boards.adopt_kind, **courtyard).id,
        "listing": listing.id,
        "login": "chen",
        "meeting": meeting.id,
        "member": "1",
        "month": "2026-09",
        "name": "second_check_single",
        "notice": notice.id,
        "objection": "none",
        "panel": panel.id,
        "participant": "0101",
        "photo": "none",
        "position": "1",
        "redemption": sold(village),
        "score": score.id,
        "sheet": "none",
        "stocktake": begun.id,
        "token": "none",
        "township": "none",
        "village": VILLAGE,
        "walk": walk.id,
        "year": "2026",
    }


def nominated(village: Chayuan) -> str:
    """Nominate 王 for a title and return its id."""
    village.write(titles.adopt_kind, **CLEAN)
    named = {"kind": "清洁户", "participant": "0101", "nominated_by": "panel"}
    return str(village.write(titles.nominate, **named).id)


def sold(village: Chayuan) -> str:
    """Sell a bag of rice and return the sale's id."""
    village.give(village.wang, 60)
    text = f"http://village.test:8000/c/{village.card(village.wang).token}"
    who = {"village": VILLAGE, "by": CLERK, "at": NOW}
    scan = market.try_scan(village.database, text=text, **who)
    lines = [BasketLine("rice", 1, whole(20))]
    sale = {"scan_ticket": scan.scan_ticket, "lines": lines, "request_id": "sale-00001", "confirmed": True}
    return market.sell(village.database, **sale, **who).id


def address(rule: str, places: dict[str, str]) -> str:
    """Return a real address for a rule; a household's code is no code of goods."""
    code = "0101" if "/roster/" in rule or "/reception/" in rule else places["code"]
    return re.sub(r"<(\w+)>", lambda part: {**places, "code": code}[part[1]], rule)


class Staff:
    """A signed-in browser for each role; no password is hashed for it."""

    def __init__(self, app: Flask, village: Chayuan) -> None:
        with village.database.writing() as session:
            people = {one.staff.login: one.staff.id for one in accounts.everyone(session, village=VILLAGE)}
            tokens = {login: accounts.begin(session, staff=people[login], at=NOW) for login in ROLES}
        self.browsers = {login: Browser(app) for login in ROLES}
        for login, browser in self.browsers.items():
            browser.client.set_cookie("pointsbank_session", tokens[login])

    def may(self, permission: str) -> Iterator[Browser]:
        """Yield the browsers of those who may send a form."""
        for login, browser in self.browsers.items():
            if permission == access.PUBLIC or ROLES[login] in Permission(permission).roles:
                yield browser

    def may_not(self, permission: str) -> Iterator[Browser]:
        """Yield the browsers of the others."""
        allowed = set(self.may(permission))
        yield from (browser for browser in self.browsers.values() if browser not in allowed)


@pytest.fixture
def staff(app: Flask, village: Chayuan) -> Staff:
    """One of each role."""
    return Staff(app, village)


def test_words_that_are_too_long_come_back(app: Flask, staff: Staff, places: dict[str, str]) -> None:
    lost = {}
    for rule, permission, form in posted(app):
        given = typed_into(form, too_long=True)
        if not given or permission == access.PUBLIC:
            continue
        answer = next(staff.may(permission)).post(address(rule, places), **given)
        lost[rule] = (answer.status_code // 100, sorted(given.keys() - set(shown(answer, given))))

    assert {rule: found for rule, found in lost.items() if found != (4, [])} == {}


@pytest.mark.parametrize("trouble", ["no such thing", "an expired form", "no permission", "nobody signed in"])
def test_words_stand_on_the_page_that_refuses_before_the_form_is_looked_at(
    app: Flask, staff: Staff, trouble: str
) -> None:
    nobody, lost = Browser(app), {}
    for rule, permission, form in posted(app):
        given = typed_into(form)
        if not given or (permission == access.PUBLIC and trouble != "an expired form"):
            continue
        if trouble == "no such thing" and not re.search("<(?!village)", rule):
            # What is sent to no thing in particular is good.
            continue
        chosen = staff.may_not(permission) if trouble == "no permission" else staff.may(permission)
        browser = nobody if trouble == "nobody signed in" else next(chosen, None)
        if browser is None:
            continue
        token = {"csrf_token": "old"} if trouble == "an expired form" else {}
        answer = browser.post(re.sub("<[^>]+>", "none", rule.replace("<village>", VILLAGE)), **given, **token)
        lost[rule] = (answer.status_code // 100, sorted(given.keys() - set(shown(answer, given))))

    assert {rule: found for rule, found in lost.items() if found != (4, [])} == {}
    assert len(lost) > 5


def test_no_secret_and_no_code_is_among_them(app: Flask, staff: Staff) -> None:
    given = {
        "code": "ABCD-EFGH",
        "login": "wu",
        "name": "吴",
        "password": "correct-horse",
        "csrf_token": "old",
    }

    page = html.unescape(words(Browser(app).post("/setup", **given)))

    assert "吴" in page
    assert "ABCD" not in page and "correct-horse" not in page


def test_a_reversal_that_comes_second_shows_its_reason_again(staff: Staff, places: dict[str, str]) -> None:
    chen = staff.browsers["chen"]
    path = f"{HOME}/sales/{places['redemption']}"
    sent = {"request_id": hidden(chen.get(path), "request_id"), "reason": "拿错商品"}
    assert chen.post(f"{path}/reversal", **sent).status_code == 303

    refused = chen.post(f"{path}/reversal", request_id="another-00001", reason="村民又拿回来退")

    assert refused.status_code == 409
    assert "村民又拿回来退" in words(refused)


def test_the_note_of_a_stocktake_is_shown_again_while_another_is_at_work(
    staff: Staff, places: dict[str, str]
) -> None:
    chen = staff.browsers["chen"]

    refused = chen.post(f"{HOME}/stocktakes", request_id="another-00001", note="仓库那一半")

    assert refused.status_code == 409
    assert "仓库那一半" in words(refused)


def test_words_of_one_form_are_not_typed_into_another(staff: Staff, places: dict[str, str]) -> None:
    """A page has a reason to object and a reason to take down: a refused objection takes nobody down."""
    li = staff.browsers["li"]
    path = f"{HOME}/listings/{places['listing']}"
    first = {"raised_by": "王建国", "reason": "已经清理"}
    assert staff.browsers["chen"].post(f"{path}/objections", **first).status_code == 303

    refused = li.post(f"{path}/objections", raised_by="李秀英", reason="我看见清了")

    assert refused.status_code == 409
    [field] = re.findall(r'<input[^>]* name="reason"[^>]*?value="([^"]*)"', words(refused), re.DOTALL)
    assert field == ""
    assert "我看见清了" in words(refused) and "李秀英" in words(refused)


def test_an_answer_without_a_verdict_keeps_its_reason(
    staff: Staff, village: Chayuan, places: dict[str, str]
) -> None:
    zhao, path = staff.browsers["zhao"], f"{HOME}/scores/{places['score']}"
    staff.browsers["li"].post(f"{path}/objections", raised_by="王建国", reason="那天我在外面")
    [raised] = village.read(publicity.objections)

    refused = zhao.post(f"{path}/objections/{raised.id}/decision", verdict="maybe", reason="查过照片")

    assert refused.status_code == 422
    assert "没有这个选项，只能选：成立，改成应该是的样子、" in words(refused)
    assert re.search(r"<textarea[^>]*>查过照片</textarea>", words(refused))


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        (
            "staff",
            {"role": "mayor"},
            "没有这个选项，只能选：超市店员、评议小组、村务监督、小组长、检查员、管理员。",
        ),
        ("goods/rice/stock", {"kind": "stolen"}, "没有这个选项，只能选：进货、捐赠、损耗。"),
        (
            "roster",
            {"kind": "castle"},
            "没有这个选项，只能选：户、党员、党支部、志愿队、组织、小组、村、街路、管护员。",
        ),
        ("roster/0101/edit", {"status": "closed"}, "没有这个选项，只能选：正常、常年在外、暂停。"),
    ],
    ids=["role", "move", "kind", "status"],
)
def test_a_choice_that_is_not_on_offer_is_refused_in_the_words_of_the_page(
    staff: Staff, path: str, fields: dict[str, str], told: str
) -> None:
    who = staff.browsers["sun" if path in ("staff", "roster") or "/edit" in path else "chen"]

    refused = who.post(f"{HOME}/{path}", **fields)

    assert refused.status_code == 422
    assert told in words(refused)


def test_a_field_is_required_on_the_page_where_the_schema_says_so(staff: Staff) -> None:
    page = words(staff.browsers["li"].get(f"{HOME}/meetings"))
    inputs = dict(re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"([^>]*)>', page))

    assert {name for name in ("title", "held_on", "judges", "absentees") if "required" in inputs[name]} == {
        "title",
        "held_on",
    }
