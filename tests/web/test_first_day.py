"""The first day: each step asks its own question, home keeps what is missing, each page says what is next."""

import re

import pytest

from pointsbank.public_address import Reach
from pointsbank.staff import Role
from pointsbank.web import first_day
from pointsbank.web.first_day import Facts
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, words

HOME = f"/v/{VILLAGE}"
NOTHING = Facts(missing=(Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR))
EVERYTHING = Facts(
    telephones=("0596-7654321", "0596-7654322"),
    has_people=True,
    scheme="adopted",
    has_goods=True,
    missing=(),
    reach=Reach.EVERYWHERE,
    cards=frozenset({"active"}),
)


@pytest.mark.parametrize("step", first_day.every(), ids=lambda step: step.title)
def test_a_step_is_done_by_what_is_there_and_by_nothing_else(step: first_day.Step) -> None:
    assert (step.is_done(NOTHING), step.is_done(EVERYTHING)) == (False, True)
    assert step.state(EVERYTHING) == ""


def test_half_of_a_step_is_not_the_whole() -> None:
    half = Facts(
        telephones=("0596-7654321", ""),
        scheme="draft",
        missing=(Role.SUPERVISOR,),
        reach=Reach.THIS_MACHINE,
        cards=frozenset({"printed"}),
    )
    told = {step.title: step.state(half) for step in first_day.every() if not step.is_done(half)}

    assert {title: state for title, state in told.items() if state} == {
        "村和电话": "还缺投诉电话",
        "积分细则": "有草案，还没有登记通过",
        "人员": "还缺村务监督",
        "公开网址": "村民的手机现在打不开",
        "第一批积分卡": "已打印，还没有登记发放",
    }


def test_steps_can_be_left_and_the_next_missing_one_is_offered() -> None:
    order = [step.title for step in first_day.every()]
    at_goods = first_day.course(NOTHING, endpoint="goods")
    at_last = first_day.course(NOTHING, endpoint="paper")

    assert order == ["村和电话", "花名册", "积分细则", "商品", "人员", "公开网址", "第一批积分卡"]
    assert at_goods.next is not None and at_goods.next.title == "人员"
    # Behind the last one come those that were left.
    assert at_last.next is not None and at_last.next.title == "村和电话"
    assert first_day.course(EVERYTHING, endpoint="goods").next is None


def test_home_keeps_what_is_missing_for_who_may_do_it(browser: Browser, village: Chayuan) -> None:
    home = words(browser.sign_in("li").get(HOME))
    kept = re.findall(r'<a class="line" href="([^"]*)"><span class="main">([^<]*)', home)

    assert (f"{HOME}/settings", "村和电话") in kept and (f"{HOME}/print", "第一批积分卡") in kept
    assert "积分细则<" not in re.sub(r"(?s)<div class=\"tiles.*", "", home)
    assert "开始使用" not in words(Browser(browser.client.application).sign_in("chen").get(HOME))


def test_a_page_of_a_step_says_what_is_next_and_others_say_nothing(browser: Browser) -> None:
    li = browser.sign_in("li")

    goods, meetings = words(li.get(f"{HOME}/goods")), words(li.get(f"{HOME}/meetings"))
    guide = words(li.get(f"{HOME}/start"))

    # One line where the step is done, and for who may do what is next the way there.
    assert re.search(r"开始使用：\d / 7</a>", goods) and "<progress" not in goods
    assert "下一步：公开网址" in words(Browser(li.client.application).sign_in("sun").get(f"{HOME}/goods"))
    cards = words(li.get(f"{HOME}/print"))
    # Two where it is not: no page begins with a box that is taller than what somebody came for.
    assert "第7步“第一批积分卡”" in cards and "全部步骤" not in cards
    assert "开始使用" not in meetings
    assert guide.count("<li") >= 7 and "现在办：村和电话" in guide
