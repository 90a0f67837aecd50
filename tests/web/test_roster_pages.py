"""The roster, a household's file, the shelf, and the card's public page."""

import re

import pytest
from flask import Flask
from sqlmodel import Session
from werkzeug.test import TestResponse

from pointsbank import households, ledger, publicity, roster, staff
from pointsbank.points import whole
from tests.builders import VILLAGE, Chayuan
from tests.statements import asked_of
from tests.web.browser import Browser, hidden, words

HOME = f"/v/{VILLAGE}"


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


@pytest.mark.parametrize("query", ["曾䶮", "0202", "zengyan", "zy"])
def test_a_household_is_found_by_name_code_pinyin_and_initials(li: Browser, query: str) -> None:
    assert "曾䶮" in words(li.get(f"{HOME}/roster", query_string={"q": query}))


def test_a_name_that_looks_like_markup_is_shown_as_text(li: Browser) -> None:
    for path in ("roster", "roster/0301"):
        page = words(li.get(f"{HOME}/{path}"))

        assert "&lt;img src=" in page
        assert "<img src=" not in page


def test_a_file_shows_balance_and_statement_and_notes_the_look(li: Browser, village: Chayuan) -> None:
    village.give(village.wang, 12)

    page = words(li.get(f"{HOME}/roster/0101"))

    assert "做好事" in page
    assert "+12" in page
    assert len(village.read(staff.access_records, participant=village.wang.id)) == 1


def test_a_foreign_code_looks_like_a_missing_one(li: Browser) -> None:
    assert li.get(f"{HOME}/roster/9999").status_code == 404


def test_a_new_household_is_added_and_a_taken_code_keeps_the_form(li: Browser, village: Chayuan) -> None:
    fields = {"code": "0401", "name": "覃小满", "people": "2", "group": "四组"}
    assert li.post(f"{HOME}/roster", **fields).status_code == 303

    again = li.post(f"{HOME}/roster", **fields)

    assert again.status_code == 409
    assert 'value="覃小满"' in words(again)
    assert village.read(roster.by_code, code="0401").people == 2


@pytest.mark.parametrize("name", ["王\u202e建国", "王\x00建国", ""])
def test_a_name_with_hidden_characters_is_refused_beside_its_field(li: Browser, name: str) -> None:
    refused = li.post(f"{HOME}/roster", code="0401", name=name)

    assert refused.status_code == 422
    assert 'id="name-wrong"' in words(refused)


def test_consent_is_recorded_and_taken_back(li: Browser, village: Chayuan) -> None:
    path = f"{HOME}/roster/0101/consent"
    li.post(path)
    assert village.read(publicity.shown_as) == {village.wang.id: "named"}

    li.post(path, withdraw="1")

    assert village.read(publicity.shown_as) == {}


def test_stock_is_received_once_however_often_the_form_is_sent(browser: Browser, village: Chayuan) -> None:
    browser.sign_in("chen")
    page = browser.get(f"{HOME}/goods/soap")
    fields = {"request_id": hidden(page, "request_id"), "kind": "received", "quantity": "7", "note": "进货"}

    for _ in range(2):
        assert browser.post(f"{HOME}/goods/soap/stock", **fields).status_code == 303

    assert words(browser.get(f"{HOME}/goods/soap")).count("进货") == 2 + 1


def test_goods_are_added_and_priced(li: Browser) -> None:
    assert li.post(f"{HOME}/goods", code="oil", name="菜籽油", points="35.5", stock="3").status_code == 303
    assert li.post(f"{HOME}/goods/oil/price", points="0").status_code == 422

    li.post(f"{HOME}/goods/oil/price", points="36")

    assert ">36<" in words(li.get(f"{HOME}/goods/oil"))
    assert "限量已修改" in words(li.follow(li.post(f"{HOME}/goods/oil/limit", limit="2")))
    assert "2件 → 不限" in words(li.follow(li.post(f"{HOME}/goods/oil/limit", limit="")))
    lower = words(li.follow(li.post(f"{HOME}/goods/oil/price", points="1")))
    assert "请另一位来确认" in lower and "货架上还有3件，按原价值108积分，降价后值3积分。" in lower
    assert ">36<" in words(li.get(f"{HOME}/goods/oil"))


def test_the_card_page_says_the_village_and_nothing_of_the_household(
    browser: Browser, village: Chayuan
) -> None:
    village.give(village.wang, 77)
    token = village.card(village.wang).token

    page = browser.get(f"/c/{token}")

    assert page.status_code == 200
    assert "茶源村" in words(page)
    assert "文明超市" in words(page)
    # The card's code stands in the address anyway, and where its button leads.
    shown = re.sub(r"\?v=[0-9a-f]+|value=\"[^\"]*\"|/c/\w+", "", words(page))
    assert not any(secret in shown for secret in ("王建国", "王*国", "0101", "77", token))
    assert page.headers["Referrer-Policy"] == "strict-origin"


def test_a_clerk_who_opens_a_card_may_go_on_to_the_till(browser: Browser, village: Chayuan) -> None:
    token = village.card(village.wang).token
    browser.sign_in("chen")

    page = browser.get(f"/c/{token}")

    assert hidden(page, "text") == token


