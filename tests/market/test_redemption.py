"""Selling: points and pieces move together, or nothing moves."""

import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from pointsbank import governing, ledger, market, roster
from pointsbank.errors import Problem
from pointsbank.market.history import Sales
from pointsbank.market.hours import set_opening_hours
from pointsbank.market.window import Hours
from pointsbank.points import Points, whole
from tests.builders import NOW, VILLAGE
from tests.market.shop import SOAP, Shop, rice, salt


def test_a_sale_takes_points_and_pieces(shop: Shop) -> None:
    sale = shop.sell(shop.wang, salt(3), market.BasketLine("R02", 1, SOAP))

    assert (sale.status, sale.total, sale.balance) == ("completed", 850, 2150)
    assert shop.balance(shop.wang) == 2150
    assert (shop.stock("S03"), shop.stock("R02")) == (97, 59)


def test_a_sale_compiles_no_statement_anew(sqlite_shop: Shop) -> None:
    compiled: list[int] = []

    def note(action: int, *_: object) -> int:
        # The driver compiles COMMIT each time.
        if action != sqlite3.SQLITE_TRANSACTION:
            compiled.append(action)
        return sqlite3.SQLITE_OK

    with sqlite_shop.village.database.engine.connect() as connection:
        # It is asked about every statement that is compiled, and all that were before are compiled once more.
        connection.connection.dbapi_connection.set_authorizer(note)  # type: ignore[union-attr]
    sqlite_shop.sell(sqlite_shop.wang, salt())
    assert compiled
    tickets = [sqlite_shop.scan(sqlite_shop.wang).scan_ticket for _ in range(2)]
    sqlite_shop.sell(sqlite_shop.wang, salt(), scan_ticket=tickets[0])
    compiled.clear()

    sqlite_shop.sell(sqlite_shop.wang, salt(), scan_ticket=tickets[1])

    assert not compiled


def test_a_sale_stands_in_the_statement_and_in_the_log(shop: Shop) -> None:
    ticket = shop.scan(shop.wang).scan_ticket
    sale = shop.sell(shop.wang, salt(3), scan_ticket=ticket)
    [line, _] = shop.village.read(ledger.statement, participant=shop.wang.id).lines

    assert (line.index, line.kind, line.amount, line.balance) == (sale.index, "redemption", -600, 2400)
    assert line.words == {
        "participant": shop.wang.id,
        "item": "兑换 食盐×3",
        "ticket": ticket,
        "sold_at": NOW.isoformat(),
        "lines": [[line.words["lines"][0][0], 3, 200]],
        "second_check": "none",
        "approver": None,
    }
    assert len(bytes.fromhex(sale.leaf)) == 32


def test_the_same_request_again_gets_the_first_answer(shop: Shop) -> None:
    sale: dict[str, Any] = {"request_id": "the-same-one", "scan_ticket": shop.scan(shop.wang).scan_ticket}
    first = shop.sell(shop.wang, salt(), **sale)
    again = shop.sell(shop.wang, salt(), **sale, at=NOW + timedelta(hours=3))

    assert again.status == "replayed"
    assert (again.id, again.balance, again.index) == (first.id, first.balance, first.index)
    assert shop.balance(shop.wang) == 2800


def test_a_used_request_id_with_anything_else_is_refused_barely(shop: Shop) -> None:
    sale: dict[str, Any] = {"request_id": "the-same-one", "scan_ticket": shop.scan(shop.wang).scan_ticket}
    shop.sell(shop.wang, salt(), **sale)

    with pytest.raises(ledger.problems.RequestReused):
        shop.sell(shop.wang, salt(), **sale, by="zhou")
    with pytest.raises(ledger.problems.RequestReused):
        shop.sell(shop.wang, salt(2), **sale)


def test_a_refused_request_may_be_tried_again_under_its_id(sqlite_shop: Shop) -> None:
    ticket = sqlite_shop.scan(sqlite_shop.wang).scan_ticket
    with pytest.raises(market.problems.ConfirmationRequired):
        sqlite_shop.sell(
            sqlite_shop.wang, salt(), request_id="try-again", scan_ticket=ticket, confirmed=False
        )

    assert (
        sqlite_shop.sell(sqlite_shop.wang, salt(), request_id="try-again", scan_ticket=ticket).status
        == "completed"
    )


