"""The reception: a person stands there with a card or a name; what is shown, and what each role may do."""

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pointsbank import approvals, claims, publicity, questions, roster, staff, villages
from pointsbank.points import whole
from tests.builders import NOW, VILLAGE, Chayuan, hang_out
from tests.households.test_closing import merge
from tests.printing.escpos import printed
from tests.publicity.desk import august
from tests.scoring.counter import adopt
from tests.scoring.panel import Panel, hold
from tests.web.browser import Browser, words
from tests.web.test_card_visit import give_pin
from tests.web.test_card_visit import scan as scan_by_telephone
from tests.web.test_group_leaders import lead

HOME = f"/v/{VILLAGE}"
PLACE = f"{HOME}/reception"
DEED = {"occurred_on": "2026-08-30", "words": "清了村口的沟"}


@pytest.fixture
def hung(village: Chayuan) -> str:
    """A deduction of 王建国 that hangs (id)."""
    panel = Panel(village, hold(village).id)
    [score] = panel.enter(august("0101", "乱堆"))
    village.write(hang_out, meeting=panel.meeting)
    return str(score.id)


@pytest.fixture
def chen(app: Flask) -> Browser:
    return Browser(app).sign_in("chen")


@pytest.fixture
def li(app: Flask) -> Browser:
    return Browser(app).sign_in("li")


def scan(village: Chayuan, who: roster.Participant | None = None) -> str:
    """What a scanner reads from a card in use of 王建国, or of another."""
    return f"http://village.test:8000/c/{village.card(who or village.wang).token}"


def waiting(village: Chayuan) -> list[str]:
    """The kinds of what waits for a second person."""
    return [one.approval.kind for one in village.read(approvals.waiting, by="", at=NOW)]


@dataclass
class Hands:
    """Follows links and sends forms of the page that is open; each is a step."""

    browser: Browser
    page: TestResponse
    steps: int = 0

    def tap(self, label: str, *, last: bool = False) -> None:
        """Follow the first link of the page with this label, or the last; one within the page is a tap."""
        self.steps += 1
        main = words(self.page).partition("<main")[2]
        links = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', main, re.DOTALL)
        href = [href for href, text in links if label in re.sub("<[^>]+>", "", text)][-1 if last else 0]
        if href.startswith("#"):
            assert f'id="{href[1:]}"' in words(self.page)
            return
        self.page = self.browser.get(html.unescape(href).partition("#")[0])
        assert self.page.status_code == 200, words(self.page)

    def send(self, button: str, **typed: str) -> None:
        """Send the first form with this button, as it stands there and with what is typed into it."""
        self.steps += 1
        forms = re.findall(r"<form [^>]*>.*?</form>", words(self.page), re.DOTALL)
        form = next(
            one
            for one in forms
            if any(button in text for text in re.findall(r"<button[^>]*>(.*?)</button>", one, re.DOTALL))
        )
        action = html.unescape(re.search(r'action="([^"]+)"', form)[1])  # type: ignore[index]
        inputs = [tag for tag in re.findall(r"<input[^>]*>", form) if 'type="file"' not in tag]
        named = {re.search(r'name="([^"]+)"', tag)[1]: tag for tag in inputs if 'name="' in tag}  # type: ignore[index]
        filled = {
            name: html.unescape(found[1]) if (found := re.search(r'value="([^"]*)"', tag)) else ""
            for name, tag in named.items()
        }
        filled |= dict(re.findall(r'<button[^>]*name="(\w+)" value="(\w+)"', form))
        self.page = self.browser.post(action, **(filled | typed))
        while self.page.status_code == 303:
            self.page = self.browser.follow(self.page)


def standing(by: Browser, who: str = "0101") -> Hands:
    """Somebody who was found by a name, a code, initials or a card: the household's page."""
    return Hands(by, by.follow(by.post(PLACE, household=who)))


