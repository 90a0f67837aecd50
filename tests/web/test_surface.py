"""What pages may hold: nothing inline, nothing from elsewhere, headers that say so."""

import re
from pathlib import Path

import pytest

from pointsbank import market
from pointsbank.paths import shipped
from pointsbank.web import app as web_app
from pointsbank.web.forms import BoundForm
from tests.builders import VILLAGE
from tests.web.browser import Browser, words

STATIC = Path(web_app.__file__).parent / "static"
PAGES = sorted(shipped("templates").rglob("*.html"))
FILES = [*PAGES, *sorted(one for one in STATIC.rglob("*") if one.is_file())]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_holds_inline_script_or_style(page: Path) -> None:
    text = page.read_text("utf-8")

    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_reads_only_what_a_form_has(page: Path) -> None:
    read = set(re.findall(r"\bform\.(\w+)", page.read_text("utf-8"))) - {"html"}

    assert read <= {*dir(BoundForm), *BoundForm.__dataclass_fields__}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_comes_from_elsewhere(file: Path) -> None:
    found = re.findall(r"https?://[\w\[][^\s\"')]*", file.read_text("utf-8", errors="replace"))

    assert set(found) <= {"http://www.w3.org/2000/svg"}


def test_the_policy_allows_nothing_inline_and_nobody_else(browser: Browser) -> None:
    policy = browser.get("/sign-in").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy


def test_every_answer_carries_the_hardening_headers(browser: Browser) -> None:
    for path in ("/sign-in", "/nothing", "/api/v1/villages", "/healthz", "/static/theme.css"):
        headers = browser.get(path).headers

        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Content-Security-Policy" in headers


def test_pages_are_not_kept_by_anybody_on_the_way(browser: Browser) -> None:
    assert browser.sign_in("li").get("/").headers["Cache-Control"] == "no-store"


def test_a_form_that_nobody_sent_stays_folded(browser: Browser) -> None:
    browser.sign_in("sun")

    assert '<details class="sheet below">' in words(browser.get(f"/v/{VILLAGE}/roster"))
    assert '<details class="sheet below" open>' in words(browser.post(f"/v/{VILLAGE}/roster", code=""))


def test_every_file_a_page_names_is_there(browser: Browser) -> None:
    page = words(browser.sign_in("chen").get("/v/chayuan/till"))
    named = re.findall(r'(?:src|href)="(/(?:static|bootstrap)[^"]+)"', page)

    assert len(named) >= 4
    assert [path for path in named if browser.get(path).status_code != 200] == []


def test_the_catalogue_of_refusals_shows_sentence_and_code(browser: Browser) -> None:
    page = words(browser.sign_in("chen").get("/refusals"))

    assert "insufficient_points" in page
    assert market.problems.SoldOut.sentence.split("{")[0] in page
