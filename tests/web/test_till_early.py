"""The till says early what cannot be had, keeps what was chosen, and its steps can be opened again."""

from itertools import product
from typing import Any

import pytest
from time_machine import Traveller
from werkzeug.test import TestResponse

from pointsbank import households, market
from pointsbank.market.basket import Offer, why_not
from pointsbank.market.limits import Purse, second_check_need, why_too_dear
from pointsbank.market.offering import standing
from pointsbank.points import Points, whole
from tests.builders import VILLAGE, Chayuan
from tests.staff.people import PASSWORD
from tests.web.browser import Browser, hidden, words
from tests.web.test_till import TILL, chosen, redeem, scan, typed


@pytest.fixture
def clerk(browser: Browser, village: Chayuan) -> Browser:
    """陈店员 at the till; 王建国 has 60 points, a bag of rice costs 20."""
    village.give(village.wang, 60)
    return browser.sign_in("chen")


PURSE = Purse(whole(30), whole(10), 3500, 5000, 10000, typed=False)


def offer(**changes: Any) -> Offer:
    """Salt: 2 points each, five on the shelf, three a month."""
    given: dict[str, Any] = {
        "id": "k2",
        "code": "S03",
        "name": "食盐",
        "active": True,
        "stock": 5,
        "moves": 1,
    }
    given |= {"limit_per_month": 3, "price": Points(200), "taken": 1, "priced_by": None}
    return Offer(**(given | changes))


@pytest.mark.parametrize(
    ("changes", "most", "said"),
    [
        ({}, 2, ""),
        ({"taken": 3}, 0, "本月已满3件"),
        ({"limit_per_month": None}, 5, ""),
        ({"stock": 0}, 0, "已兑完"),
        ({"stock": 1}, 1, ""),
        ({"price": whole(31)}, 0, "今天只能再兑25积分"),
        ({"price": whole(25), "taken": 0}, 1, ""),
        ({"active": False}, 0, "已下架"),
    ],
)
def test_the_shelf_says_how_many_pieces_and_why_none(changes: dict[str, Any], most: int, said: str) -> None:
    found = standing(offer(**changes), PURSE)

    assert (found.maximum, found.words) == (most, said)


def test_what_is_dearer_than_the_balance_says_what_is_missing() -> None:
    no_limit = Purse(whole(30), whole(10), None, 5000, 10000, typed=False)

    assert standing(offer(price=whole(40)), no_limit).words == "还差10积分"


def test_up_to_so_many_pieces_are_sold_and_not_one_more() -> None:
    prices, balances, limits = (50, 200, 700), (0, 199, 700, 5000), (None, 600, 1000)
    for price, balance, daily, taken, stock in product(prices, balances, limits, (0, 2), (0, 1, 9)):
        purse = Purse(Points(balance), Points(300), daily, 400, 900, typed=False)
        goods = offer(price=Points(price), taken=taken, stock=stock)
        found = standing(goods, purse)
        for pieces in range(1, 12):
            sold = why_not(goods, pieces) is None and why_too_dear(Points(price * pieces), purse) is None
            assert sold == (pieces <= found.maximum), (price, balance, daily, taken, stock, pieces)
        assert (found.problem is None) == (found.maximum > 0)


@pytest.mark.parametrize("typed_in", [False, True])
def test_the_clerk_alone_sells_exactly_up_to_what_the_bar_says(typed_in: bool) -> None:
    for spent, total in product((0, 4000, 6000, 12000), (1, 1000, 4000, 5000, 5001, 9000)):
        purse = Purse(whole(999), Points(spent), None, 5000, 10000, typed=typed_in)
        need = second_check_need(Points(total), Points(spent), typed=typed_in, single=5000, day=10000)
        assert (need is None) == (total <= purse.alone), (spent, total)


def test_what_is_too_dear_is_grey_with_its_reason_before_it_is_chosen(
    clerk: Browser,
    village: Chayuan,
) -> None:
    village.write(market.set_price, goods="rice", points=whole(75))
    shelf = words(scan(clerk, village))

    assert "还差15积分" in shelf
    assert 'id="q-rice"' in shelf and "disabled" in shelf.split('id="q-rice"')[1].split(">")[0]


def test_the_bar_says_when_somebody_else_must_confirm(clerk: Browser, village: Chayuan) -> None:
    assert "超过50积分，要再有人确认" in words(scan(clerk, village))
    assert "没有扫卡，要再有人确认" in words(typed(clerk, village.wang.code))


def test_code_and_number_lead_to_the_confirmation(clerk: Browser, village: Chayuan) -> None:
    shelf = scan(clerk, village)
    asked = clerk.follow(clerk.post(f"{TILL}/goods", ticket=hidden(shelf, "ticket"), entry="RICE 2"))

    assert "已核对" in words(asked) and hidden(asked, "q-rice") == "2"


