"""Panels and called meetings on pages: who is recused is said, and nothing is entered ahead."""

from datetime import timedelta

import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import governing, panels, scoring, staff
from tests.builders import NOW, VILLAGE, Chayuan
from tests.staff.people import HASHED, LONG_AGO, settle_in
from tests.web.browser import Browser, hidden, words
from tests.web.test_month import DEED, enter

HOME = f"/v/{VILLAGE}"
MEETING = {
    "title": "九月评议会",
    "held_on": "2026-09-01",
    "place": "祠堂",
    "agenda": "评分\n红榜提名：修桥的几户",
}


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


@pytest.fixture
def panel(li: Browser) -> str:
    """A panel that was made on the page: 龙凤泉 of 0101, whose child lives in 0201, and 郝田发."""
    made = li.post(f"{HOME}/panels", name="村评议小组", kind="village", rule="mean")
    place = made.headers["Location"]
    member = li.post(f"{place}/members", name="龙凤泉", seat="worthy", household="0101")
    li.post(f"{member.headers['Location']}/relatives", theirs="0201", relation="child")
    li.post(f"{place}/members", name="郝田发", seat="cadre")
    return place.rpartition("/")[2]


def test_a_panel_is_kept_on_its_page(li: Browser, village: Chayuan, panel: str) -> None:
    place = f"{HOME}/panels/{panel}"
    shown = words(li.get(place))
    assert "买买提·艾力（子女）" in shown
    assert "村评议小组" in words(li.get(f"{HOME}/panels"))

    li.post(f"{place}/members/1/relatives/0201/drop")
    li.post(f"{place}/members/2/change", name="郝田发", seat="worthy", household="0302", reason="补户号")
    li.post(f"{place}/members/1/end", why="换届")
    li.post(f"{place}/change", name="评议委员会", rule="trimmed", reason="代表会议决定")

    [found] = village.read(panels.panels)
    assert (found.name, found.rule, [one.code for one in found.members]) == (
        "评议委员会",
        "trimmed",
        ["0101", "0302"],
    )
    assert (found.members[0].until, found.members[0].relatives) == (NOW.date(), ())
    assert li.post(f"{place}/end", why="换届").status_code == 303
    assert "已撤销" in words(li.get(place))


def test_a_refusal_keeps_what_was_typed(li: Browser, village: Chayuan, panel: str) -> None:
    again = li.post(f"{HOME}/panels/{panel}/members", name="龙凤泉", seat="worthy", household="0101")

    assert (again.status_code, "已经是这个评议小组的成员" in words(again)) == (422, True)
    assert 'value="龙凤泉"' in words(again)
    for wrong in ("0", "9", "x", "９", "1" * 30):
        assert li.get(f"{HOME}/panels/{panel}/members/{wrong}").status_code == 404


def test_last_time_s_panel_is_proposed_and_its_relatives_are_recused(
    li: Browser, village: Chayuan, panel: str
) -> None:
    assert f'value="{panel}" selected' in words(li.get(f"{HOME}/meetings"))
    meeting = li.follow(li.post(f"{HOME}/meetings", **MEETING, panel=panel))

    assert "到场：龙凤泉、郝田发" in words(meeting)
    assert "龙凤泉回避" in words(meeting)
    entered = li.follow(enter(li, meeting, "0201"))
    assert "0201：龙凤泉已回避。" in words(entered)


def test_where_nobody_is_left_the_entry_is_refused(li: Browser, village: Chayuan, panel: str) -> None:
    meeting = li.follow(li.post(f"{HOME}/meetings", **MEETING, panel=panel))
    li.post(f"{meeting.request.path}/presence", position="2", role="absentee")

    refused = enter(li, meeting, "0201")

    assert (refused.status_code, "都要回避" in words(refused)) == (422, True)
    last = li.post(f"{meeting.request.path}/presence", position="1", role="absentee")
    assert (last.status_code, "至少要有一位评议员到场" in words(last)) == (422, True)


def test_a_meeting_is_called_a_day_ahead_and_opens_on_its_day(
    li: Browser, village: Chayuan, panel: str, clock: Traveller
) -> None:
    called = li.post(f"{HOME}/meetings/call", **{**MEETING, "held_on": "2026-09-02"}, panel=panel)
    place = called.headers["Location"].removesuffix("/call")
    body = {"request_id": "early-0001", "codes": "0101", **DEED}

    early = li.post(f"{place}/scores", **body)
    assert (early.status_code, "定在2026年9月2日" in words(early)) == (409, True)
    assert li.post(f"{place}/begin").status_code == 409
    assert "已召集" in words(li.get(f"{HOME}/meetings"))
    assert li.get(place).headers["Location"].endswith("/call")

    clock.move_to(NOW + timedelta(days=1))
    li.sign_in("li")
    begun = li.follow(li.post(f"{place}/begin"))
    assert ("录入评分" in words(begun), "祠堂" in words(begun)) == (True, True)
    assert li.post(f"{place}/cancel", why="大雨").status_code == 409


def test_a_day_too_far_ahead_keeps_the_form(li: Browser, village: Chayuan) -> None:
    far = li.post(f"{HOME}/meetings/call", **{**MEETING, "held_on": "2027-01-01"})
    ahead = li.post(f"{HOME}/meetings", **{**MEETING, "held_on": "2026-09-02"}, judges="李会计")

    assert (far.status_code, "2026年10月31日之间" in words(far)) == (422, True)
    assert (ahead.status_code, "以后的请先召集" in words(ahead)) == (422, True)
    assert "红榜提名：修桥的几户" in words(far)


def test_the_check_page_and_the_minutes_say_agenda_attendance_and_recusals(
    li: Browser, village: Chayuan, panel: str
) -> None:
    place = li.post(f"{HOME}/meetings", **MEETING, panel=panel).headers["Location"]
    li.post(f"{place}/attendees", attendee="李主任 0302")
    li.post(f"{place}/outcomes", lines="2", **{"outcome-1": "全部通过", "outcome-2": ""})

    check = words(li.get(f"{place}/close"))
    assert ("全部通过" in check, "有的议程还没有写结果" in check, "李主任回避" in check) == (True, True, True)
    li.post(f"{place}/close", seen=hidden(li.get(f"{place}/close"), "seen"), minutes="一致通过。")

    shown = words(li.get(place))
    assert "2026年第1号记录" in shown
    assert "到场：龙凤泉、郝田发、李主任" in shown
    assert li.post(f"{place}/presence", position="1", role="absentee").status_code == 409


def test_scores_are_themselves_what_came_of_their_line_of_the_agenda(li: Browser, panel: str) -> None:
    place = li.post(f"{HOME}/meetings", **MEETING | {"agenda": "评分"}, panel=panel).headers["Location"]

    assert "有的议程还没有写结果" not in words(li.get(f"{place}/close"))


def test_a_leader_is_shown_the_recusals_of_the_group_alone(
    li: Browser, village: Chayuan, panel: str, app: Flask
) -> None:
    roles = [(staff.group_place(VILLAGE, str(village.wang.group_id)), "leader")]
    with village.database.writing() as session:
        account = {"login": "qian", "password": HASHED, "name": "钱组长", "by": "operator", "at": LONG_AGO}
        settle_in(session, governing.add_staff(session, roles=roles, **account))
    place = li.post(f"{HOME}/meetings", **MEETING, panel=panel).headers["Location"]

    qian = Browser(app).sign_in("qian")
    shown = words(qian.get(place))

    assert ("王建国" in shown, "买买提" in shown) == (True, False)
    assert qian.get(f"{HOME}/panels").status_code == 403
    assert village.read(scoring.calls)[0].status == "begun"
