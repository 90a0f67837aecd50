"""The shop's papers: prices as the wall may show them, and a sheet for counting that tells no answer."""

from datetime import date
from typing import Any

import pytest

from pointsbank import market, sheets
from pointsbank.database import Database
from pointsbank.dates import start_of_day
from pointsbank.points import whole
from pointsbank.sheets.price_list import NothingOnOffer
from tests.builders import CLERK, COMMITTEE, NOW, VILLAGE, chayuan
from tests.market.shop import Shop, open_shop


@pytest.fixture
def shop(sqlite_database: Database) -> Shop:
    """The shop, on SQLite."""
    return open_shop(sqlite_database)


def gathered(database: Database, name: str, **options: Any) -> Any:
    """A sheet's value."""
    common: dict[str, Any] = {"village": VILLAGE, "by": CLERK, "at": NOW, "public_url": "http://v.test"}
    return sheets.find(name).gather_from(database, **common, **options)


def price(shop: Shop, code: str, points: int, day: date) -> None:
    """A price from a day on."""
    shop.change(
        market.set_price, goods=code, points=whole(points), valid_from=start_of_day(day), by=COMMITTEE
    )


def test_the_price_list_says_what_will_cost_something_else_and_leaves_out_what_is_off_the_shelf(
    shop: Shop,
) -> None:
    shop.retire("R02")
    price(shop, "M01", 45, date(2027, 1, 1))
    price(shop, "S03", 2, date(2027, 1, 1))
    price(shop, "M01", 44, date(2027, 1, 1))
    found = gathered(shop.database, "price_list", paper="A3")
    [category] = found.categories

    assert found.on_a3 and found.code == f"http://v.test/open/{VILLAGE}/prices"
    assert [(one.name, one.price, one.coming) for one in category.offers] == [
        ("大米", "40", ("2027年1月1日起44分",)),
        ("食盐", "2", ()),
    ]


def test_an_empty_shelf_has_no_price_list(sqlite_database: Database) -> None:
    chayuan(sqlite_database)
    with pytest.raises(NothingOnOffer):
        gathered(sqlite_database, "price_list")


def begun(shop: Shop) -> str:
    """A stocktake in which the clerk counted the rice, one bag short."""
    step = shop.change(market.begin_stocktake, request_id=shop.request_id())
    shop.change(market.count_goods, stocktake=step.id, pieces={"M01": 4}, request_id=shop.request_id())
    return str(step.id)


def test_a_count_sheet_is_blind_until_the_counts_are_signed(shop: Shop) -> None:
    shop.change(market.discard_stocktake, stocktake=begun(shop), request_id=shop.request_id())
    stocktake = begun(shop)
    blind = gathered(shop.database, "count_sheet")
    with pytest.raises(market.problems.CountIsBlind):
        gathered(shop.database, "count_sheet", book=True)
    shop.change(market.sign_stocktake, stocktake=stocktake, request_id=shop.request_id())
    checked = gathered(shop.database, "count_sheet", stocktake=stocktake, book=True)

    assert blind.number == 2 and {one.book for one in blind.lines} == {""}
    assert [(one.code, one.book) for one in checked.lines] == [("M01", "5"), ("R02", "—"), ("S03", "—")]
