"""Taking a sale back: points and pieces return, once."""

import pytest

from pointsbank import ledger, market, roster
from pointsbank.text import TextInvalid
from tests.market.shop import Shop, rice, salt, stock_differences


def test_a_reversal_brings_back_points_and_pieces(shop: Shop) -> None:
    sale = shop.sell(shop.li, rice(), salt(3))
    back = shop.take_back(sale.id)

    assert (back.status, back.total, back.balance) == ("completed", 4600, 50000)
    assert shop.balance(shop.li) == 50000
    assert (shop.stock("M01"), shop.stock("S03")) == (5, 100)
    assert shop.village.read(stock_differences) == []


def test_a_reversal_is_one_act_however_often_it_is_asked_for(shop: Shop) -> None:
    sale = shop.sell(shop.li)
    first = shop.take_back(sale.id, request_id="take-it-back")

    assert shop.take_back(sale.id, request_id="take-it-back").status == "replayed"
    with pytest.raises(ledger.problems.AlreadyReversed):
        shop.take_back(sale.id)
    with pytest.raises(ledger.problems.RequestReused):
        shop.take_back(sale.id, request_id="take-it-back", reason="另一个原因")
    assert shop.balance(shop.li) == first.balance == 50000
    assert shop.attempts("reversal") == ["already_reversed", "request_reused"]


def test_a_reversal_says_why_in_the_statement(sqlite_shop: Shop) -> None:
    sale = sqlite_shop.sell(sqlite_shop.li)
    sqlite_shop.take_back(sale.id, reason="点错了商品")
    line = sqlite_shop.village.read(ledger.statement, participant=sqlite_shop.li.id).lines[0]

    assert (line.kind, line.amount, line.reverses) == ("reversal", 200, sale.index)
    assert line.words is not None and line.words["reason"] == "点错了商品"
    assert sqlite_shop.village.read(market.redemption_by_id, redemption=sale.id).reversed_by == "chen"


@pytest.mark.parametrize("reason", ["", "  ", "a\0b", "\u202e", "长" * 201, "\ud800"])
def test_a_reversal_needs_a_reason_that_can_be_read(sqlite_shop: Shop, reason: str) -> None:
    sale = sqlite_shop.sell(sqlite_shop.li)

    with pytest.raises(TextInvalid):
        sqlite_shop.take_back(sale.id, reason=reason)
    assert sqlite_shop.balance(sqlite_shop.li) == 49800


@pytest.mark.parametrize("redemption", ["nosuchone", "", "\0", "\ud800"])
def test_a_redemption_that_is_not_there_cannot_be_taken_back(sqlite_shop: Shop, redemption: str) -> None:
    with pytest.raises(market.problems.RedemptionUnknown):
        sqlite_shop.take_back(redemption)


def test_goods_come_back_even_to_a_lost_card_and_an_empty_shelf(sqlite_shop: Shop) -> None:
    sale = sqlite_shop.sell(sqlite_shop.li, rice())
    sqlite_shop.village.write(roster.lose, code=sqlite_shop.li.code)
    sqlite_shop.retire("M01")

    sqlite_shop.take_back(sale.id)
    assert sqlite_shop.stock("M01") == 5


def test_a_ticket_stays_spent_when_its_sale_is_taken_back(sqlite_shop: Shop) -> None:
    ticket = sqlite_shop.scan(sqlite_shop.li).scan_ticket
    sqlite_shop.take_back(sqlite_shop.sell(sqlite_shop.li, scan_ticket=ticket).id)

    with pytest.raises(market.problems.TicketUsed):
        sqlite_shop.sell(sqlite_shop.li, scan_ticket=ticket)
