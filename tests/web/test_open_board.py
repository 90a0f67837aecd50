"""The public board: what a passer-by finds who signs in nowhere, and what is kept of it."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask, render_template
from sqlalchemy import text
from time_machine import Traveller

from pointsbank import disclosure, governing, market, scoring, spreadsheets, villages
from pointsbank.database import Database
from pointsbank.points import whole
from pointsbank.web.pages import open_papers
from tests.boards import test_black_board as black
from tests.builders import COMMITTEE, NOW, VILLAGE, Chayuan, hang_out
from tests.proof.month import live, on
from tests.web.browser import Browser, words

NAMED = ("王建国", "曾䶮", "买买提·艾力", "单雪梅", "欧阳犇", "李秀英")


class Links(HTMLParser):
    """Where the links of a page lead."""

    def __init__(self, page: str) -> None:
        """Read them."""
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link."""
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def hang_notice(village: Chayuan, *deeds: tuple[str, str], day: date = date(2026, 9, 1)) -> str:
    """A notice of these scores, which hangs from today on."""
    with village.database.writing() as session:
        named: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": NOW}
        meeting = scoring.open_meeting(session, held_on=day, title="九月评议会", judges=["张三"], **named).id
        rows = [scoring.ScoreRow(code, item, day, note="家里有人生病") for code, item in deeds]
        scoring.enter_scores(session, meeting=meeting, rows=rows, **named)
        return hang_out(session, meeting=meeting, **named).id


@pytest.fixture
def lived(app: Flask, sqlite_database: Database) -> Iterator[Browser]:
    """A passer-by at the site of a village that closed a month."""
    live(sqlite_database)
    app.extensions["pointsbank_database"] = sqlite_database
    yield Browser(app)


def test_who_is_not_signed_in_finds_the_board_at_the_front(browser: Browser):
    page = browser.get("/")

    assert page.status_code == 200
    assert "<h1>村务公开栏</h1>" in words(page)
    assert "有异议怎么办" in words(page)


def test_who_is_signed_in_finds_the_village_at_the_front_and_a_way_to_the_board(browser: Browser):
    home = browser.sign_in("li").get("/", follow_redirects=True)

    assert home.request.path == "/v/chayuan"
    assert 'href="/open/chayuan">公开栏</a>' in words(home)


def test_several_villages_are_listed_and_each_has_its_own_board(browser: Browser, village: Chayuan):
    hang_notice(village, ("0101", "清扫"))
    village.found_neighbour()

    front = words(browser.get("/"))

    assert [one for one in Links(front).found if one.startswith("/open/")] == [
        "/open/chayuan",
        "/open/zhuyuan",
    ]
    assert "九月评议会公示" in words(browser.get("/open/chayuan"))
    assert "九月评议会公示" not in words(browser.get("/open/zhuyuan"))


def test_without_a_village_the_front_leads_to_setting_up(app: Flask, sqlite_database: Database):
    app.extensions["pointsbank_database"] = sqlite_database

    page = Browser(app).client.get("/", follow_redirects=True)

    assert page.request.path == "/setup"


@pytest.mark.parametrize(
    "path", ["", "/prices", "/rules", "/openness", "/months", "/objecting", "/months/2026-09"]
)
def test_a_page_sets_no_cookie_reads_no_session_and_writes_nothing(lived: Browser, path: str):
    database = lived.client.application.extensions["pointsbank_database"]
    before = _rows(database)

    page = lived.get(f"/open/chayuan{path}")

    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert _rows(database) == before


def _rows(database: Database) -> list[tuple[str, int]]:
    """How many rows each table has."""
    with database.reading() as session:
        tables = session.connection().execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        names = sorted(tables.scalars())
        return [
            (name, session.connection().execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one())
            for name in names
        ]