@pytest.mark.parametrize("fate", ["lost", "replaced", "not handed out", "its household ended"])
def test_a_card_not_in_use_and_one_that_never_was_look_alike(
    browser: Browser, village: Chayuan, fate: str
) -> None:
    token = village.card(village.wang).token
    if fate == "lost":
        village.write(roster.lose, code="0101")
    elif fate == "replaced":
        village.card(village.wang)
    elif fate == "its household ended":
        village.write(households.close, participant="0101", decision="全家迁出", request_id="close-0001")
    else:
        [card] = village.write(roster.issue, participants=[village.wang.id])
        token = card.token
    # The first failure of an address makes its row.
    opened(browser, village, "1" * 27)

    (found, asked), (guessed, guesses) = opened(browser, village, token), opened(browser, village, "0" * 27)

    assert found.status_code == guessed.status_code == 404
    assert words(found) == words(guessed)
    assert list(found.headers) == list(guessed.headers)
    assert asked == guesses and len(asked) > 3


def opened(browser: Browser, village: Chayuan, token: str) -> tuple[TestResponse, list[str]]:
    """The answer to a card's address, and what the database was asked for it."""
    with asked_of(village.database) as asked:
        return browser.get(f"/c/{token}"), asked


def test_a_suspended_household_cannot_be_seen_from_its_card(browser: Browser, village: Chayuan) -> None:
    token = village.card(village.wang).token
    before = words(browser.get(f"/c/{token}"))
    village.write(roster.edit, code="0101", facts=roster.NewFacts(status="suspended"), reason="核实")

    assert words(browser.get(f"/c/{token}")) == before


def test_card_pages_that_told_lost_from_unknown_would_be_found(
    browser: Browser, village: Chayuan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def telling(session: Session, *, text: str) -> str:
        return roster.look_up(session, text=text, village=None).village

    token = village.card(village.wang).token
    village.write(roster.lose, code="0101")
    monkeypatch.setattr(roster, "village_of", telling)

    assert browser.get(f"/c/{token}").status_code != browser.get(f"/c/{'0' * 27}").status_code


def test_unknown_cards_are_missing_and_guessing_is_stopped(browser: Browser) -> None:
    answers = [browser.get(f"/c/{'0' * 27}").status_code for _ in range(61)]

    assert answers == [404] * 60 + [429]


def test_cards_are_printed_for_one_household_and_count_once_two_have_signed(
    li: Browser, app: Flask, village: Chayuan
) -> None:
    printed = li.post(f"{HOME}/print/cards.pdf", participant="0101")
    assert printed.data.startswith(b"%PDF")

    signed = li.post(f"{HOME}/roster/0101/hand-out")
    with pytest.raises(roster.problems.NoCardToRevoke):
        village.write(roster.lose, code="0101")
    Browser(app).sign_in("chen").post(f"{signed.headers['Location']}/confirmation")

    assert village.write(roster.lose, code="0101").id == village.wang.id


def test_the_statement_can_be_read_in_honour(li: Browser, village: Chayuan) -> None:
    village.give(village.wang, 12)

    page = words(li.get(f"{HOME}/roster/0101?unit={ledger.HONOUR}"))

    assert village.balance(village.wang).honour == whole(12)
    assert "+12" in page


def test_a_household_becomes_part_of_another_and_is_forgotten_when_two_people_say_so(
    app: Flask, li: Browser, village: Chayuan
) -> None:
    village.give(village.wang, 12)
    zhao = Browser(app).sign_in("zhao")
    page = li.follow(li.post(f"{HOME}/roster/0101/ending", decision="九月村委会", heir="0303"))
    assert "现有12积分、12荣誉积分，全部转到李秀英（0303）" in words(page)
    assert "依据：九月村委会。" in words(page)
    assert li.post(f"{page.request.path}/confirmation").status_code == 403
    assert village.read(roster.by_code, code="0101").status == "active"

    assert zhao.post(f"{page.request.path}/confirmation").status_code == 303
    assert village.balance(village.li).points == whole(12)
    assert village.read(roster.by_code, code="0101").status == "closed"
    assert "申请销户" not in words(li.get(f"{HOME}/roster/0101"))

    erasing = li.follow(li.post(f"{HOME}/roster/0101/erasure", erasure_reason="own_request"))
    assert village.read(roster.by_code, code="0101").name == "王建国"
    assert zhao.post(f"{erasing.request.path}/confirmation").status_code == 303
    assert village.read(roster.by_code, code="0101").erased
    assert "九月村委会" not in words(li.get(page.request.path))
    assert "申请删除" not in words(li.get(f"{HOME}/roster/0101"))


def test_a_refused_ending_keeps_what_was_typed(li: Browser) -> None:
    refused = li.post(f"{HOME}/roster/0101/ending", decision="九月村委会", heir="0101")

    assert refused.status_code == 422
    assert "<h1>销户或并户</h1>" in words(refused)
    assert 'value="九月村委会"' in words(refused)
