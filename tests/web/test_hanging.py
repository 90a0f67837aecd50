"""That a notice's paper hangs is recorded by one tap, on home or on its page; both say what comes of it."""

import pypdfium2
import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import publicity
from tests.builders import VILLAGE, Chayuan
from tests.printing.reading import squeezed
from tests.web.browser import Browser, hidden, words
from tests.web.test_month import enter, open_meeting

HOME = f"/v/{VILLAGE}"


@pytest.fixture
def li(app: Flask) -> Browser:
    return Browser(app).sign_in("li")


@pytest.fixture
def notice(li: Browser) -> str:
    """The page of a notice whose meeting has just ended."""
    meeting = open_meeting(li)
    enter(li, meeting, "0101")
    return li.follow(li.post(f"{meeting.request.path}/close")).request.path


def printed(li: Browser) -> str:
    """The words of the printed notice."""
    document = pypdfium2.PdfDocument(li.get(f"{HOME}/print/notice.pdf").data)
    return squeezed("".join(page.get_textpage().get_text_range() for page in document))


def test_home_names_what_hangs_nowhere_and_one_tap_records_it(
    app: Flask, li: Browser, village: Chayuan, notice: str
) -> None:
    home = li.get(HOME)
    assert "还没有张贴的公示" in words(home)
    supervisor = words(Browser(app).sign_in("zhao").get(HOME))
    assert "还没有张贴的公示" in supervisor and f"{notice}/hangings" not in supervisor
    assert "公示期：自张贴之日起3天（张贴日期：" in printed(li)

    tap = {"place": hidden(home, "place"), "hung_on": hidden(home, "hung_on")}
    page = words(li.follow(li.post(f"{notice}/hangings", **tap)))

    assert "已登记张贴，公示到2026年9月4日。" in page and "期满后自动入账" in page
    assert "还没有张贴的公示" not in words(li.get(HOME))
    assert "公示期：2026年9月1日至2026年9月4日" in printed(li)


def test_a_wrong_day_is_marked_and_the_place_is_not_lost(li: Browser, village: Chayuan, notice: str) -> None:
    refused = li.post(f"{notice}/hangings", place="祠堂<东>", hung_on="2026-08-01")

    assert refused.status_code == 422
    assert "不能早于评议会结束" in words(refused)
    assert hidden(refused, "place") == "祠堂<东>"
    assert li.post(f"{notice}/hangings", place="祠堂", hung_on="昨天").status_code == 422
    assert len(village.read(publicity.unhung)) == 1
    full = village.read(publicity.notice, notice_id=notice.rpartition("/")[2])
    page = li.get(f"{HOME}/scores/{full.entries[0].score.id}")
    assert ">未张贴<" in page.text and ">公示中<" not in page.text


def test_when_its_days_are_over_the_page_says_that_it_is_posted_by_itself_or_at_once(
    li: Browser, village: Chayuan, notice: str, clock: Traveller
) -> None:
    for place in ("村务公开栏", "一组路口"):
        assert li.post(f"{notice}/hangings", place=place, hung_on="2026-09-01").status_code == 303
    later = open_meeting(li)
    enter(li, later, "0102", confirmed="1")
    li.post(f"{later.request.path}/close")
    for order in ("hung_on", "-hung_on", "ends_on", "-ends_on"):
        listed = li.get(f"{HOME}/lists/notices?sort={order}")
        assert listed.status_code == 200 and "未张贴" in words(listed)
    assert "一组路口" in words(li.get(notice)) and "又贴了一处" in words(li.get(notice))

    clock.shift(4 * 24 * 3600)
    li.sign_in("li")
    page = words(li.get(notice))
    assert "几分钟内自动入账，也可以现在入账" in page
    assert "已入账1条" in words(li.follow(li.post(f"{notice}/settle")))
