"""Cards on pages: counted before they are printed and handed out, by batch, tick or scan; lost one by one."""

import io

import pytest
from flask import Flask

from pointsbank import roster
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, hidden, words

HOME = f"/v/{VILLAGE}"


@pytest.fixture
def li(browser: Browser) -> Browser:
    """Who prints and hands out."""
    return browser.sign_in("li")


def states(village: Chayuan, code: str) -> list[str]:
    """How a household's cards stand, by slot and batch."""
    cards = village.read(roster.known_cards, participant=code)
    return [one.status for one in sorted(cards, key=lambda one: (one.slot, one.batch or 0))]


def confirm(app: Flask, page: str) -> str:
    """Confirm a request as 赵 and return the page."""
    zhao = Browser(app).sign_in("zhao")
    return words(zhao.follow(zhao.post(f"{page}/confirmation")))


def test_nothing_is_printed_that_nobody_chose_and_all_is_counted_first(li: Browser, village: Chayuan) -> None:
    for step in ("cards.pdf", "cards/check"):
        nobody = li.post(f"{HOME}/print/{step}")
        assert nobody.status_code == 422 and "请选一个小组或全村" in words(nobody)
    village.card(village.wang)

    checked = li.post(f"{HOME}/print/cards/check", group="*")
    assert "将打印第2批：12户，12张卡，2张A4纸。" in words(checked)
    assert len(village.read(roster.batches)) == 1

    file = li.post(f"{HOME}/print/cards.pdf", group=hidden(checked, "group"))
    assert file.headers["Content-Disposition"].endswith("cards-batch-2-village.pdf")
    assert states(village, "0101") == ["active", "printed"]


def test_the_first_stands_on_one_of_the_places_that_a_sheet_has(li: Browser, village: Chayuan) -> None:
    def check(**chosen: str) -> tuple[int, str]:
        page = li.post(f"{HOME}/print/cards/check", group="*", **chosen)
        return page.status_code, words(page)

    for plate, last, sheets in (("1", 4, "12块门牌，4张A4纸"), ("", 10, "12张卡，3张A4纸")):
        code, page = check(plate=plate, first=str(last))
        assert code == 200 and sheets in page
        code, page = check(plate=plate, first=str(last + 1))
        assert code == 422 and village.read(roster.batches) == []
        assert "一张A4只有4块门牌，请选1至4。" in page if plate else "只能填：1、2、3" in page
        assert page.count('<option value="5" selected>') == bool(plate)


def test_a_wrong_household_is_said_on_the_page_and_what_was_typed_stays(li: Browser) -> None:
    page = li.post(f"{HOME}/print/cards/check", participant="没有这户", label="城里")

    assert page.status_code == 422
    assert "没有这户" in words(page) and 'value="城里"' in words(page)


def test_ticked_cards_are_counted_and_only_they_are_handed_out(
    li: Browser, app: Flask, village: Chayuan
) -> None:
    village.card(village.wang)
    printed = {card.participant.code: card.number for card in village.write(roster.issue, participants=None)}
    assert "第2批" in words(li.get(f"{HOME}/hand-out"))

    ticked = li.post(f"{HOME}/cards/2/check", number=[printed["0101"], printed["0303"]])
    assert "将启用2张；其中1户旧卡同时作废；1户第一次领卡。" in words(ticked)
    signed = li.follow(li.post(f"{HOME}/cards/2/hand-out", numbers=hidden(ticked, "numbers")))
    assert "将启用2张；其中1户旧卡同时作废；1户第一次领卡。" in words(signed)
    done = confirm(app, signed.request.path)

    assert "已登记发放2张卡" in done
    assert [states(village, code) for code in ("0101", "0303", "0102")] == [
        ["replaced", "active"],
        ["active"],
        ["printed"],
    ]
    assert li.post(f"{HOME}/cards/2/check").status_code == 422
    assert li.get(f"{HOME}/cards/9").status_code == li.get(f"{HOME}/cards/x").status_code == 404


def test_two_batches_wait_for_their_second_person_side_by_side(li: Browser, village: Chayuan) -> None:
    village.write(roster.issue, participants=[village.wang.id])
    village.write(roster.issue, participants=[village.li.id])

    for batch in (1, 2):
        assert li.post(f"{HOME}/cards/{batch}/hand-out", numbers="all").status_code == 303
    assert li.post(f"{HOME}/cards/2/hand-out", numbers="all").status_code == 409


def test_a_forgotten_batch_is_made_useless_behind_a_page_that_says_what_happens(
    li: Browser, village: Chayuan
) -> None:
    village.card(village.wang)
    village.write(roster.issue, participants=None)
    page = words(li.get(f"{HOME}/cards/2/void"))
    assert "没有发放的12张马上作废" in page and "使用中的卡一张也不动" in page

    done = words(li.follow(li.post(f"{HOME}/cards/2/void")))

    assert "没有发放的12张已作废，各户使用中的卡没有动" in done
    assert states(village, "0101") == ["active", "revoked"]


def test_the_old_card_scanned_hands_out_the_new_one(li: Browser, app: Flask, village: Chayuan) -> None:
    old = village.card(village.wang)
    [new] = village.write(roster.issue, participants=[village.wang.id])

    shown = li.post(f"{HOME}/hand-out", text=f"http://old.cn/c/{old.token}")
    assert roster.spaced(new.number) in words(shown) and "1户旧卡同时作废" in words(shown)
    assert li.post(f"{HOME}/hand-out/request", text=hidden(shown, "text")).status_code == 303
    one = hidden(Browser(app).sign_in("zhao").get(f"{HOME}/approvals"), "approval")
    confirm(app, f"{HOME}/approvals/{one}")

    assert states(village, "0101") == ["replaced", "active"]


def test_which_card_is_lost_is_chosen_on_a_page_and_the_other_goes_on(li: Browser, village: Chayuan) -> None:
    village.card(village.wang)
    printed = li.post(f"{HOME}/print/cards.pdf", participant="0101", further="1", label="城里")
    assert printed.data.startswith(b"%PDF")
    [city] = village.read(roster.batch_cards, number=2)
    village.write(roster.hand_out, cards=[city.id])

    file, page = words(li.get(f"{HOME}/roster/0101")), words(li.get(f"{HOME}/roster/0101/cards"))
    assert roster.spaced(city.number) in file and "城里" in file
    assert page.count("挂失这张") == 2 and "请问清楚丢的是哪一张" in page
    assert li.post(f"{HOME}/roster/0101/lost").status_code == 409
    assert li.post(f"{HOME}/roster/0101/lost", number=city.number).status_code == 303
    assert states(village, "0101") == ["active", "revoked"]


def test_the_list_to_hand_out_by_has_full_names_and_the_cards_order(li: Browser, village: Chayuan) -> None:
    cards = village.write(roster.issue, participants=[village.wang.id, village.li.id])

    sheet = li.get(f"{HOME}/print/cardlist.pdf?batch=1")
    listed = words(li.get(f"{HOME}/lists/batch_cards?batch=1"))
    excel = li.get(f"{HOME}/lists/batch_cards?batch=1&format=xlsx")

    assert sheet.headers["Content-Disposition"].endswith("cardlist-batch-1.pdf")
    assert sheet.data.startswith(b"%PDF") and io.BytesIO(excel.data).read(2) == b"PK"
    assert listed.index(roster.spaced(cards[0].number)) < listed.index(roster.spaced(cards[1].number))
    assert li.get(f"{HOME}/lists/batch_cards?batch=x").status_code == 404
