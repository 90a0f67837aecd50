"""Every price that is set is an entry of the log, written when no more goods are to be locked."""

import threading
import time
from typing import Any

from sqlalchemy import text

from pointsbank import ledger, market, spreadsheets
from pointsbank.database import Database
from pointsbank.market.prices import price_history
from pointsbank.market.shelf import lock_shelf
from pointsbank.points import whole
from tests.builders import CLERK, NOW, VILLAGE
from tests.market.shop import Shop, open_shop

DEARER = "编号,名称,积分\nS03,食盐,3\nM01,大米,41\nN01,面条,5\n".encode()


def told(shop: Shop) -> list[list[tuple[str, int, int]]]:
    """Code, place in the history and price of what each entry tells of prices, newest first."""
    entries = shop.village.read(ledger.log_entries, kinds=["price_set"])
    return [[tuple(line[1:]) for line in one.words["prices"]] for one in entries]


def test_a_price_is_told_when_goods_are_added_and_when_it_changes(shop: Shop):
    shop.change(market.set_price, goods="S03", points=whole(3))

    assert told(shop) == [
        [("S03", 2, 300)],
        [("S03", 1, 200)],
        [("R02", 1, 250)],
        [("M01", 1, 4000)],
    ]
    [entry] = shop.village.read(ledger.log_entries, kinds=["price_set"], limit=1)
    [_, price] = shop.village.read(price_history, goods="S03")
    assert (entry.actor, entry.words["valid_from"]) == (CLERK, price.valid_from.isoformat())
    assert ledger.describe(entry.kind, entry.words, str) == "S03 3分，自2026年9月1日10:00起"


def test_who_sets_the_first_price_of_goods_tells_how_many_he_brought(sqlite_shop: Shop):
    wine = {"code": "J01", "name": "黄酒", "spec": "500毫升", "points": whole(9), "stock": 4}
    sqlite_shop.change(market.add_goods, **wine)

    [entry] = sqlite_shop.village.read(ledger.log_entries, kinds=["price_set"], limit=1)
    [added] = entry.words.get("added", [None])
    assert added is not None and (entry.actor, added[1], added[2], added[-1]) == (CLERK, "J01", "黄酒", 4)


def test_a_table_of_goods_tells_what_differs(sqlite_shop: Shop):
    table = spreadsheets.read_table("goods.csv", DEARER)
    for _ in range(2):
        sqlite_shop.change(market.import_goods, table=table)

    assert told(sqlite_shop)[:2] == [[("S03", 2, 300), ("M01", 2, 4100)], [("N01", 1, 500)]]
    assert len(told(sqlite_shop)) == 5


def test_a_table_of_prices_and_a_sale_never_wait_for_each_other_in_a_circle(postgresql_database: Database):
    """Who sells locks goods, then the log; an import that told each price at once would lock it first."""
    shop = open_shop(postgresql_database)
    table = spreadsheets.read_table("goods.csv", DEARER)
    failed: list[BaseException] = []

    def bring_in() -> None:
        try:
            shop.change(market.import_goods, table=table)
        except BaseException as error:
            failed.append(error)

    importing = threading.Thread(target=bring_in)
    with postgresql_database.writing() as selling:
        lock_shelf(selling, village=VILLAGE, goods="M01")
        importing.start()
        _wait_for_a_waiter(postgresql_database)
        words: dict[str, Any] = {"goods": "M01"}
        ledger.record(selling, village=VILLAGE, kind="stocktake", by=CLERK, at=NOW, words=words)
    importing.join()

    assert failed == []


def _wait_for_a_waiter(database: Database) -> None:
    """Wait until somebody waits for a lock in this database."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        " AND datname = current_database()"
    )
    for _ in range(100):
        with database.reading() as session:
            if session.connection().execute(waiting).scalar():
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