def test_a_name_or_a_card_shows_what_a_household_has_why_and_what_hangs_until_when(
    village: Chayuan, hung: str, chen: Browser
) -> None:
    village.give(village.wang, 60)
    village.write(claims.file, participant="0101", item="志愿", quantity=2, confirmed=False, **_deed())

    for named in ("0101", scan(village)):
        shown = words(standing(chen, named).page)

        for part in ("王建国", "做好事", "+60", "乱堆", "−10", "最迟这一天提异议", "清了村口的沟"):
            assert part in shown, part
        assert shown.count('<strong class="big">60</strong>') == 2
        assert "够" in shown and "暂时没有货" in shown
    assert len(village.read(staff.access_records, participant=village.wang.id)) == 2


def _deed() -> dict[str, Any]:
    return {"occurred_on": date(2026, 8, 30), "words": "清了村口的沟"}


BOX = r'<input [^>]*id="(?:text|household)"[^>]* autofocus'


@pytest.mark.parametrize("path", ["reception", "till", "pins", "counter"])
def test_a_scanner_types_at_once_into_the_box_that_waits_for_it(
    village: Chayuan, chen: Browser, path: str
) -> None:
    adopt(village)

    assert re.search(BOX, words(chen.get(f"{HOME}/{path}")))


def test_who_was_not_found_is_typed_anew_without_a_click(chen: Browser) -> None:
    for path, name in (("reception", "household"), ("till", "text")):
        refused = words(chen.post(f"{HOME}/{path}", **{name: "没有这个人"}))

        assert "没有这个人" in refused and re.search(BOX, refused)
        # The focus is the box's alone: a page gives it to the first that asks.
        assert refused.count(" autofocus") == 1


def test_a_name_that_several_have_is_asked_about(chen: Browser) -> None:
    asked = words(chen.post(PLACE, household="王建国"))

    assert f"{PLACE}/0101" in asked and f"{PLACE}/0102" in asked


def test_an_objection_takes_three_steps_at_most(village: Chayuan, hung: str, chen: Browser) -> None:
    hands = standing(chen)
    hands.tap("提异议")
    hands.tap("提异议", last=True)
    # Who stands there is the household: its name need not be typed.
    hands.send("登记", reason="那天不在家")

    assert hands.steps <= 3
    assert [one.raised_by for one in village.read(publicity.objections)] == ["王建国"]
    assert [one.reason for one in village.read(publicity.objections)] == ["那天不在家"]
    assert "打印回执" in words(hands.page)


def test_a_claim_takes_three_steps_at_most_and_what_was_typed_stays_when_it_is_refused(
    village: Chayuan, chen: Browser
) -> None:
    hands = standing(chen)
    hands.tap("申报好事")
    hands.send("登记申报", item="没有这条", **DEED)
    assert hands.page.status_code == 422 and "清了村口的沟" in words(hands.page)
    hands.send("登记申报", item="志愿", quantity="2", **DEED)

    assert hands.steps <= 3
    assert "已登记申报" in words(hands.page) and "清了村口的沟" in words(hands.page)
    assert len(village.read(claims.of_participant, participant=village.wang.id)) == 1


def test_a_question_takes_two_steps_and_stands_on_the_household_s_page(
    village: Chayuan, chen: Browser
) -> None:
    hands = standing(chen)
    hands.tap("问一件事")
    hands.send("登记", kind="question", words="卫生费用在哪里了", role="committee")

    assert hands.steps == 2 and "已登记，第" in words(hands.page)
    [(asked, _)] = village.read(questions.of_participant, participant=village.wang.id)
    assert asked.words == "卫生费用在哪里了"
    assert "卫生费用在哪里了" in words(hands.page)


def test_a_lost_card_takes_two_steps_and_leads_back_to_the_household(village: Chayuan, chen: Browser) -> None:
    hands = standing(chen, scan(village))
    hands.tap("挂失")
    hands.send("挂失这张")

    assert hands.steps == 2
    assert "已挂失" in words(hands.page) and "这一户还没有能用的积分卡" in words(hands.page)


def test_a_second_card_is_printed_and_handed_out_in_three_steps_each(village: Chayuan, li: Browser) -> None:
    village.card(village.wang)
    hands = standing(li)
    hands.tap("补卡、加卡")
    hands.send("再发一张")
    hands.send("制作并下载")
    assert hands.steps <= 3 and hands.page.mimetype == "application/pdf"
    assert sorted(one.status for one in village.read(roster.known_cards, participant="0101")) == [
        "active",
        "printed",
    ]

    hands = standing(li)
    hands.tap("补卡、加卡")
    hands.send("登记发放")
    assert hands.steps <= 3 and waiting(village) == ["hand_out"]


