"""Selling: points and pieces move together, or nothing moves."""

from tests.market.conftest import Shop, salt


def test_a_sale_takes_points_and_pieces(shop: Shop) -> None:
    sale = shop.sell(shop.wang, salt(3))

    assert (sale.status, sale.total, sale.balance) == ("completed", 600, 2400)
    assert shop.balance(shop.wang) == 2400
    assert shop.stock("S03") == 97
