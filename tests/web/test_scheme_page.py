"""The rules page says which version is shown, since when, and what comes after it."""

from datetime import date

import pytest

from pointsbank import scoring
from tests.builders import VILLAGE, Chayuan
from tests.scoring.panel import SCHEME, scheme_table
from tests.web.browser import Browser, words

PAGE = f"/v/{VILLAGE}/scheme"


@pytest.fixture
def announced(village: Chayuan) -> Chayuan:
    """The village, with a second version adopted for the first of October."""
    table = scheme_table({"清扫": {**SCHEME["清扫"], "分值": "6"}})
    day = date(2026, 10, 1)
    village.write(scoring.import_scheme, table=table, resolution="村民会议第2号决议", from_date=day)
    return village


def test_the_version_in_force_is_named_with_its_day_and_resolution(browser: Browser) -> None:
    page = words(browser.sign_in("chen").get(PAGE))

    assert "第1版 · 2026年1月1日起施行 · 村民会议第1号决议" in page
    assert "现行" in page and "还没有施行" not in page


def test_the_version_to_come_is_announced_with_its_day(browser: Browser, announced: Chayuan) -> None:
    page = words(browser.sign_in("chen").get(PAGE))

    assert "第2版已经通过，从2026年10月1日起施行（村民会议第2号决议）" in page
    assert "+5，每月最多12" in page
    assert "第1版 · 2026年1月1日起施行" in page


def test_what_is_to_come_can_be_read_before_it_holds(browser: Browser, announced: Chayuan) -> None:
    page = words(browser.sign_in("chen").get(f"{PAGE}?version=2"))

    assert "第2版 · 2026年10月1日起施行" in page and "还没有施行" in page
    assert "那一天以前的事仍按第1版计分" in page
    assert "+6，每月最多12" in page


def test_a_version_that_is_not_to_come_shows_the_one_in_force(browser: Browser, announced: Chayuan) -> None:
    browser.sign_in("chen")

    for version in ("1", "9", "x", "-1", "２"):
        assert "第1版 · 2026年1月1日起施行" in words(browser.get(f"{PAGE}?version={version}"))
