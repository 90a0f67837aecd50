"""Goods, their prices in time and their stock by journal."""

from datetime import time, timedelta
from typing import Any

import pytest

from pointsbank import ledger, market
from pointsbank.errors import Problem
from pointsbank.market.goods import shelf_value
from pointsbank.market.hours import opening_hours, set_opening_hours
from pointsbank.market.prices import price_history
from pointsbank.market.stock import StockMove
from pointsbank.market.window import Hours
from pointsbank.points import Points, whole
from tests.builders import NOW
from tests.market.shop import SALT, Shop, salt, stock_differences

LATER = NOW + timedelta(hours=1)


def moved(shop: Shop, kind: str, quantity: int, **more: Any) -> StockMove:
    """Move salt on or off the shelf."""
    move: dict[str, Any] = {
        "goods": "S03",
        "kind": kind,
        "quantity": quantity,
        "request_id": shop.request_id(),
    }
    answer = shop.change(market.move_stock, **(move | more))
    assert isinstance(answer, StockMove)
    return answer


def test_the_list_shows_price_and_stock_in_the_order_of_codes(shop: Shop) -> None:
    listed = shop.village.read(market.goods_list, at=NOW)

    assert [(goods.code, goods.points, goods.stock) for goods in listed] == [
        ("M01", 4000, 5),
        ("R02", 250, 60),
        ("S03", 200, 100),
    ]


def test_the_shelf_is_worth_its_pieces_at_their_prices(sqlite_shop: Shop) -> None:
    assert sqlite_shop.village.read(shelf_value, at=NOW) == whole(5 * 40 + 60 * 2 + 30 + 100 * 2)


def test_a_price_holds_from_its_moment_on(shop: Shop) -> None:
    shop.change(market.set_price, goods="S03", points=whole(3), valid_from=LATER)

    assert shop.goods("S03").points == SALT
    assert shop.goods("S03", at=LATER).points == whole(3)
    with pytest.raises(market.problems.PriceChanged, match="食盐的积分价已改为3"):
        shop.sell(shop.wang, at=LATER)
    assert shop.sell(shop.wang, salt(1, whole(3)), at=LATER).total == 300


def test_of_two_prices_from_one_moment_the_later_word_counts(sqlite_shop: Shop) -> None:
    for points in (whole(3), whole(4)):
        sqlite_shop.change(market.set_price, goods="S03", points=points)

    assert sqlite_shop.goods("S03").points == whole(4)
    history = sqlite_shop.village.read(price_history, goods="S03")
    assert [price.points for price in history] == [200, 300, 400]


def test_a_price_cannot_begin_in_the_past(sqlite_shop: Shop) -> None:
    with pytest.raises(market.problems.PriceBackdated):
        sqlite_shop.change(market.set_price, goods="S03", points=whole(3), valid_from=NOW - timedelta(1))


@pytest.mark.parametrize("points", [0, -1, 10**9, 2.0, True])
def test_a_price_is_more_than_nothing_and_within_reason(sqlite_shop: Shop, points: Any) -> None:
    with pytest.raises(market.problems.PriceInvalid):
        sqlite_shop.change(market.set_price, goods="S03", points=points)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"code": "S03"}, "goods_exist"),
        ({"code": "a b"}, "text_invalid"),
        ({"name": ""}, "text_invalid"),
        ({"name": "a\u202eb"}, "text_invalid"),
        ({"stock": -1}, "stock_invalid"),
        ({"stock": 1.5}, "stock_invalid"),
        ({"limit_per_month": 0}, "limit_invalid"),
        ({"points": Points(0)}, "price_invalid"),
    ],
)
def test_goods_that_cannot_be(sqlite_shop: Shop, changes: dict[str, Any], problem: str) -> None:
    goods: dict[str, Any] = {"code": "N01", "name": "新货", "points": whole(1)}

    with pytest.raises(Problem) as refused:
        sqlite_shop.change(market.add_goods, **(goods | changes))
    assert refused.value.code == problem