@pytest.mark.parametrize(
    ("entry", "said"), [("nosuch 2", "没有编号为“nosuch”的商品"), ("rice 9999999", "件数应为")]
)
def test_a_strange_line_is_a_sentence_and_stays(
    clerk: Browser,
    village: Chayuan,
    entry: str,
    said: str,
) -> None:
    shelf = scan(clerk, village)
    back = clerk.follow(clerk.post(f"{TILL}/goods", ticket=hidden(shelf, "ticket"), entry=entry))

    assert said in words(back) and hidden(back, "entry") == entry


def over(clerk: Browser, village: Chayuan, clock: Traveller) -> TestResponse:
    """The page that follows a basket whose scan is over."""
    shelf = scan(clerk, village)
    clock.shift(125)
    return chosen(clerk, shelf)


def test_a_scan_that_is_over_is_made_anew_in_place_with_the_basket_kept(
    clerk: Browser,
    village: Chayuan,
    clock: Traveller,
) -> None:
    asked = over(clerk, village, clock)
    assert "请重新扫卡" in words(asked) and "选好的商品还在" in words(asked)

    kept = {name: hidden(asked, name) for name in ("ticket", "q-rice", "p-rice")}
    again = clerk.follow(clerk.post(TILL, text=village.card(village.wang).token, **kept))
    assert hidden(again, "q-rice") == "1" and hidden(again, "ticket") != kept["ticket"]


def test_another_household_s_card_begins_anew(clerk: Browser, village: Chayuan) -> None:
    shelf = scan(clerk, village)
    token = village.card(village.zeng).token
    basket = {"ticket": hidden(shelf, "ticket"), "q-rice": f"http://village.test/c/{token}", "p-rice": "20"}
    begun = clerk.follow(clerk.post(f"{TILL}/goods", **basket))

    assert village.zeng.name in words(begun) and "扫的是另一户的卡" in words(begun)


def test_back_after_the_sale_shows_nobody_and_says_how_to_go_on(clerk: Browser, village: Chayuan) -> None:
    asked = chosen(clerk, scan(clerk, village))
    redeem(clerk, asked)

    for step in (asked.request.full_path, asked.request.full_path.replace("/confirm", "/goods")):
        back = clerk.follow(clerk.get(step))
        assert back.request.path == TILL
        assert "上一户的资料已经收起" in words(back)
        assert 'name="ticket"' not in words(back)
    assert village.balance(village.wang).points == whole(40)


def test_a_wrong_second_password_keeps_the_login(clerk: Browser, village: Chayuan) -> None:
    shelf = typed(clerk, village.wang.code)
    for _ in range(2):
        refused = redeem(clerk, shelf, approver="sun", approver_password="wrong")
        assert refused.status_code == 409
        assert hidden(refused, "approver") == "sun" and 'name="approver_password"' in words(refused)

    assert redeem(clerk, shelf, approver="sun", approver_password=PASSWORD).status_code == 303


def test_pieces_come_back_on_the_receipt(clerk: Browser, village: Chayuan) -> None:
    receipt = clerk.follow(redeem(clerk, scan(clerk, village), **{"q-rice": "2"}))
    sent = {"request_id": hidden(receipt, "request_id"), "reason": "多拿了一袋"}
    too_many = clerk.post(f"{receipt.request.path}/returns", **sent, **{"b-rice": "3"})
    assert too_many.status_code == 409 and "最多还能退2件" in words(too_many)

    done = words(clerk.follow(clerk.post(f"{receipt.request.path}/returns", **sent, **{"b-rice": "1"})))
    assert "部分退回" in done and "兑换后剩余" not in done
    assert village.balance(village.wang).points == whole(40)


def test_a_piece_is_exchanged_at_the_till(clerk: Browser, village: Chayuan) -> None:
    receipt = clerk.follow(redeem(clerk, scan(clerk, village), **{"q-rice": "2"}))
    assert village.balance(village.wang).points == whole(20)
    sent = {"request_id": "c" * 32, "reason": "换一袋", "b-rice": "1"}
    waiting = clerk.follow(clerk.post(f"{receipt.request.path}/exchange", **sent))
    assert "请再扫一次这一户的积分卡" in words(waiting)

    kept = {name: hidden(waiting, name) for name in ("back", "why", "b-rice")}
    shelf = clerk.follow(clerk.post(TILL, text=village.card(village.wang).token, **kept))
    asked = chosen(clerk, shelf, **kept)
    assert "换回来" in words(asked)
    basket = {name: hidden(asked, name) for name in ("ticket", "request_id", "q-rice", "p-rice")}
    done = clerk.follow(clerk.post(f"{TILL}/redeem", **basket, **kept, confirmed="1"))
    assert "兑换完成" in words(done)
    assert village.balance(village.wang).points == whole(20)


