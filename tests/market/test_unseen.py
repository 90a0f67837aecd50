"""Who says what goods are and cost neither brings nor sells them before somebody else had them in hand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from pointsbank import market, staff
from pointsbank.database import Database
from pointsbank.market import BasketLine, GoodsWords, unseen
from pointsbank.points import Points
from tests.builders import CLERK, COMMITTEE, NOW, SUPERVISOR
from tests.market.shop import Shop, open_shop
from tests.missed_rules import TakenOut, check

SUN = CLERK
"""Enters goods and keeps the till, as an administrator may."""
OTHER = COMMITTEE
LATER = NOW + timedelta(minutes=1)
WINE = BasketLine("J01", 1, Points(1))


def enter(shop: Shop) -> None:
    """Wine for nearly nothing."""
    shop.village.write(market.add_goods, code="J01", name="黄酒", points=Points(1), stock=9, by=SUN)


def bring(shop: Shop, by: str, goods: str = "J01", at: datetime = NOW) -> None:
    """Three pieces are delivered."""
    move = {"goods": goods, "kind": "received", "quantity": 3, "request_id": shop.request_id()}
    shop.village.write(market.move_stock, **move, by=by, at=at)


def sold(shop: Shop, by: str, line: BasketLine = WINE) -> str:
    """One bottle, more or less."""
    return shop.sell(shop.li, line, by=by).id


def counted(shop: Shop, _by: str) -> None:
    """Two people sign for what is there."""
    ids: dict[str, Any] = {"request_id": shop.request_id(), "by": SUN}
    stocktake = shop.village.write(market.begin_stocktake, **ids).id
    count = {"stocktake": stocktake, "pieces": {"J01": 9}}
    shop.village.write(market.count_goods, **count, **ids | {"request_id": shop.request_id()})
    for who in (SUN, SUPERVISOR):
        sign = {"stocktake": stocktake, "request_id": shop.request_id(), "by": who}
        shop.village.write(market.sign_stocktake, **sign)


@pytest.mark.parametrize("seen", [bring, sold, counted])
def test_who_entered_goods_sells_and_brings_them_once_another_had_them(
    database: Database, seen: Callable[[Shop, str], object]
) -> None:
    shop = open_shop(database)
    enter(shop)
    for act in (sold, bring):
        with pytest.raises(market.problems.GoodsUnseen, match="黄酒"):
            act(shop, SUN)

    seen(shop, OTHER)

    sold(shop, SUN)
    bring(shop, SUN)


def test_what_only_a_login_in_the_same_hands_sold_nobody_else_has_seen(sqlite_shop: Shop) -> None:
    shop = sqlite_shop
    enter(shop)
    with shop.database.writing() as session:
        staff.make_token(session, login=f"{OTHER}.cast", by=SUN, at=NOW)
    sold(shop, OTHER)

    with pytest.raises(market.problems.GoodsUnseen):
        sold(shop, SUN)


def test_what_a_login_sold_while_it_was_in_the_same_hands_nobody_else_has_seen(sqlite_shop: Shop) -> None:
    shop, login = sqlite_shop, f"{OTHER}.cast"
    enter(shop)
    with shop.database.writing() as session:
        staff.make_token(session, login=login, by=SUN, at=NOW)
    sold(shop, OTHER)
    with shop.database.writing() as session:
        staff.revoke_tokens(session, login=login, by=SUN, at=LATER)

    with pytest.raises(market.problems.GoodsUnseen):
        bring(shop, SUN, at=LATER)
    bring(shop, OTHER, at=LATER + timedelta(minutes=1))
    bring(shop, SUN, at=LATER + timedelta(minutes=1))


def test_who_renamed_what_had_sold_out_brings_none_of_it_and_takes_none_back(database: Database) -> None:
    shop = open_shop(database)
    shop.village.write(market.add_goods, code="S04", name="粗盐", points=Points(200), stock=9, by=OTHER)
    sale = sold(shop, SUN, BasketLine("S04", 9, Points(200)))
    rice = GoodsWords("大米", "50斤")
    shop.village.write(market.describe_goods, goods="S04", words=rice, by=SUN)
    shop.village.write(market.describe_goods, goods="S04", category="粮油", by=OTHER)

    assert shop.stock("S04") == 0

    with pytest.raises(market.problems.GoodsUnseen, match="大米"):
        bring(shop, SUN, "S04")
    with pytest.raises(market.problems.GoodsUnseen):
        shop.take_back(sale, by=SUN)
    bring(shop, OTHER, "S04", at=LATER)

    bring(shop, SUN, "S04")
    assert shop.take_back(sale, by=SUN, at=NOW).status == "completed"


_WHO_ENTERED_GOODS_SELLS = test_who_entered_goods_sells_and_brings_them_once_another_had_them
_WHO_RENAMED = test_who_renamed_what_had_sold_out_brings_none_of_it_and_takes_none_back
_WHAT_ONLY_A_LOGIN = test_what_only_a_login_in_the_same_hands_sold_nobody_else_has_seen
RULES = [
    TakenOut(unseen.check_sold, "one.priced_by == by", "False", _WHO_ENTERED_GOODS_SELLS),
    TakenOut(unseen.check_brought, "own is not None", "False", _WHO_RENAMED),
    TakenOut(unseen._seen, "col(move.moved_at) > since", "True", _WHO_RENAMED),
    TakenOut(unseen._renames, "line[3][:2] != line[4][:2]", "True", _WHO_RENAMED),
    TakenOut(unseen._seen, "_is_another(session, who, by, moment, at=at)", "True", _WHAT_ONLY_A_LOGIN),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
