"""The stocktake on its page, without JavaScript: blind until counted, signed by two, nothing typed lost."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pointsbank import market, sheets
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, hidden, words

PAGE = f"/v/{VILLAGE}/stocktakes"


@pytest.fixture
def chen(browser: Browser) -> Browser:
    """The clerk's browser."""
    return browser.sign_in("chen")


def begin(chen: Browser) -> TestResponse:
    """The page of a stocktake just begun."""
    page = chen.get(PAGE)
    return chen.follow(chen.post(PAGE, request_id=hidden(page, "request_id"), note="九月盘点"))


def send(who: Browser, page: TestResponse, step: str, **typed: str) -> TestResponse:
    """Send the page's form to one of its steps, with these pieces typed."""
    fields = {name: hidden(page, name) for name in ("request_id", "sign_id", "seen") if name in words(page)}
    return who.post(f"{page.request.path}/{step}", **fields, **typed)


def counted(chen: Browser, **typed: str) -> TestResponse:
    """The page after these pieces were saved."""
    return chen.follow(send(chen, begin(chen), "counts", **typed))


def signed(chen: Browser, **typed: str) -> TestResponse:
    """The page after the first signature."""
    return chen.follow(send(chen, counted(chen, **typed), "signatures"))


def stock(village: Chayuan, code: str) -> int:
    """What the books say."""
    found = village.read(market.goods_by_code, code=code, at=NOW)
    assert isinstance(found, market.Goods)
    return found.stock


def test_the_page_takes_counts_in_the_order_of_the_sheet(chen: Browser, village: Chayuan) -> None:
    page = words(begin(chen))
    common = {"village": VILLAGE, "by": "chen", "at": NOW, "public_url": ""}
    found = sheets.find("count_sheet").gather_from(village.database, **common)

    assert re.findall(r'name="n-([^"]+)"', page) == [one.code for one in found.lines]
    assert f"第{found.number}次" in page
    assert "print/count_sheet" in page and "book=1" not in page


def test_who_signs_second_is_shown_what_new_goods_came_with_and_who_counts_is_not(
    chen: Browser,
) -> None:
    opened = re.compile(r"期初库存.*大米.*<span class=\"num\">5件", re.DOTALL)
    page = counted(chen, **{"n-rice": "4"})
    assert not opened.search(words(page))

    assert opened.search(words(chen.follow(send(chen, page, "signatures"))))


def test_the_books_number_is_shown_only_after_counting(chen: Browser) -> None:
    blind = begin(chen)
    assert "账面 5" not in words(blind) and "大米" in words(blind)

    page = chen.follow(send(chen, blind, "counts", **{"n-rice": "4"}))

    assert re.search(r"点到 <strong>4</strong> · 账面 5 · <span class=\"minus kept\">盘亏 1", words(page))
    assert "已保存1种" in words(page)


def test_two_sign_on_their_own_pages_and_the_stock_follows(
    app: Flask, chen: Browser, village: Chayuan
) -> None:
    page = signed(chen, **{"n-rice": "4", "n-soap": "2"})
    assert "您已签过字" in words(page)
    zhao = Browser(app).sign_in("zhao")
    seen = zhao.get(page.request.path)
    assert "核对无误，签字入账" in words(seen)

    posted = zhao.follow(send(zhao, seen, "signatures"))

    assert "两人都已签字" in words(posted) and "已入账" in words(posted)
    assert (stock(village, "rice"), stock(village, "soap")) == (4, 2)
    assert "盘点" in words(zhao.get(f"/v/{VILLAGE}/goods/rice"))
    assert "陈店员、赵监督签字" in words(chen.get(PAGE))


def test_a_wrong_number_is_said_beside_its_field_and_nothing_typed_is_lost(
    chen: Browser, village: Chayuan
) -> None:
    refused = send(chen, begin(chen), "counts", **{"n-rice": "4", "n-soap": "二"})

    assert refused.status_code == 422
    assert 'id="n-soap-wrong"' in words(refused)
    assert re.search(r'id="n-rice"[^>]*value="4"', words(refused))
    assert re.search(r'id="n-soap"[^>]*value="二"', words(refused))
    assert village.read(market.stocktakes)[0].lines == ()


@pytest.mark.parametrize("typed", ["-1", "1.5", "1000001", "9" * 30, "<b>"])
def test_what_is_no_number_of_pieces_is_never_saved(chen: Browser, village: Chayuan, typed: str) -> None:
    assert send(chen, begin(chen), "counts", **{"n-rice": typed}).status_code == 422
    assert village.read(market.stocktakes)[0].lines == ()


def test_nothing_typed_is_said_so(chen: Browser) -> None:
    assert "请至少填一种商品" in words(send(chen, begin(chen), "counts"))


def test_signing_with_pieces_typed_and_not_saved_is_refused_and_keeps_them(chen: Browser) -> None:
    refused = send(chen, counted(chen, **{"n-rice": "4"}), "signatures", **{"n-soap": "3"})

    assert refused.status_code == 409
    assert "请先点“保存清点”" in words(refused)
    assert re.search(r'id="n-soap"[^>]*value="3"', words(refused))


def test_pieces_typed_while_somebody_signed_are_told_back(app: Flask, chen: Browser) -> None:
    before = counted(chen, **{"n-rice": "4"})
    send(chen, before, "signatures")

    refused = send(chen, before, "counts", **{"n-soap": "3"})

    assert refused.status_code == 409
    assert "soap 3件" in words(refused)


def test_a_count_that_came_in_meanwhile_is_not_signed_unseen(app: Flask, chen: Browser) -> None:
    seen = counted(chen, **{"n-rice": "4"})
    sun = Browser(app).sign_in("sun")
    sun.post(f"{seen.request.path}/counts", request_id="counted-by-sun", **{"n-soap": "1"})

    refused = send(chen, seen, "signatures")

    assert refused.status_code == 409
    assert "刚刚有变化" in words(refused)


def test_the_same_form_sent_twice_counts_once(chen: Browser, village: Chayuan) -> None:
    page = begin(chen)

    first, again = (send(chen, page, "counts", **{"n-rice": "4"}) for _ in range(2))

    assert first.status_code == again.status_code == 303
    assert len(village.read(market.stocktakes)[0].lines) == 1


def test_sent_back_it_can_be_counted_again_and_the_page_says_so(app: Flask, chen: Browser) -> None:
    page = signed(chen, **{"n-rice": "4"})
    zhao = Browser(app).sign_in("zhao")

    back = zhao.follow(send(zhao, zhao.get(page.request.path), "recount"))

    assert "赵监督退回陈店员的签字" in words(back)
    assert "保存清点" in words(chen.get(page.request.path))
    assert "保存清点" not in words(back)


def test_a_stocktake_given_up_leaves_the_stock_alone(chen: Browser, village: Chayuan) -> None:
    page = chen.follow(send(chen, counted(chen, **{"n-rice": "1"}), "discard"))

    assert "已作废" in words(page) and "开始盘点" in words(page)
    assert stock(village, "rice") == 5


def test_who_only_looks_gets_no_fields(app: Flask, chen: Browser) -> None:
    page = counted(chen, **{"n-rice": "4"})

    for login in ("li", "zhao"):
        seen = words(Browser(app).sign_in(login).get(page.request.path))
        assert "n-rice" not in seen and "作废" not in seen and "盘亏 1" in seen


def test_an_unknown_stocktake_is_a_page(chen: Browser) -> None:
    assert chen.get(f"{PAGE}/nosuch").status_code == 404
