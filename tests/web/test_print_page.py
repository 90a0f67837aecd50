"""The print page: a form for each sheet that the visitor may print, and the sheets under their addresses."""

import pytest

from pointsbank import sheets
from tests.builders import VILLAGE
from tests.web.browser import Browser, words
from tests.web.test_month import close, enter, open_meeting

HOME = f"/v/{VILLAGE}"


def test_each_sheet_has_its_form_with_all_its_options(browser: Browser) -> None:
    page = words(browser.sign_in("li").get(f"{HOME}/print"))

    for sheet in sheets.every():
        assert f"<h2>{sheet.title}</h2>" in page
        assert f'action="{HOME}/print/{sheet.name}.pdf"' in page
        assert all(f'id="{sheet.name}-{option}"' in page for option in sheet.options().fields)


@pytest.mark.parametrize("login", ["chen", "zhao", "sun"])
def test_nobody_is_offered_a_sheet_that_would_be_refused(browser: Browser, login: str) -> None:
    browser.sign_in(login)
    page = words(browser.get(f"{HOME}/print"))

    for sheet in sheets.every():
        ask = browser.post if sheet.writes else browser.get
        refused = ask(f"{HOME}/print/{sheet.name}.pdf").status_code == 403
        assert (f"<h2>{sheet.title}</h2>" in page) == (not refused)


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
