"""Many tills at once: the last piece, the last points, a day's limit, one request many times.

Each race has a control in which the lock is taken out: it must show the fault, or the race proves nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlmodel import Session

from pointsbank import governing, ledger, market, roster
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.ledger import accounts, posting, requests
from pointsbank.market import exchanging, offers, quoting, redemption, returning, shelf, undoing
from pointsbank.market.redemption import Redemption
from pointsbank.points import Points
from tests.builders import CLERK, NOW, VILLAGE
from tests.market.shop import SALT, Shop, open_shop, rice, salt, stock_differences

TILLS = 6


def outcomes(sales: list[Callable[[], Redemption]]) -> Counter[str]:
    """Start all sales at once and count what each was told."""
    start = Barrier(len(sales))

    def told(sale: Callable[[], Redemption]) -> str:
        start.wait()
        try:
            return sale().status
        except Problem as problem:
            return problem.code
        except Exception as error:
            return type(error).__name__

    with ThreadPoolExecutor(len(sales)) as tills:
        return Counter(tills.map(told, sales))


def exchange(
    shop: Shop, old: str, *lines: market.BasketLine, who: roster.Participant | None = None
) -> Callable[[], Redemption]:
    """One piece of salt of a sale for something else, ready to be made."""
    ticket = shop.scan(who or shop.li).scan_ticket
    given: dict[str, Any] = {"request_id": shop.request_id(), "scan_ticket": ticket, "confirmed": True}
    given |= {"redemption": old, "pieces": {"S03": 1}, "reason": "换一种", "by": CLERK, "at": NOW}
    return lambda: market.exchange(shop.database, village=VILLAGE, lines=lines, **given)


def soap(quantity: int = 1) -> market.BasketLine:
    """So many pieces of soap, 2.5 points each."""
    return market.BasketLine("R02", quantity, Points(250))


def sale(shop: Shop, *lines: market.BasketLine, **changes: Any) -> Callable[[], Redemption]:
    """A sale to 李秀英 by a scan of its own, ready to be made."""
    ready = {"request_id": shop.request_id(), "scan_ticket": shop.scan(shop.li).scan_ticket} | changes
    return lambda: shop.sell(shop.li, *lines, **ready)


class Unlocked(Database):
    """A SQLite database without its lock: every statement is a transaction of its own."""

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Let everybody write at once."""
        engine = create_engine(self.url, connect_args={"isolation_level": None, "timeout": 20})
        with Session(engine, info={"entropy": self.entropy}) as session:
            yield session
        engine.dispose()