@pytest.mark.parametrize(
    "address",
    [
        "/open/nowhere",
        "/open/nowhere/prices",
        "/open/nowhere/rules?format=xlsx",
        "/open/%00",
        "/open/chayuan%0A/rules",
        "/open/chayuan/notices/%00",
        "/open/chayuan/notices/aaaaaaaaaaaaaaaa",
        "/open/chayuan/corrections/%FF",
        "/open/chayuan/months/2026-09",
        "/open/chayuan/months/x",
        "/open/chayuan/prices?format=pdf",
    ],
)
def test_what_there_is_not_is_missing_and_sets_no_cookie(browser: Browser, address: str):
    page = browser.client.get(address)

    assert page.status_code == 404
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("价目表", "大米"),
        ("积分细则", "积分这样来"),
        ("怎样提意见", "个工作日内书面答复"),
    ],
)
def test_what_a_first_visitor_looks_for_is_two_taps_away(browser: Browser, heading: str, sentence: str):
    seen, pages = {"/"}, [words(browser.get("/"))]
    for _ in range(2):
        links = {
            one for page in pages for one in Links(page).found if one.startswith("/") and "sign" not in one
        }
        pages = [words(browser.get(one)) for one in sorted(links - seen)]
        seen |= links
        if any(f"<h1>{heading}</h1>" in page and sentence in page for page in pages):
            return
    raise AssertionError(f"{heading} is farther than two taps")


def test_a_notice_is_masked_as_on_the_wall_and_says_the_last_day(browser: Browser, village: Chayuan):
    notice = hang_notice(village, ("0101", "清扫"), ("0202", "乱堆"))

    page = words(browser.get(f"/open/chayuan/notices/{notice}"))

    assert "王*国" in page
    assert "扣分：乱堆垃圾 1日 -10" in page
    assert "最晚2026年9月4日提出，7个工作日内书面答复" in page
    assert not [name for name in NAMED if name in page]
    assert "家里有人生病" not in page


def test_what_has_run_is_gone_from_the_board_and_under_its_address(
    browser: Browser, village: Chayuan, clock: Traveller
):
    notice = hang_notice(village, ("0101", "清扫"))
    before = browser.get(f"/open/chayuan/notices/{notice}")
    clock.move_to(NOW + timedelta(days=4))

    after = browser.get(f"/open/chayuan/notices/{notice}", headers={"If-None-Match": "*"})

    assert (before.status_code, after.status_code) == (200, 404)
    assert before.headers["Cache-Control"] == "no-store"
    assert "九月评议会公示" not in words(browser.get("/open/chayuan"))


@pytest.mark.parametrize("path", ["", "/notices/{notice}"])
def test_where_households_stand_nobody_keeps_the_page_and_nobody_finds_it(
    browser: Browser, village: Chayuan, path: str
):
    notice = hang_notice(village, ("0101", "清扫"))

    page = browser.get(f"/open/chayuan{path.format(notice=notice)}")

    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, noarchive"


def test_whatever_a_browser_kept_the_page_comes_anew(browser: Browser, village: Chayuan):
    asking = {"If-None-Match": "*", "If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT"}
    first = browser.get("/open/chayuan/prices", headers=asking)
    village.write(market.set_price, goods="rice", points=whole(30))

    changed = browser.get("/open/chayuan/prices", headers=asking)

    assert (first.status_code, changed.status_code) == (200, 200)
    assert first.headers["Cache-Control"] == changed.headers["Cache-Control"] == "no-store"
    assert "30分" in words(changed)


def test_a_head_is_answered_as_the_page_without_its_body(browser: Browser):
    page, head = (send("/open/chayuan/rules") for send in (browser.client.get, browser.client.head))

    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == page.headers["Content-Length"]


def test_a_warning_that_expired_is_gone(app: Flask, sqlite_database: Database, clock: Traveller):
    black.hang(sqlite_database)
    app.extensions["pointsbank_database"] = sqlite_database
    passer_by = Browser(app)
    clock.move_to(NOW + timedelta(days=8))
    up = words(passer_by.get("/open/chayuan"))
    clock.move_to(NOW + timedelta(days=37))

    over = words(passer_by.get("/open/chayuan"))

    assert black.FACT in up
    assert "黑榜" in up
    assert "黑榜" not in over.replace("红榜、黑榜", "")
    assert black.FACT not in over


