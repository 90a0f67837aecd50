"""Goods bought before the year's end come back after it: their points stay for a month, then they go too."""

from datetime import timedelta

import pytest

from pointsbank import proof, staff, year_end
from pointsbank.database import Database
from pointsbank.market import BasketLine
from pointsbank.points import whole
from tests.builders import VILLAGE
from tests.market.shop import RICE, Shop, open_shop
from tests.year_end.scene import AUTUMN, DUE, JANUARY, LATER, ended, move, resolved, undone

OVER = LATER + timedelta(days=31)


@pytest.fixture
def shop(sqlite_database: Database) -> Shop:
    """李秀英 bought rice of 40 of her 500 points in January; then the year ended."""
    shop = open_shop(sqlite_database)
    resolved(shop.village)
    shop.sale = shop.sell(shop.li, BasketLine("M01", 1, RICE), at=JANUARY).id  # type: ignore[attr-defined]
    ended(shop.village)
    return shop


def settle(shop: Shop, at: object = OVER) -> int:
    """What the program takes."""
    done = shop.village.write(year_end.settle_returns, by=staff.SYSTEM, at=at)
    assert isinstance(done, int)
    return done


@pytest.mark.parametrize("as_whole", [True, False])
def test_they_stay_for_a_month_and_go_then_once(shop: Shop, as_whole: bool):
    if as_whole:
        shop.take_back(shop.sale, at=LATER)
    else:
        shop.return_pieces(shop.sale, {"M01": 1}, at=LATER)
    assert shop.balance(shop.li) == whole(40)
    assert settle(shop, LATER + timedelta(days=30)) == 0

    assert (settle(shop), settle(shop)) == (1, 0)
    assert shop.balance(shop.li) == 0
    assert proof.verify(shop.database, village=VILLAGE).holds


def test_what_is_bought_for_them_meanwhile_is_kept_and_new_points_are(shop: Shop):
    shop.take_back(shop.sale, at=LATER)
    move(shop.village, shop.li, 25, at=LATER)
    move(shop.village, shop.li, -30, at=LATER, kind="redemption", source=("redemption", "elsewhere"))

    assert settle(shop) == 1
    assert shop.balance(shop.li) == whole(25)


def test_goods_bought_after_it_bring_new_points_back(shop: Shop):
    move(shop.village, shop.li, 60, at=DUE)
    sale = shop.sell(shop.li, BasketLine("M01", 1, RICE), at=LATER).id
    shop.take_back(sale, at=LATER)

    assert settle(shop) == 0
    assert shop.balance(shop.li) == whole(60)


def test_once_the_year_s_end_is_undone_nothing_goes(shop: Shop):
    shop.take_back(shop.sale, at=DUE)
    undone(shop.village)

    assert settle(shop) == 0
    assert shop.balance(shop.li) == whole(500)


def test_with_a_ceiling_only_what_would_have_gone_goes(sqlite_database: Database):
    shop = open_shop(sqlite_database)
    resolved(shop.village, points="ceiling", ceiling=whole(470))
    move(shop.village, shop.village.shan, 600, at=AUTUMN)
    sale = shop.sell(shop.li, BasketLine("M01", 1, RICE), at=JANUARY).id
    ended(shop.village)
    shop.take_back(sale, at=LATER)

    assert settle(shop) == 1
    assert shop.balance(shop.li) == whole(470)