def test_a_pin_is_asked_for_in_two_steps_with_the_scanned_card(village: Chayuan, chen: Browser) -> None:
    hands = standing(chen, scan(village))
    hands.tap("兑换密码")
    hands.send("申请设置", pin="274916", again_pin="274916")

    assert hands.steps == 2
    assert waiting(village) == ["pin_set"]


def test_a_scanned_card_is_sold_to_in_three_steps_and_a_typed_name_needs_the_second_check(
    village: Chayuan, chen: Browser
) -> None:
    village.give(village.wang, 60)
    hands = standing(chen, scan(village))
    hands.tap("兑换")
    hands.send("下一步", **{"q-rice": "1"})
    hands.send("已核对，确认兑换")
    assert hands.steps <= 3
    assert village.balance(village.wang).points == whole(40)

    hands = standing(chen)
    hands.send("兑换")
    hands.send("下一步", **{"q-rice": "1"})
    assert "还需再确认一次" in words(hands.page)
    hands.send("已核对，确认兑换")
    assert hands.steps <= 3
    assert village.balance(village.wang).points == whole(40)


def test_the_counter_takes_two_steps(village: Chayuan, chen: Browser) -> None:
    counter = adopt(village)
    hands = standing(chen)
    hands.tap("柜台登记")
    hands.send("登记", item="回收", quantity="4")

    assert hands.steps == 2 and counter.points() == 200


@pytest.mark.parametrize(("name", "file"), [("打印对账条", "slip-58.pdf"), ("打印对账单", "passbook-a4.pdf")])
def test_a_slip_takes_one_step_and_is_written_down_as_a_look(
    village: Chayuan, chen: Browser, name: str, file: str
) -> None:
    hands = standing(chen)
    before = len(village.read(staff.access_records, participant=village.wang.id))
    hands.send(name)

    assert hands.steps == 1 and hands.page.mimetype == "application/pdf"
    assert hands.page.headers["Content-Disposition"].endswith(file)
    assert len(village.read(staff.access_records, participant=village.wang.id)) == before + 1


@pytest.mark.parametrize("width", [58, 80])
def test_a_slip_for_a_receipt_printer_is_written_down_too(
    village: Chayuan, chen: Browser, width: int
) -> None:
    hands = standing(chen)
    before = len(village.read(staff.access_records, participant=village.wang.id))
    hands.send(f"{width}毫米", width=str(width))

    assert hands.page.headers["Content-Disposition"].endswith(f"slip-{width}.bin")
    lines = printed(hands.page.data, width=width).lines
    assert any("王建国（0101）" in line.text for line in lines)
    assert len(village.read(staff.access_records, participant=village.wang.id)) == before + 1


ACTS = [
    "兑换",
    "柜台登记",
    "申报好事",
    "提异议",
    "挂失",
    "补卡、加卡",
    "兑换密码",
    "打印对账条",
    "完整档案",
]


@pytest.mark.parametrize(
    ("login", "without"), [("chen", set()), ("li", {"兑换", "兑换密码"}), ("sun", set())]
)
def test_each_role_sees_the_acts_that_it_may_do(
    app: Flask, village: Chayuan, login: str, without: set[str]
) -> None:
    shown = words(standing(Browser(app).sign_in(login), scan(village)).page)
    acts = shown.partition('<nav class="acts"')[2].partition("</nav>")[0]

    seen = {one for one in ACTS if re.search(f"</svg>{one}</", acts)}
    assert seen == set(ACTS) - without
    assert ("补打新卡" in shown) == (login != "chen")


def test_who_only_supervises_or_leads_a_group_does_not_serve(app: Flask, village: Chayuan) -> None:
    zhao = Browser(app).sign_in("zhao")
    lead(village, str(village.read(villages.group_by_name, name="一组").id))
    qian = Browser(app).sign_in("qian")

    for one in (zhao, qian):
        assert one.get(PLACE).status_code == one.get(f"{PLACE}/0101").status_code == 403
        assert "服务台" not in words(one.get(HOME))


