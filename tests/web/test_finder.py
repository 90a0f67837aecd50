"""Boxes for households: whatever somebody is called by is taken or asked about; nothing typed is lost."""

import html
import re
from datetime import date

import pytest
from werkzeug.test import TestResponse

from pointsbank import boards, roster, scoring, staff
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, hidden, list_rows, words

HOME = f"/v/{VILLAGE}"
DEED = {"item": "清扫", "occurred_on": "2026-08-20"}


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


@pytest.fixture
def meeting(village: Chayuan) -> str:
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计"]}
    return str(village.write(scoring.open_meeting, **held).id)


def enter(browser: Browser, meeting: str, codes: str, **more: str) -> TestResponse:
    page = browser.get(f"{HOME}/meetings/{meeting}")
    fields = {"request_id": hidden(page, "request_id"), "codes": codes, **DEED, **more}
    return browser.post(f"{HOME}/meetings/{meeting}/scores", **fields)


def scored(village: Chayuan, meeting: str) -> list[str]:
    return [one.code for one in village.read(scoring.scores, meeting=meeting)]


def candidates(page: TestResponse) -> list[str]:
    """The codes offered as radio buttons."""
    return re.findall(r'type="radio"[^>]*value="([^"]+)"', words(page))


@pytest.mark.parametrize("typed", ["0302", "０３０２", "欧阳犇", "oyb", "ouyangben"])
def test_a_household_is_scored_by_whatever_it_is_called(
    li: Browser, village: Chayuan, meeting: str, typed: str
) -> None:
    page = li.follow(enter(li, meeting, typed))

    assert "已录入1条：0302 欧阳犇" in words(page)
    assert scored(village, meeting) == ["0302"]


def test_a_card_is_as_good_as_a_code(li: Browser, village: Chayuan, meeting: str) -> None:
    card, other = village.card(village.shan), village.card(village.li)

    li.follow(enter(li, meeting, f"{card.number} http://village.test/c/{other.token}"))

    assert scored(village, meeting) == ["0203", "0303"]


def test_several_are_asked_about_with_group_and_code_and_nothing_is_lost(
    li: Browser, village: Chayuan, meeting: str
) -> None:
    asked = enter(li, meeting, "oyb wjg", note="清扫村道")
    page = html.unescape(words(asked))

    assert asked.status_code == 422
    assert candidates(asked) == ["0101", "0102", "D01"]
    assert "“wjg”是哪一户？" in page and "0101 · 一组" in page
    assert hidden(asked, "codes") == "0302 wjg" and "0302 欧阳犇（三组）" in page
    assert hidden(asked, "note") == "清扫村道"
    assert scored(village, meeting) == []

    li.follow(enter(li, meeting, "0302 wjg", **{"codes--wjg": "0102"}))

    assert scored(village, meeting) == ["0302", "0102"]


def test_one_picked_who_was_not_offered_is_not_taken(li: Browser, village: Chayuan, meeting: str) -> None:
    asked = enter(li, meeting, "wjg", **{"codes--wjg": "0303"})

    assert (asked.status_code, scored(village, meeting)) == (422, [])


def test_who_nobody_is_called_is_named_beside_the_box(li: Browser, village: Chayuan, meeting: str) -> None:
    asked = enter(li, meeting, "oyb xyz")

    assert asked.status_code == 422
    assert "没有找到“xyz”" in words(asked)
    assert hidden(asked, "codes") == "0302 xyz"


def test_after_an_entry_the_cursor_is_back_in_the_box(li: Browser, village: Chayuan, meeting: str) -> None:
    sent = enter(li, meeting, "0302")
    page = words(li.follow(sent))

    assert "#" not in sent.headers["Location"]
    assert re.search(r"autofocus", page).start() < page.index("</form>", page.index('id="codes"'))
    assert re.search(r'<textarea[^>]*id="codes"[^>]*autofocus', page)


def test_boards_and_endings_take_names_too(li: Browser, village: Chayuan) -> None:
    month = f"{HOME}/boards/2026-08"

    li.follow(li.post(f"{month}/red/chosen", participants="sxm、0302"))
    listed = village.read(boards.board, month="2026-08", at=NOW).listings
    asked = li.post(f"{HOME}/roster/0303/ending", decision="九月村委会", heir="王建国")
    page = li.follow(
        li.post(
            f"{HOME}/roster/0303/ending", decision="九月村委会", heir="王建国", **{"heir--王建国": "0101"}
        )
    )

    assert sorted(one.participant.code for one in listed) == ["0203", "0302"]
    assert candidates(asked) == ["0101", "0102", "D01"]
    assert hidden(asked, "decision") == "九月村委会"
    assert "0101" in words(page)


def test_a_print_takes_names_and_asks_about_two(browser: Browser, village: Chayuan) -> None:
    browser.sign_in("li")

    printed = browser.post(f"{HOME}/print/cards.pdf", participant="oyb sxm")
    asked = browser.post(f"{HOME}/print/cards.pdf", participant="王建国")

    assert printed.mimetype == "application/pdf"
    assert (asked.status_code, candidates(asked)) == (422, ["0101", "0102", "D01"])
    assert len(village.read(roster.printed_cards)) == 2


def test_the_till_takes_initials_and_offers_namesakes(browser: Browser, village: Chayuan) -> None:
    browser.sign_in("chen")

    alone = browser.follow(browser.post(f"{HOME}/till", text="oyb"))
    two = browser.post(f"{HOME}/till", text="wjg")

    assert "欧阳犇" in words(alone) and "下一步" in words(alone)
    assert "是哪一户" in words(two) and "0101 · 一组" in words(two)


def test_the_roster_opens_whom_alone_it_finds(li: Browser, village: Chayuan) -> None:
    alone = li.get(f"{HOME}/roster?q=oyb&open=1")
    several = li.get(f"{HOME}/roster?q=wjg&open=1")

    assert (alone.status_code, alone.headers["Location"]) == (303, f"{HOME}/roster/0302")
    assert several.status_code == 200
    assert "open=1" not in words(several).split("<table")[1]


def test_the_roster_stands_in_the_order_of_fit(li: Browser, village: Chayuan) -> None:
    village.write(roster.add, code="0001", name="钟耀英")

    rows = list_rows(li.get(f"{HOME}/roster?q=oy"))

    assert rows.index("欧阳犇") < rows.index("钟耀英")


def test_looking_for_somebody_opens_no_file(li: Browser, village: Chayuan) -> None:
    found = li.get(f"{HOME}/find?q=oyb")

    assert found.json == {
        "items": [{"code": "0302", "name": "欧阳犇", "group": "三组", "href": f"{HOME}/roster/0302"}],
        "more": False,
        "meant": "0302",
    }
    assert village.read(staff.access_records, participant=village.ouyang.id, limit=10) == []