def test_pieces_come_and_go_as_moves(shop: Shop) -> None:
    moved(shop, "received", 20, note="供销社送货")
    moved(shop, "donated", 5)
    moved(shop, "spoiled", 3)
    shop.sell(shop.wang, salt(2))

    assert shop.stock("S03") == 120
    journal = shop.village.read(market.stock_journal, goods="S03")
    assert [(move.kind, move.quantity, move.stock) for move in journal] == [
        ("redeemed", -2, 120),
        ("spoiled", -3, 122),
        ("donated", 5, 125),
        ("received", 20, 120),
        ("counted", 100, 100),
    ]
    assert shop.village.read(stock_differences) == []


def test_a_move_asked_for_twice_is_made_once(shop: Shop) -> None:
    first = moved(shop, "received", 20, request_id="the-delivery")
    again = moved(shop, "received", 20, request_id="the-delivery")

    assert (again.status, again.stock, again.moved_at) == ("replayed", first.stock, first.moved_at)
    assert shop.stock("S03") == 120
    with pytest.raises(ledger.problems.RequestReused):
        moved(shop, "received", 21, request_id="the-delivery")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"quantity": 0}, "quantity_invalid"),
        ({"quantity": -5}, "quantity_invalid"),
        ({"quantity": True}, "quantity_invalid"),
        ({"quantity": 10**40}, "quantity_invalid"),
        ({"kind": "counted"}, "move_kind_invalid"),
        ({"kind": "redeemed"}, "move_kind_invalid"),
        ({"kind": "spoiled", "quantity": 101}, "sold_out"),
        ({"goods": "X"}, "goods_unknown"),
        ({"goods": "\0"}, "goods_unknown"),
        ({"note": "a\nb"}, "text_invalid"),
    ],
)
def test_a_move_that_cannot_be_leaves_the_shelf_alone(
    sqlite_shop: Shop, changes: dict[str, Any], problem: str
) -> None:
    with pytest.raises(Problem) as refused:
        moved(sqlite_shop, **({"kind": "received", "quantity": 1} | changes))

    assert refused.value.code == problem
    assert sqlite_shop.stock("S03") == 100


@pytest.mark.parametrize(
    "table", ["goods_price", "stock_move", "redemption", "redemption_reversal", "attempt"]
)
def test_the_market_s_journals_cannot_be_rewritten(shop: Shop, table: str) -> None:
    shop.take_back(shop.sell(shop.wang).id)
    with pytest.raises(market.problems.TicketExpired):
        shop.sell(shop.wang, scan_ticket="none")

    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET village_id = village_id"):
        with pytest.raises(Exception, match="never changed or removed"), shop.database.writing() as session:
            session.connection().exec_driver_sql(statement)


def test_stock_that_is_not_the_sum_of_its_moves_is_named(sqlite_shop: Shop) -> None:
    with sqlite_shop.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE goods SET stock = 99 WHERE code = 'S03'")

    assert sqlite_shop.village.read(stock_differences) == ["S03"]


def test_hours_are_kept_in_the_order_of_the_week(shop: Shop) -> None:
    hours = [Hours(5, time(15), time(17)), Hours(2, time(8), time(12))]
    shop.change(set_opening_hours, hours=hours)

    assert shop.village.read(opening_hours) == hours[::-1]
    shop.change(set_opening_hours, hours=[])
    assert shop.village.read(opening_hours) == []


@pytest.mark.parametrize(
    "hours",
    [
        [Hours(0, time(8), time(9))],
        [Hours(1, time(9), time(9))],
        [Hours(1, time(8), time(10)), Hours(1, time(9), time(11))],
    ],
)
def test_hours_that_cannot_be(sqlite_shop: Shop, hours: list[Hours]) -> None:
    with pytest.raises(market.problems.HoursInvalid):
        sqlite_shop.change(set_opening_hours, hours=hours)