def test_a_lost_card_is_told_why_and_whose_it_is_and_opens_nothing(village: Chayuan, chen: Browser) -> None:
    village.give(village.wang, 60)
    card = scan(village)
    village.write(roster.lose, code="0101")

    told = words(chen.post(PLACE, household=card))

    assert "已经挂失" in told and "王建国" in told and "起已挂失或作废" in told
    assert "可用积分" not in told and "做好事" not in told
    assert village.read(staff.access_records, participant=village.wang.id) == []


def test_a_card_not_handed_out_says_so_and_leads_to_its_household(village: Chayuan, li: Browser) -> None:
    [card] = village.write(roster.issue, participants=[village.wang.id])

    told = words(li.post(PLACE, household=f"http://village.test/c/{card.token}"))

    assert "还没有发放启用" in told and f"{PLACE}/0101" in told


def test_a_card_of_another_village_and_no_card_at_all_are_refused(village: Chayuan, chen: Browser) -> None:
    village.found_neighbour()
    other = village.write(roster.add, village="zhuyuan", code="0101", name="赵六")
    [card] = village.write(roster.issue, village="zhuyuan", participants=[other.id])
    village.write(roster.hand_out, village="zhuyuan", cards=[card.id])

    told = words(chen.post(PLACE, household=f"http://village.test/c/{card.token}"))
    assert "不是本村的积分卡" in told and "赵六" not in told


def test_a_household_whose_points_are_suspended_is_served_but_for_sales(
    village: Chayuan, chen: Browser
) -> None:
    card = scan(village)
    village.write(roster.edit, code="0101", facts=roster.NewFacts(status="suspended"), reason="核实")

    shown = words(standing(chen, card).page)

    assert "已暂停使用" in shown
    assert re.search(r"<button[^>]*disabled>.*?兑换</button>", shown)
    assert "申报好事" in shown and "挂失" in shown


def test_a_closed_household_keeps_its_past_and_gets_nothing_new(village: Chayuan, chen: Browser) -> None:
    merge(village)

    shown = words(standing(chen, "0101").page)

    assert "已经销户或并户" in shown
    assert "申报好事" not in shown and "补打新卡" not in shown


@pytest.mark.parametrize("code", ["D01", "Q01", "0301"])
def test_others_than_households_are_served_too(chen: Browser, code: str) -> None:
    shown = words(standing(chen, code).page)

    assert code in shown and "还没有明细" in shown and "还没有能用的积分卡" in shown
    assert "<img src=" not in shown


def test_a_household_s_file_and_its_page_at_the_reception_lead_to_each_other(chen: Browser) -> None:
    hands = standing(chen)
    hands.tap("完整档案")
    assert "办好了，下一位" in words(hands.page)
    links = re.findall(r'href="([^"]+)">服务台</a>', words(hands.page).partition("<main")[2])

    assert links and links[0].startswith(f"{PLACE}/0101?opened=")
    # Opened from the roster it is the staff's own work, and nobody stands there.
    assert "办好了，下一位" not in words(chen.get(f"{HOME}/roster/0101"))


def test_the_till_is_one_tap_from_the_reception(chen: Browser) -> None:
    for page in (PLACE, f"{PLACE}/0101", HOME):
        assert f'href="{HOME}/till"' in words(chen.get(page))


def test_who_serves_a_household_is_told_of_wrong_tries_on_a_telephone(
    app: Flask, chen: Browser, village: Chayuan
) -> None:
    phone = scan_by_telephone(app, village)
    give_pin(village)
    page = f"{PLACE}/{village.wang.code}"
    for number in range(5):
        assert ("连着输错" in words(chen.get(page))) == (number >= 3)
        phone.post("/mine/claim", **DEED, item="清扫", pin="000000")

    told = words(chen.get(page))
    assert "在手机上连着输错了5次，手机上要到2026年9月1日10:15以后才能再试；柜台照常能办" in told
