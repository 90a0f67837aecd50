"""The basket's rules on plain values: each refusal by name, the good case plainly."""

from typing import Any

import pytest

from pointsbank import market
from pointsbank.market.basket import BasketLine, Offer, check_lines, price_basket
from pointsbank.points import Points, whole

PRICE = whole(40)
RICE = Offer("b", "M01", "大米", True, 5, 3, 2, PRICE, 0, "li")
SOAP = Offer("a", "R02", "香皂", True, 60, 1, None, Points(250), 0, "li")
OFFERS = {"M01": RICE, "R02": SOAP}


def line(goods: str = "M01", quantity: Any = 1, points: Points = PRICE) -> BasketLine:
    """One line of a basket, of rice unless said."""
    return BasketLine(goods, quantity, points)


def test_a_basket_costs_its_pieces_and_is_locked_in_one_order() -> None:
    basket = price_basket([line(), line("R02", 3, Points(250))], OFFERS)

    assert basket.total == 4750
    assert [taking.offer.id for taking in basket.takings] == ["a", "b"]
    assert basket.words == "香皂×3、大米×1"


def test_the_same_goods_on_two_lines_are_counted_together() -> None:
    assert price_basket([line(), line()], OFFERS).takings[0].quantity == 2

    with pytest.raises(market.problems.LimitReached):
        price_basket([line(), line(quantity=2)], OFFERS)


def test_unknown_goods_are_named() -> None:
    with pytest.raises(market.problems.GoodsUnknown, match="没有编号为“X”的商品"):
        price_basket([line("X")], OFFERS)


def test_a_price_that_is_not_the_one_shown_is_refused_with_the_new_one() -> None:
    with pytest.raises(market.problems.PriceChanged, match="大米的积分价已改为40"):
        price_basket([line(points=whole(39))], OFFERS)


def test_goods_taken_off_offer_are_refused() -> None:
    withdrawn = Offer("b", "M01", "大米", False, 5, 3, None, whole(40), 0, "li")

    with pytest.raises(market.problems.GoodsInactive):
        price_basket([line()], {"M01": withdrawn})


def test_goods_without_a_price_yet_are_refused() -> None:
    coming = Offer("b", "M01", "大米", True, 5, 3, None, None, 0, "li")

    with pytest.raises(market.problems.GoodsInactive):
        price_basket([line()], {"M01": coming})


def test_more_than_is_left_is_refused_and_says_what_is_left() -> None:
    with pytest.raises(market.problems.SoldOut, match="大米只剩5件"):
        price_basket([line(quantity=6)], OFFERS)


def test_the_month_s_limit_counts_what_was_taken_before() -> None:
    taken = Offer("b", "M01", "大米", True, 5, 3, 2, whole(40), 1, "li")

    assert price_basket([line()], {"M01": taken}).total == 4000
    with pytest.raises(market.problems.LimitReached, match="本月还可兑换1件"):
        price_basket([line(quantity=2)], {"M01": taken})


@pytest.mark.parametrize("quantity", [0, -1, 10_000, True, 1.0, "1", None])
def test_pieces_are_whole_numbers_from_1_to_9999(quantity: object) -> None:
    with pytest.raises(market.problems.QuantityInvalid):
        check_lines([line(quantity=quantity)])


@pytest.mark.parametrize("count", [0, 51])
def test_an_empty_or_endless_basket_is_refused(count: int) -> None:
    with pytest.raises(market.problems.BasketInvalid):
        check_lines([line()] * count)