def test_an_exchange_refuses_another_household_s_card_at_the_scan(clerk: Browser, village: Chayuan) -> None:
    receipt = clerk.follow(redeem(clerk, scan(clerk, village), **{"q-rice": "2"}))
    sent = {"request_id": "c" * 32, "reason": "换一袋", "b-rice": "1"}
    waiting = clerk.follow(clerk.post(f"{receipt.request.path}/exchange", **sent))
    kept = {name: hidden(waiting, name) for name in ("back", "why", "b-rice")}

    other = clerk.post(TILL, text=village.card(village.ouyang).token, **kept)

    assert (other.status_code, "请扫原来那一户的积分卡" in words(other)) == (409, True)
    assert {name: hidden(other, name) for name in kept} == kept
    shelf = clerk.follow(clerk.post(TILL, text=village.card(village.wang).token, **kept))
    assert "换回来" in words(chosen(clerk, shelf, **kept))


def test_nothing_chosen_is_said_as_such_and_an_ended_household_takes_nothing_back(
    clerk: Browser, village: Chayuan
) -> None:
    receipt = clerk.follow(redeem(clerk, scan(clerk, village), **{"q-rice": "1"})).request.path

    nothing = clerk.post(f"{receipt}/returns", request_id="d" * 32, reason="不要了")
    assert "还没有选要退的商品，请先填退几件。" in words(nothing)
    end = {"participant": "0101", "decision": "全家迁出", "request_id": "close-0001"}
    village.write(households.close, **end)
    ended = words(clerk.get(receipt))
    assert "这笔兑换不能再退" in ended and "/returns" not in ended and "/reversal" not in ended


def test_a_delivery_entered_twice_is_undone_on_the_goods_page(browser: Browser) -> None:
    browser.sign_in("chen")
    page = f"/v/{VILLAGE}/goods/rice"
    given = {"kind": "received", "quantity": "7", "note": ""}
    browser.post(f"{page}/stock", request_id="d" * 32, **given)
    shown = words(browser.get(page))
    assert "撤回这一笔" in shown
    position = shown.split("/undoing")[0].rpartition("/")[2]
    done = browser.follow(
        browser.post(f"{page}/stock/{position}/undoing", request_id="e" * 32, reason="登记了两次")
    )

    assert "已撤回" in words(done)


def test_a_price_that_changed_meanwhile_is_shown_and_the_next_yes_is_to_it(
    clerk: Browser, village: Chayuan
) -> None:
    shelf = chosen(clerk, scan(clerk, village))
    village.write(market.set_price, goods="rice", points=whole(25))
    refused = redeem(clerk, shelf)
    kept = {"ticket": hidden(shelf, "ticket"), "q-rice": "1", "p-rice": "20"}
    back = clerk.get(f"{TILL}/goods", query_string=kept)
    sold = redeem(clerk, refused, **{"p-rice": hidden(refused, "p-rice")})

    assert "积分价已改为25，请按新的积分价核对后再确认。" in words(refused)
    assert "25积分 × 1，原来20积分" in words(refused)
    assert hidden(refused, "p-rice") == hidden(back, "p-rice") == "25"
    assert sold.status_code == 303 and village.balance(village.wang).points == whole(35)


def test_goods_taken_off_the_shelf_meanwhile_are_called_by_name_with_what_happened(
    clerk: Browser, village: Chayuan, clock: Traveller
) -> None:
    shelf = chosen(clerk, scan(clerk, village))
    village.write(market.set_active, goods="rice", active=False)
    refused = redeem(clerk, shelf)
    clock.shift(125)
    over = redeem(clerk, shelf)

    assert refused.status_code == 409 and "大米已下架，请换一种商品。" in words(refused)
    assert '大米<span class="sub">20积分 × 1，已下架</span>' in words(refused)
    assert "大米×1" in words(over)


def test_what_is_put_right_at_the_till_leads_nowhere_else(clerk: Browser, village: Chayuan) -> None:
    shelf = chosen(clerk, scan(clerk, village))
    village.write(market.set_price, goods="rice", points=whole(25))
    changed = words(redeem(clerk, shelf))
    sold_out = words(chosen(clerk, scan(clerk, village), **{"q-rice": "9", "p-rice": "25"}))

    assert "按新的积分价核对" in changed and "大米只剩5件" in sold_out
    assert "去“商品”" not in changed and "去“商品”" not in sold_out


def test_pieces_are_read_as_a_chinese_keyboard_types_them(clerk: Browser, village: Chayuan) -> None:
    by_box = chosen(clerk, scan(clerk, village), **{"q-rice": "２"})
    shelf = scan(clerk, village)
    by_line = clerk.follow(clerk.post(f"{TILL}/goods", ticket=hidden(shelf, "ticket"), entry="rice ２"))

    assert hidden(by_box, "q-rice") == hidden(by_line, "q-rice") == "2"