def take_out_the_locks(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every till read before any of them writes, with nothing holding them apart."""
    if shop.database.is_sqlite:
        everybody_writes = Unlocked(shop.database.url, entropy=shop.database.entropy)
        shop.village = replace(shop.village, database=everybody_writes)
    monkeypatch.setattr(offers, "LOCK_OFFERS", offers.OFFERS)
    unlocked = accounts.LOCK_ACCOUNTS._generate()
    unlocked._for_update_arg = None
    monkeypatch.setattr(accounts, "LOCK_ACCOUNTS", unlocked)
    monkeypatch.setattr(ledger, "lock_accounts", lambda *_, **__: None)


def meet(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, tills: int) -> None:
    """Make the tills wait for one another where they have read and not yet written."""
    barrier, real = Barrier(tills, timeout=5), getattr(place, name)

    def after_all_have_come(*arguments: Any, **named: Any) -> Any:
        with suppress(BrokenBarrierError):
            barrier.wait()
        return real(*arguments, **named)

    monkeypatch.setattr(place, name, after_all_have_come)


def test_the_last_bag_of_rice_is_sold_once(shop: Shop) -> None:
    shop.sell(shop.li, rice())
    shop.village.write(governing.change_settings, second_check_day=10**9, second_check_single=10**9)
    shop.change(market.move_stock, goods="M01", request_id="all-but-one", kind="spoiled", quantity=3)

    told = outcomes([sale(shop, rice()) for _ in range(TILLS)])
    assert told == {"completed": 1, "sold_out": TILLS - 1}
    assert (shop.stock("M01"), shop.balance(shop.li)) == (0, 42000)
    assert shop.village.read(stock_differences) == []


def test_without_the_lock_the_last_bag_of_rice_breaks_the_till(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.change(market.move_stock, goods="M01", request_id="all-but-one", kind="spoiled", quantity=4)
    sales = [sale(shop, rice()) for _ in range(2)]
    take_out_the_locks(shop, monkeypatch)
    meet(monkeypatch, quoting, "price_basket", 2)

    assert outcomes(sales)["IntegrityError"] >= 1


def test_the_last_points_are_spent_once(shop: Shop) -> None:
    shop.village.write(governing.change_settings, second_check_day=10**9, second_check_single=10**9)
    shop.sell(shop.li, salt(98), rice(4), market.BasketLine("R02", 56, Points(250)))
    assert shop.balance(shop.li) == 400

    told = outcomes([sale(shop, market.BasketLine("R02", 1, Points(250))) for _ in range(TILLS)])
    assert told == {"completed": 1, "insufficient_points": TILLS - 1}
    assert shop.balance(shop.li) == 150


def test_without_the_lock_the_last_points_are_spent_twice(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.village.write(governing.change_settings, second_check_day=10**9, second_check_single=10**9)
    shop.sell(shop.li, salt(98), rice(4), market.BasketLine("R02", 56, Points(250)))
    sales = [sale(shop, salt()), sale(shop, market.BasketLine("R02", 1, Points(250)))]
    take_out_the_locks(shop, monkeypatch)
    meet(monkeypatch, posting, "lock_head_and_accounts", 2)

    told = outcomes(sales)
    assert told["completed"] == 2 or told["IntegrityError"] >= 1


def test_a_day_s_limit_holds_at_all_tills_together(shop: Shop) -> None:
    shop.village.write(governing.change_settings, daily_limit=3 * SALT)

    told = outcomes([sale(shop, salt()) for _ in range(TILLS)])
    assert told == {"completed": 3, "daily_limit_reached": TILLS - 3}


def test_a_month_s_limit_holds_at_all_tills_together(shop: Shop) -> None:
    shop.change(market.set_limit, goods="S03", limit=2)

    told = outcomes([sale(shop, salt()) for _ in range(TILLS)])
    assert told == {"completed": 2, "limit_reached": TILLS - 2}


def test_without_the_lock_a_day_s_limit_is_passed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.village.write(governing.change_settings, daily_limit=SALT)
    sales = [sale(shop, salt()), sale(shop, market.BasketLine("R02", 1, Points(200)))]
    shop.change(market.set_price, goods="R02", points=Points(200))
    take_out_the_locks(shop, monkeypatch)
    meet(monkeypatch, quoting, "price_basket", 2)

    assert outcomes(sales)["daily_limit_reached"] == 0


def test_the_day_s_second_check_holds_at_all_tills_together(shop: Shop) -> None:
    shop.village.write(governing.change_settings, second_check_day=3 * SALT)

    told = outcomes([sale(shop, salt()) for _ in range(TILLS)])
    assert told == {"completed": 3, "pin_required": TILLS - 3}


def test_without_the_lock_the_day_s_second_check_is_passed(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.village.write(governing.change_settings, second_check_day=SALT)
    shop.change(market.set_price, goods="R02", points=Points(200))
    sales = [sale(shop, salt()), sale(shop, market.BasketLine("R02", 1, Points(200)))]
    take_out_the_locks(shop, monkeypatch)
    meet(monkeypatch, quoting, "price_basket", 2)

    assert outcomes(sales)["pin_required"] == 0


def test_one_request_many_times_is_one_sale(shop: Shop) -> None:
    once = sale(shop, salt())

    assert outcomes([once] * TILLS) == {"completed": 1, "replayed": TILLS - 1}
    assert (shop.balance(shop.li), shop.stock("S03")) == (49800, 99)


def test_without_the_claim_one_request_is_refused_to_its_own_sender(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = sale(shop, salt())
    monkeypatch.setattr(requests, "reserve_request", lambda *_, **__: None)

    assert outcomes([once] * TILLS)["replayed"] == 0


def test_one_scan_is_one_sale_at_all_tills_together(shop: Shop) -> None:
    ticket = shop.scan(shop.li).scan_ticket

    told = outcomes([sale(shop, salt(), scan_ticket=ticket) for _ in range(TILLS)])
    assert told == {"completed": 1, "ticket_used": TILLS - 1}


def test_a_sale_is_taken_back_once_at_all_tills_together(shop: Shop) -> None:
    sold = shop.sell(shop.li, salt()).id
    backs: list[Any] = [lambda: shop.take_back(sold) for _ in range(TILLS)]

    assert outcomes(backs) == {"completed": 1, "already_reversed": TILLS - 1}
    assert (shop.balance(shop.li), shop.stock("S03")) == (50000, 100)


def test_a_sale_s_pieces_come_back_once_at_all_tills_together(shop: Shop) -> None:
    sold = shop.sell(shop.li, salt(2)).id
    backs: list[Any] = [lambda: shop.return_pieces(sold, {"S03": 1}) for _ in range(TILLS - 1)]
    backs.append(lambda: shop.take_back(sold))

    told = outcomes(backs)
    assert told["completed"] in (1, 2) and told["completed"] + told["already_reversed"] == TILLS
    assert (shop.balance(shop.li), shop.stock("S03")) == (50000, 100)
    assert shop.village.read(stock_differences) == []


def test_without_the_lock_the_database_refuses_the_piece_that_comes_back_twice(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold = shop.sell(shop.li, salt()).id
    take_out_the_locks(shop, monkeypatch)
    meet(monkeypatch, returning, "choose_back", 2)

    told = outcomes([lambda: shop.return_pieces(sold, {"S03": 1}) for _ in range(2)])
    # Nobody was told how many pieces are left: only the second wall kept the two apart.
    assert told["already_reversed"] == told["too_many_back"] == 0
    assert told["completed"] <= 1 and sum(told.values()) == 2


def test_exchanges_and_sales_of_many_goods_never_wait_in_a_circle(shop: Shop) -> None:
    old = [shop.sell(shop.wang, salt()).id for _ in range(3)]
    tills: list[Any] = [exchange(shop, sold, soap(), who=shop.wang) for sold in old]
    tills += [sale(shop, salt(), soap()) for _ in range(3)]

    assert outcomes(tills) == {"completed": 6}
    assert shop.village.read(stock_differences) == []


def test_without_its_lock_on_all_goods_an_exchange_and_a_sale_wait_for_each_other(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SQLite has one writer at a time: nothing waits in a circle.
    shop = open_shop(postgresql_database)
    swap = exchange(shop, shop.sell(shop.wang, salt()).id, soap(), who=shop.wang)
    monkeypatch.setattr(exchanging, "lock_goods", lambda *_, **__: None)
    # The exchange has the log's head and wants the soap; the sale has the soap and wants the head.
    meeting = Barrier(2, timeout=4)
    redeem, entry = exchanging.redeem, redemption._entry

    def redeem_together(*arguments: Any, **named: Any) -> Any:
        meeting.wait()
        return redeem(*arguments, **named)

    def entry_together(*arguments: Any, **named: Any) -> Any:
        with suppress(BrokenBarrierError):
            meeting.wait()
        return entry(*arguments, **named)

    monkeypatch.setattr(exchanging, "redeem", redeem_together)
    monkeypatch.setattr(redemption, "_entry", entry_together)

    assert outcomes([swap, sale(shop, soap())]) != {"completed": 2}


def test_a_delivery_is_undone_once_and_never_what_was_sold_meanwhile(shop: Shop) -> None:
    given = {"goods": "M01", "kind": "received", "quantity": 3, "request_id": "delivered-twice"}
    twice = shop.change(market.move_stock, **given).position
    shop.village.write(governing.change_settings, second_check_day=10**9, second_check_single=10**9)

    def undo() -> Any:
        undoing = {"goods": "M01", "position": twice, "reason": "登记了两次"}
        return shop.change(market.undo_move, request_id=shop.request_id(), **undoing)

    told = outcomes([undo, undo, *(sale(shop, rice(2)) for _ in range(4))])
    undone = 1 if told["move_undone"] == 1 else 0
    assert told["move_undone"] + told["pieces_gone"] in (1, 2), told
    assert shop.stock("M01") == 8 - 3 * undone - 2 * (told["completed"] - undone) >= 0
    assert shop.village.read(stock_differences) == []


def test_without_the_lock_a_delivery_is_undone_beside_a_sale_only_as_the_database_lets(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"goods": "S03", "kind": "received", "quantity": 3, "request_id": "delivered-twice"}
    twice = shop.change(market.move_stock, **given).position
    take_out_the_locks(shop, monkeypatch)
    monkeypatch.setattr(shelf, "_SHELF", shelf._SHELF.with_for_update(read=True, key_share=True))
    meet(monkeypatch, undoing, "check_undoing", 2)

    def undo() -> Any:
        asked = {"goods": "S03", "position": twice, "reason": "登记了两次"}
        return shop.change(market.undo_move, request_id=shop.request_id(), **asked)

    told = outcomes([undo, undo])
    assert told["move_undone"] == 0 and told["completed"] <= 1


def test_two_desks_setting_a_pin_or_adding_goods_make_one(shop: Shop) -> None:
    def set_pin() -> Any:
        return shop.give_pin(shop.li, "271828")

    def add() -> Any:
        return shop.change(market.add_goods, code="N01", name="新货", points=SALT, stock=1)

    with ThreadPoolExecutor(4) as desks:
        tries = [desks.submit(verb) for verb in (set_pin, set_pin, add, add)]
    refused = sorted(type(one.exception()).__name__ for one in tries if one.exception())

    assert refused == ["GoodsExist", "PinExists"]


def test_sales_and_deliveries_of_many_goods_never_wait_in_a_circle(shop: Shop) -> None:
    def deliver(goods: str) -> Callable[[], Any]:
        move = {"goods": goods, "kind": "received", "quantity": 1, "request_id": shop.request_id()}
        return lambda: shop.change(market.move_stock, **move)

    sales = [sale(shop, salt(), soap()), sale(shop, soap(), salt()), sale(shop, soap(), salt())]
    told = outcomes([*sales, deliver("R02"), deliver("S03"), deliver("R02")])

    assert told == {"completed": 6}
    assert shop.village.read(stock_differences) == []
