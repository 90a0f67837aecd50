"""The page of oversight: sentences, ways to every line, months asked for, and its paper."""

import pytest

from tests.builders import VILLAGE
from tests.web.browser import Browser, words
from tests.web.test_month import enter, open_meeting

HOME = f"/v/{VILLAGE}"


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


def test_each_sentence_leads_to_its_lines(li: Browser) -> None:
    enter(li, open_meeting(li), "0101")

    page = words(li.get(f"{HOME}/oversight"))

    assert "0位评议员的本户和亲属户共0条" in page
    assert "没有用过" in page
    for name in ("kin_scores", "item_use", "scoring_pace"):
        address = f"{HOME}/lists/{name}?first=2025-10&until=2026-09"
        assert address.replace("&", "&amp;") in page
        assert li.get(address).status_code == 200
    paper = f"{HOME}/print/oversight.pdf?first=2025-10&until=2026-09"
    assert paper.replace("&", "&amp;") in page
    assert li.get(paper).data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("first=2026-09&until=2026-08", "前后颠倒了"),
        ("first=2026-13", "月份"),
        ("until=%00", "月份"),
        ("first=昨天", "月份"),
    ],
)
def test_months_that_are_none_are_said_and_kept_as_typed(li: Browser, asked: str, sentence: str) -> None:
    answer = li.get(f"{HOME}/oversight?{asked}")

    assert answer.status_code == 200
    assert sentence in words(answer)
    assert "2025年10月至2026年9月" in words(answer)


def test_who_leads_a_group_or_sells_does_not_see_whose_relative_is_whose(browser: Browser) -> None:
    chen = browser.sign_in("chen")

    assert chen.get(f"{HOME}/oversight").status_code == 403
    assert chen.get(f"{HOME}/lists/kin_scores").status_code == 403