def refusals() -> list[Any]:
    """Every reason a plain sale can be refused with, and the sale that is."""
    return [
        (market.problems.ConfirmationRequired, salt(), {"confirmed": False}),
        (market.problems.ConfirmationRequired, salt(), {"confirmed": 1}),
        (market.problems.QuantityInvalid, salt(0), {}),
        (market.problems.QuantityInvalid, salt(10**30), {}),
        (market.problems.GoodsUnknown, market.BasketLine("X9", 1, whole(2)), {}),
        (market.problems.GoodsUnknown, market.BasketLine("\0\ud800", 1, whole(2)), {}),
        (market.problems.PriceChanged, salt(1, whole(3)), {}),
        (market.problems.PriceChanged, salt(1, Points(10**30)), {}),
        (market.problems.SoldOut, rice(6), {}),
        (ledger.problems.InsufficientPoints, rice(1), {}),
        # Told what is missing, not sent for a PIN to a sale that cannot be made anyway.
        (ledger.problems.InsufficientPoints, rice(2), {}),
        (market.problems.TicketExpired, salt(), {"scan_ticket": "nosuchticket"}),
        (market.problems.TicketExpired, salt(), {"scan_ticket": "\0\ud800"}),
        (ledger.problems.RequestIdInvalid, salt(), {"request_id": "short"}),
    ]


@pytest.mark.parametrize(("problem", "line", "changes"), refusals())
def test_a_refused_sale_moves_nothing(
    sqlite_shop: Shop, problem: type[Problem], line: market.BasketLine, changes: dict[str, Any]
) -> None:
    with pytest.raises(problem):
        sqlite_shop.sell(sqlite_shop.wang, line, **changes)

    assert (sqlite_shop.balance(sqlite_shop.wang), sqlite_shop.stock("S03"), sqlite_shop.stock("M01")) == (
        3000,
        100,
        5,
    )
    assert sqlite_shop.attempts("sale") == [problem.code]
    assert sqlite_shop.village.read(market.redemptions).items == []


def test_a_large_sale_without_a_second_check_moves_nothing(sqlite_shop: Shop) -> None:
    before = sqlite_shop.balance(sqlite_shop.li)
    with pytest.raises(market.problems.PinRequired):
        sqlite_shop.sell(sqlite_shop.li, rice(2))

    assert (sqlite_shop.balance(sqlite_shop.li), sqlite_shop.stock("M01")) == (before, 5)
    assert sqlite_shop.attempts("sale") == []
    assert sqlite_shop.village.read(market.redemptions).items == []


def test_a_ticket_is_good_for_its_seconds_and_no_longer(sqlite_shop: Shop) -> None:
    ticket = sqlite_shop.scan(sqlite_shop.wang).scan_ticket

    assert (
        sqlite_shop.sell(sqlite_shop.wang, scan_ticket=ticket, at=NOW + timedelta(seconds=119)).total == 200
    )
    late = sqlite_shop.scan(sqlite_shop.wang).scan_ticket
    with pytest.raises(market.problems.TicketExpired):
        sqlite_shop.sell(sqlite_shop.wang, scan_ticket=late, at=NOW + timedelta(seconds=120))


def test_a_ticket_is_spent_by_one_sale_but_not_by_a_refusal(shop: Shop) -> None:
    ticket = shop.scan(shop.wang).scan_ticket
    with pytest.raises(market.problems.SoldOut):
        shop.sell(shop.wang, rice(6), scan_ticket=ticket)
    shop.sell(shop.wang, scan_ticket=ticket)

    with pytest.raises(market.problems.TicketUsed):
        shop.sell(shop.wang, scan_ticket=ticket)


def test_many_tickets_of_one_household_live_at_once(sqlite_shop: Shop) -> None:
    first, second = sqlite_shop.scan(sqlite_shop.wang), sqlite_shop.scan(sqlite_shop.wang)

    sqlite_shop.sell(sqlite_shop.wang, scan_ticket=second.scan_ticket)
    assert sqlite_shop.sell(sqlite_shop.wang, scan_ticket=first.scan_ticket).balance == 2600


def test_a_ticket_of_another_village_is_as_good_as_none(shop: Shop) -> None:
    ticket = shop.scan(shop.wang).scan_ticket
    shop.village.found_neighbour()

    with pytest.raises(market.problems.TicketExpired):
        market.sell(
            shop.database,
            village="zhuyuan",
            request_id="elsewhere",
            scan_ticket=ticket,
            confirmed=True,
            lines=[salt()],
            by="chen",
            at=NOW,
        )


def test_a_card_lost_after_the_scan_buys_nothing(shop: Shop) -> None:
    ticket = shop.scan(shop.wang).scan_ticket
    shop.village.write(roster.lose, code=shop.wang.code)

    with pytest.raises(roster.problems.CardRevoked):
        shop.sell(shop.wang, scan_ticket=ticket)


