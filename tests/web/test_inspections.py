"""An inspection on its pages: from door to door on a phone, a second look, a meeting that scores the rest."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pointsbank import attachments, governing, inspections, scoring, staff, villages
from pointsbank.inspections import Inspection
from pointsbank.inspections.handing_over import hand_over
from pointsbank.inspections.reading import inspection_row
from pointsbank.inspections.rounds import round_row
from tests.builders import NOW, VILLAGE, Chayuan
from tests.missed_rules import TakenOut, check
from tests.staff.people import HASHED, LONG_AGO, settle_in
from tests.web.browser import Browser, words
from tests.web.test_claims import photo
from tests.web.test_group_leaders import bearer

HOME = f"/v/{VILLAGE}"
API = f"/api/v1/villages/{VILLAGE}"
PAGE = f"{HOME}/inspections"
DUMPED = {"fault-乱堆": "1", "verdict": "dirty", "due_on": "2026-09-08"}
LATER = NOW + timedelta(days=7)


def group(village: Chayuan, name: str = "一组") -> str:
    return str(village.read(villages.group_by_name, name=name).id)


@pytest.fixture
def qian(village: Chayuan, app: Flask) -> Browser:
    """钱, who inspects the first group, signed in."""
    with village.database.writing() as session:
        account = {"login": "qian", "password": HASHED, "name": "钱检查员", "by": "operator", "at": LONG_AGO}
        roles = [(staff.group_place(VILLAGE, group(village)), "inspector")]
        settle_in(session, governing.add_staff(session, roles=roles, **account))
    return Browser(app).sign_in("qian")


@pytest.fixture
def li(app: Flask) -> Browser:
    return Browser(app).sign_in("li")


def begin(by: Browser, village: Chayuan, name: str = "一组") -> str:
    """Begin a round; return its address."""
    return by.post(f"{PAGE}/rounds", group=group(village, name)).headers["Location"].split("?")[0]


def find(by: Browser, round_page: str, code: str = "0101", *photos: Any, **more: Any) -> TestResponse:
    """Write down how a household was found."""
    sent = DUMPED | more
    return by.post(f"{round_page}/households/{code}", **sent, photos=[(one, "IMG_1.jpg") for one in photos])


def waiting(village: Chayuan) -> list[Inspection]:
    return list(village.read(inspections.due_again))


def test_from_door_to_door_with_one_tap_each(qian: Browser, village: Chayuan) -> None:
    round_page = begin(qian, village)
    door = words(qian.get(f"{round_page}/households/0101"))
    assert "记下，看下一户" in door and "乱堆垃圾" in door and "2026-09-08" in door

    first = find(qian, round_page, "0101", photo(), photo(2000))
    assert first.headers["Location"].endswith("/households/0102")
    second = words(qian.follow(first))
    assert "已记下王建国（0101）：不清洁，交办1处，限2026年9月8日前整改" in second and "还有1户没看" in second
    last = words(qian.follow(find(qian, round_page, "0102", verdict="clean", **{"fault-乱堆": ""})))

    assert "这一轮都看过了" in last
    [one] = waiting(village)
    assert (one.code, one.verdict, one.due_on) == ("0101", "dirty", LATER.date())
    kept = village.read(attachments.of_owners, owner_kind=inspections.OWNER_KIND, owners=[one.id])[one.id]
    assert len(kept) == 2
    shown = qian.get(f"{PAGE}/{one.id}/photos/{kept[0].id}")
    assert shown.status_code == 200 and b"GPS" not in shown.data and b"Chayuan Telephones" not in shown.data


def test_whoever_sees_an_error_loses_nothing_that_was_ticked(qian: Browser, village: Chayuan) -> None:
    refused = find(qian, begin(qian, village), verdict="", words="院墙外一堆")
    page = words(refused)
    assert refused.status_code == 422
    assert 'name="fault-乱堆" value="1" checked' in page and "院墙外一堆" in page
    assert waiting(village) == []


def test_home_and_the_list_say_what_is_due_to_who_inspects_there(
    qian: Browser, li: Browser, village: Chayuan
) -> None:
    round_page = begin(qian, village)
    find(qian, round_page)
    find(li, begin(li, village, "二组"), "0201")
    village_page = words(li.get(PAGE))

    assert "等复查" not in words(qian.get(HOME))
    assert [code in village_page for code in ("0101", "0201")] == [True, True]
    mine = words(qian.get(PAGE))
    assert ">0101" in mine and "0201" not in mine


def test_the_day_it_is_due_home_says_so(app: Flask, qian: Browser, village: Chayuan) -> None:
    begun = village.write(inspections.begin_round, group=group(village), at=NOW - timedelta(days=8)).id
    seen = {"verdict": "dirty", "faults": [inspections.NewFault("乱堆")], "due_on": NOW.date()}
    village.write(
        inspections.hand_over, round_id=begun, participant="0101", at=NOW - timedelta(days=7), **seen
    )
    assert "1户到了整改期限，等复查" in words(qian.get(HOME))
    assert "1户到了整改期限，等复查" in words(Browser(app).sign_in("li").get(HOME))


def test_a_second_look_sends_only_what_was_left_to_the_meeting(li: Browser, village: Chayuan) -> None:
    begun = village.write(inspections.begin_round, group=group(village), at=NOW - timedelta(days=8)).id
    seen = {"verdict": "dirty", "due_on": NOW.date(), "faults": [inspections.NewFault("乱堆")]}
    earlier = {"round_id": begun, "at": NOW - timedelta(days=7)}
    mended, other = (
        village.write(inspections.hand_over, participant=code, **earlier, **seen) for code in ("0101", "0102")
    )
    untouched = li.post(f"{PAGE}/{mended.id}/look")
    assert untouched.status_code == 422 and "还有1处没有选复查结果" in words(untouched)
    li.post(f"{PAGE}/{mended.id}/look", **{"found-1": "put_right"})
    li.post(f"{PAGE}/{other.id}/look", **{"found-1": "left"})

    held = {"held_on": NOW.date(), "title": "九月评议会", "judges": ["李会计"]}
    meeting = village.write(scoring.open_meeting, **held).id
    agenda = words(li.get(f"{HOME}/meetings/{meeting}"))
    assert "巡查没有整改的" in agenda and f"{other.id}-1" in agenda and f"{mended.id}-1" not in agenda
    done = li.follow(li.post(f"{HOME}/meetings/{meeting}/faults", faults=[f"{other.id}-1"]))
    assert "已录入1条没有整改的问题" in words(done)
    [score] = village.read(scoring.scores)
    assert (score.code, score.item_code) == ("0102", "乱堆")
    for fact in (f"scores/{score.id}", "roster/0102"):
        assert f"{PAGE}/{other.id}" in words(li.get(f"{HOME}/{fact}"))

    li.post(f"{HOME}/meetings/{meeting}/scores/{score.id}/withdraw")
    reason = {"meeting": meeting, "reason": "那几天下大雨，路不通"}
    assert li.post(f"{PAGE}/{other.id}/faults/1/decline", **reason).status_code == 303
    assert "那几天下大雨，路不通" in words(li.get(f"{PAGE}/{other.id}"))


@pytest.mark.parametrize("faults", [[], ["nonsense"], ["aaaaaaaaaaaaaaaa-1"], ["-", "x-99999999"]])
def test_faults_that_are_none_are_refused(li: Browser, village: Chayuan, faults: list[str]) -> None:
    held = {"held_on": NOW.date(), "title": "九月评议会", "judges": ["李会计"]}
    meeting = village.write(scoring.open_meeting, **held).id
    assert li.post(f"{HOME}/meetings/{meeting}/faults", faults=faults).status_code in (404, 422)
    assert village.read(scoring.scores) == []


def test_another_group_is_not_there_for_an_inspector(qian: Browser, li: Browser, village: Chayuan) -> None:
    theirs = begin(li, village, "二组")
    find(li, theirs, "0201")
    [other] = waiting(village)
    mine = begin(qian, village)
    own = words(qian.get(f"{PAGE}?format=csv"))

    closed = [
        qian.get(theirs),
        qian.get(f"{theirs}/order"),
        qian.post(f"{theirs}/order", **{"place-0202": "1"}),
        qian.post(f"{theirs}/end"),
        qian.get(f"{theirs}/households/0202"),
        find(qian, theirs, "0202"),
        find(qian, mine, "0201"),
        qian.get(f"{mine}/households/0201"),
        qian.get(f"{PAGE}/{other.id}"),
        qian.get(f"{PAGE}/{other.id}/photos/aaaaaaaaaaaaaaaa"),
        qian.post(f"{PAGE}/{other.id}/look", **{"found-1": "put_right"}),
        qian.post(f"{PAGE}/{other.id}/photos", photos=[(photo(), "a.jpg")]),
        qian.post(f"{PAGE}/{other.id}/photos/aaaaaaaaaaaaaaaa/withdraw"),
        qian.post(f"{PAGE}/rounds", group=group(village, "二组")),
    ]
    assert [one.status_code for one in closed] == [404] * len(closed)
    assert "0201" not in own
    assert [one.code for one in waiting(village)] == ["0201"]


def test_an_inspector_meets_neither_file_nor_meeting(qian: Browser, village: Chayuan) -> None:
    closed = ("roster", "roster/0101", "meetings", "claims", "panels", "find?q=0101")
    assert [qian.get(f"{HOME}/{one}").status_code for one in closed] == [403] * len(closed)
    assert qian.client.get(f"{API}/participants", headers=bearer(village)).status_code == 403
    home = words(qian.get(HOME))
    assert "巡查" in home and "花名册" not in home


def test_the_order_that_is_typed_is_walked(qian: Browser, village: Chayuan) -> None:
    round_page = begin(qian, village)
    saved = qian.follow(qian.post(f"{round_page}/order", **{"place-0102": "1", "place-0101": "很多"}))
    codes = re.findall(r"households/([0-9]+)\"", words(saved))
    assert "走访顺序已保存" in words(saved) and codes[:3] == ["0102", "0102", "0101"]


def test_an_admin_makes_an_inspector_on_the_page(app: Flask, village: Chayuan) -> None:
    sun = Browser(app).sign_in("sun")
    new = {"login": "wu", "name": "吴检查员", "role": "inspector", "password": "tiedao yusan pingguo"}
    without = sun.post(f"{HOME}/staff", **new)
    page = words(sun.follow(sun.post(f"{HOME}/staff", **new | {"group": group(village)})))
    assert without.status_code == 422 and "检查员（一组）" in page
    person = sun.get(f"{HOME}/staff/wu")
    assert re.search(rf'name="inspect-{group(village)}" value="1" checked', words(person))
    seal = re.search(
        r'name="seen" value="([^"]+)"',
        words(sun.get(f"{HOME}/staff/wu/change?change=roles&lead-{group(village)}=1")),
    )
    assert seal is not None
    sun.post(f"{HOME}/staff/wu/roles", seen=seal[1], **{f"lead-{group(village)}": "1"})
    assert "小组长（一组）" in words(sun.get(f"{HOME}/staff"))


RULES = [
    TakenOut(
        round_row,
        "row.group_id not in groups",
        "False",
        test_another_group_is_not_there_for_an_inspector,
    ),
    TakenOut(
        inspection_row,
        "not roster.is_within(person, groups)",
        "False",
        test_another_group_is_not_there_for_an_inspector,
    ),
    TakenOut(hand_over, "{group}", "None", test_another_group_is_not_there_for_an_inspector),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
