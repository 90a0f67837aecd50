"""The print page: a form for each sheet that the visitor may print, and the sheets under their addresses."""

from dataclasses import replace
from pathlib import Path

import pytest

from pointsbank import roster, sheets
from pointsbank.web.app import create_app
from tests.builders import VILLAGE, Chayuan
from tests.printing.fontfile import made_font
from tests.web.browser import Browser, words
from tests.web.conftest import settings
from tests.web.test_month import close, enter, open_meeting

HOME = f"/v/{VILLAGE}"


def test_each_sheet_has_its_form_with_all_its_options(browser: Browser) -> None:
    page = words(browser.sign_in("li").get(f"{HOME}/print"))

    for sheet in sheets.every():
        assert f"<h2>{sheet.title}</h2>" in page
        sent_to = f"{sheet.name}/check" if sheet.outlook else f"{sheet.name}.pdf"
        assert f'action="{HOME}/print/{sent_to}"' in page
        assert all(f'id="{sheet.name}-{option}"' in page for option in sheet.options().fields)


@pytest.mark.parametrize("login", ["chen", "zhao", "sun"])
def test_nobody_is_offered_a_sheet_that_would_be_refused(browser: Browser, login: str) -> None:
    browser.sign_in(login)
    page = words(browser.get(f"{HOME}/print"))

    for sheet in sheets.every():
        # An option that no sheet has: who may print it hears of that, and nothing is drawn.
        path = f"{HOME}/print/{sheet.name}.pdf"
        told = browser.post(path, none="1") if sheet.writes else browser.get(f"{path}?none=1")
        assert told.status_code in (403, 422)
        refused = told.status_code == 403
        assert (f"<h2>{sheet.title}</h2>" in page) == (not refused)


def test_a_choice_left_open_says_what_is_printed_then(browser: Browser) -> None:
    page = words(browser.sign_in("li").get(f"{HOME}/print"))

    of_sheets = (
        "请选择",
        "正在进行的一次",
        "最近一批",
        "最近一份",
        "最近一次",
        "最近一个已月结的月份",
        "最近掷过骰子的月份",
        "往前十二个月",
        "本月",
        "现行的一版",
    )
    for choice in (*of_sheets, "还没有兑换"):
        assert f'<option value="">{choice}</option>' in page
    assert page.count('<option value="">') == 34


@pytest.mark.parametrize(("login", "warned"), [("li", True), ("chen", False)])
def test_who_prints_no_cards_hears_nothing_of_their_address(
    village: Chayuan, tmp_path: Path, login: str, warned: bool
) -> None:
    site = Browser(create_app(settings(tmp_path, "http://127.0.0.1:8000"), village.database))

    assert ("积分卡二维码将指向" in words(site.sign_in(login).get(f"{HOME}/print"))) == warned


def test_a_notice_is_printed_from_its_own_page(browser: Browser) -> None:
    li = browser.sign_in("li")
    meeting = open_meeting(li)
    enter(li, meeting, "0101")
    notice = close(li, meeting)
    identity = notice.request.path.rpartition("/")[2]
    address = f"{HOME}/print/notice.pdf?notice={identity}"

    assert address in words(notice)
    assert li.get(address).data.startswith(b"%PDF")


def test_a_refusal_is_told_beside_its_form(browser: Browser) -> None:
    li = browser.sign_in("li")

    answer = li.get(f"{HOME}/print/poster.pdf")

    assert answer.status_code == 409
    assert "还没有月结过的月份" in words(answer)
    assert li.get(f"{HOME}/print/receipt.pdf").status_code == 422
    assert li.get(f"{HOME}/print/ledger.pdf").status_code == 404


def test_names_no_font_draws_are_said_before_a_print_and_after_it(browser: Browser, village: Chayuan) -> None:
    village.write(roster.add, code="0909", name="བཀྲ་ཤིས", group="一组", people=3)
    li = browser.sign_in("li")
    said = "“བཀྲ་ཤིས”印成“户号0909”"

    before = words(li.get(f"{HOME}/print"))
    printed = li.post(f"{HOME}/print/cards.pdf", participant="0909")

    assert said in before and "U+0F56 藏文" in before
    assert "画得出的文字：汉字" in before
    assert printed.data.startswith(b"%PDF")
    assert "印成“户号0909”，字体画不出" in words(li.get(HOME))


def test_a_slip_s_form_offers_the_file_for_a_receipt_printer(browser: Browser) -> None:
    li = browser.sign_in("li")

    assert f'formaction="{HOME}/print/slip.escpos"' in words(li.get(f"{HOME}/print"))
    assert li.post(f"{HOME}/print/slip.escpos", participant="0101").data.startswith(b"\x1b@")
    assert li.post(f"{HOME}/print/slip.escpos", participant="").status_code == 422


def test_what_an_official_face_lacks_is_said_beside_every_sheet_that_is_printed_with_it(
    village: Chayuan, tmp_path: Path
) -> None:
    own = made_font(tmp_path / "own.ttf")
    app = create_app(replace(settings(tmp_path), official_fonts=(own,)), village.database)

    page = words(Browser(app).sign_in("li").get(f"{HOME}/print"))

    assert "缺“王建国”" in page
    assert page.count("要一样，请管理员在设置里换一个字全的字体") == 4