def test_a_household_suspended_after_the_scan_buys_nothing(sqlite_shop: Shop) -> None:
    ticket = sqlite_shop.scan(sqlite_shop.wang).scan_ticket
    sqlite_shop.village.write(
        roster.edit, code=sqlite_shop.wang.code, facts=roster.NewFacts(status="suspended"), reason="核实"
    )

    with pytest.raises(roster.problems.ParticipantSuspended):
        sqlite_shop.sell(sqlite_shop.wang, scan_ticket=ticket)


def test_the_month_s_limit_of_a_household_forgets_what_was_taken_back(shop: Shop) -> None:
    shop.change(market.set_limit, goods="S03", limit=2)
    first = shop.sell(shop.wang, salt(2))
    with pytest.raises(market.problems.LimitReached, match="每户每月限2件，本月还可兑换0件"):
        shop.sell(shop.wang, salt())

    shop.take_back(first.id)
    assert shop.sell(shop.wang, salt(2)).total == 400
    assert shop.sell(shop.li, salt(2)).total == 400


def test_the_month_s_limit_begins_anew_with_the_village_s_month(sqlite_shop: Shop) -> None:
    sqlite_shop.change(market.set_limit, goods="S03", limit=1)
    last_minute = NOW.replace(day=30, hour=15, minute=59)
    sqlite_shop.sell(sqlite_shop.wang, at=last_minute)

    with pytest.raises(market.problems.LimitReached):
        sqlite_shop.sell(sqlite_shop.wang, at=last_minute)
    assert sqlite_shop.sell(sqlite_shop.wang, at=last_minute + timedelta(minutes=1)).total == 200


def test_a_village_may_limit_what_a_household_spends_a_day(shop: Shop) -> None:
    shop.village.write(governing.change_settings, daily_limit=1000)
    shop.sell(shop.wang, salt(4))

    with pytest.raises(market.problems.DailyLimitReached, match="今天还可兑换2积分"):
        shop.sell(shop.wang, salt(2))
    assert shop.sell(shop.wang, salt(2), at=NOW + timedelta(days=1)).total == 400


def test_nobody_buys_below_zero(sqlite_shop: Shop) -> None:
    sale = sqlite_shop.sell(sqlite_shop.wang, salt(15))
    assert sale.balance == 0
    with pytest.raises(ledger.problems.InsufficientPoints, match="可用积分只有0分"):
        sqlite_shop.sell(sqlite_shop.wang)


def test_goods_taken_off_offer_are_not_sold(sqlite_shop: Shop) -> None:
    sqlite_shop.retire("S03")

    with pytest.raises(market.problems.GoodsInactive):
        sqlite_shop.sell(sqlite_shop.wang)
    assert [goods.code for goods in sqlite_shop.village.read(market.goods_list, at=NOW)] == ["M01", "R02"]


def test_outside_its_hours_a_shop_sells_nothing(sqlite_shop: Shop) -> None:
    day = NOW.isoweekday()
    hours = [Hours(day, NOW.replace(hour=8).time(), NOW.replace(hour=11).time())]
    sqlite_shop.change(set_opening_hours, hours=hours)

    assert sqlite_shop.sell(sqlite_shop.wang).status == "completed"
    with pytest.raises(market.problems.WindowClosed, match="周二08:00-11:00"):
        sqlite_shop.sell(sqlite_shop.wang, at=NOW + timedelta(hours=1))


def test_redemptions_are_listed_newest_first_page_by_page(shop: Shop) -> None:
    sales = [shop.sell(who, salt()).id for who in (shop.wang, shop.li, shop.wang)]
    first = shop.village.read(market.redemptions, limit=2)
    rest = shop.village.read(market.redemptions, limit=2, before=first.next)

    assert [sale.id for sale in first.items + rest.items] == sales[::-1]
    assert rest.next is None
    assert [line.name for line in first.items[0].lines] == ["食盐"]
    assert len(shop.village.read(market.redemptions, participant=shop.wang.id).items) == 2


def test_a_month_s_sales_leave_out_what_was_taken_back(shop: Shop) -> None:
    shop.sell(shop.wang, salt(2), market.BasketLine("R02", 1, SOAP))
    shop.take_back(shop.sell(shop.li, salt(5)).id)
    day = NOW.date()

    sales = shop.village.read(market.sales, first=day, last=day)
    assert sales == Sales(redemptions=1, households=1, pieces=3, total=Points(650))


def test_a_redemption_elsewhere_looks_like_a_missing_one(shop: Shop) -> None:
    sale = shop.sell(shop.wang)

    assert shop.village.read(market.redemption_by_id, redemption=sale.id).total == 200
    for village, redemption in (("zhuyuan", sale.id), (VILLAGE, "nosuchone"), (VILLAGE, "\0")):
        with pytest.raises(market.problems.RedemptionUnknown):
            shop.village.read(market.redemption_by_id, village=village, redemption=redemption)