def test_a_long_notice_stands_group_by_group_and_nothing_is_cut(
    browser: Browser, village: Chayuan, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pointsbank.web.pages.open_papers._TOGETHER", 2)
    codes = ["0101", "0102", "0201", "0202", "0203", "0301"]
    address = f"/open/chayuan/notices/{hang_notice(village, *((code, '清扫') for code in codes))}"

    first = words(browser.get(address))
    found = [
        re.findall(r'<span class="soft">(\d{4})</span>', words(browser.get(address + query)))
        for query in ("", "?group=2", "?group=2&page=2", "?group=3")
    ]

    assert found == [["0101", "0102"], ["0201", "0202"], ["0203"], ["0301"]]
    assert "共6条" in first
    assert [one for one in Links(first).found if "group" in one] == [
        f"{address}?group={group}" for group in (1, 2, 3, 2)
    ]
    for bad in ("?group=4", "?group=2&page=3", "?group=0", "?group=x", "?group=²", "?page=-1"):
        assert browser.get(address + bad).status_code == 404


def test_a_notice_of_thousands_is_in_pages_of_a_few_kilobytes(app: Flask, browser: Browser, village: Chayuan):
    notice = hang_notice(village, ("0101", "清扫"))
    with village.database.reading() as session:
        short = disclosure.notice_in_full(session, village=VILLAGE, notice=notice, at=NOW)
    [one] = short.chapters[0].households
    busy = replace(one, plus=one.plus * 6)
    chapters = tuple(replace(short.chapters[0], households=(busy,) * 318) for _ in range(20))
    long = replace(short, chapters=chapters, entries=6 * 20 * 318)

    with app.test_request_context(f"/open/chayuan/notices/{notice}?group=20&page=4"):
        place = villages.Village(VILLAGE, "茶源村")
        last = open_papers._part(long)
        page = render_template("open/paper.html", village=place, found=long, part=last)

    assert (len(last.chapters[0].households), last.pages) == (18, 4)
    with app.test_request_context(f"/open/chayuan/notices/{notice}"):
        full = render_template("open/paper.html", village=place, found=long, part=open_papers._part(long))
    assert len(page) < len(full) < 150_000
    assert len(zlib.compress(full.encode())) < 20_000


def test_a_share_names_village_and_page_and_nobody(browser: Browser, village: Chayuan):
    notice = hang_notice(village, ("0101", "清扫"))

    for path in ("", f"/notices/{notice}", "/prices"):
        page = words(browser.get(f"/open/chayuan{path}"))
        shared = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page))
        assert shared["url"] == f"http://village.test:8000/open/chayuan{path}"
        assert shared["image"].startswith("http://village.test:8000/static/seal.png?v=")
        assert "茶源村" in shared["title"]
        assert not [name for name in NAMED if name[1:] in shared["title"] + shared["description"]]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("prices", ("大米", "还有3件")), ("rules", ("门前整洁", "+5")), ("openness", ("2026年9月", "29"))],
)
def test_a_table_without_names_is_there_for_everybody(lived: Browser, name: str, expected: tuple[str, ...]):
    page = lived.get(f"/open/chayuan/{name}?format=xlsx")

    table = spreadsheets.read_table("x.xlsx", page.data)

    assert page.status_code == 200
    assert all(one in str(table) for one in expected)
    assert "王" not in unquote(page.headers["Content-Disposition"])
    assert "Set-Cookie" not in page.headers
    assert not [one for one in NAMED if one in str(table)]


def test_every_kind_of_public_table_is_offered_on_its_page(lived: Browser):
    for name in disclosure.FILES:
        assert f"/open/chayuan/{name}?format=xlsx" in Links(words(lived.get(f"/open/chayuan/{name}"))).found


def test_the_practice_village_is_marked_on_its_board_and_where_it_is_shared(app: Flask, browser: Browser):
    app.extensions["pointsbank_settings"] = replace(app.extensions["pointsbank_settings"], practice=True)

    page = words(browser.get("/open/chayuan"))

    assert "<title>练习 · 村务公开栏" in page
    assert 'og:title" content="练习 · 村务公开栏' in page
    assert "<strong>练习村</strong>" in page


def test_a_closed_month_shows_its_code_and_how_to_check_it(lived: Browser, clock: Traveller):
    clock.move_to(on(2, month=10))

    board = words(lived.get("/open/chayuan"))
    month = words(lived.get("/open/chayuan/months/2026-09"))

    digits = re.findall(r'class="digits">([\d ]{35})<', board + month)
    assert len(digits) == 2 and len(set(digits)) == 1
    assert "拿着海报查一查" in month


def test_letters_grow_from_the_board_without_a_token(browser: Browser):
    sent = browser.client.post(
        "/look/size", data={"large": "1"}, headers={"Referer": "http://x/open/chayuan"}
    )

    assert sent.headers["Location"] == "/open/chayuan"
    assert 'class="large"' in words(browser.get("/open/chayuan"))


def test_a_village_says_how_many_days_and_whom_to_call(browser: Browser, village: Chayuan):
    village.write(governing.change_settings, hotline="0596-7654321")

    page = words(browser.get("/open/chayuan/objecting"))

    assert 'href="tel:0596-7654321"' in page
    assert "7个工作日内书面答复" in page
