"""The quote: what a sale would cost and need, told before anything is sold."""

from typing import Any

import pytest

from pointsbank import governing, ledger, market
from pointsbank.errors import Problem
from pointsbank.market import quoting
from pointsbank.market.limits import SecondCheckNeed
from pointsbank.points import Points, whole
from tests.builders import NOW
from tests.market.shop import RICE, SALT, Shop, rice, salt
from tests.market.test_redemption import refusals

PIN = "271828"


def quoted(shop: Shop, *lines: market.BasketLine, **changes: Any) -> market.Quote:
    """Quote a basket to 李秀英 on a new scan, unless one is given."""
    asked: dict[str, Any] = {"at": NOW} | changes
    if "scan_ticket" not in asked:
        asked["scan_ticket"] = shop.scan(shop.li).scan_ticket
    quote = shop.village.read(market.quote, lines=lines, **asked)
    assert isinstance(quote, market.Quote)
    return quote


def test_a_quote_says_what_a_sale_costs_and_leaves_and_changes_nothing(shop: Shop) -> None:
    ticket = shop.scan(shop.li).scan_ticket

    small = quoted(shop, salt(2), rice(), scan_ticket=ticket)
    assert small == market.Quote(Points(2 * SALT + RICE), whole(500), whole(456), None, None)
    assert quoted(shop, salt(2), rice(), scan_ticket=ticket) == small
    sold = shop.sell(shop.li, salt(2), rice(), scan_ticket=ticket)
    assert (sold.total, sold.balance) == (small.total, small.balance_after)


def test_a_quote_says_what_is_needed_and_why(sqlite_shop: Shop) -> None:
    typed = sqlite_shop.type(sqlite_shop.li.code).scan_ticket
    assert quoted(sqlite_shop, salt(), scan_ticket=typed).needs == SecondCheckNeed("typed", "本次没有扫卡")
    large = SecondCheckNeed("large_sale", "一次兑换超过50积分")
    assert quoted(sqlite_shop, rice(2)).needs == large
    for _ in range(2):
        sqlite_shop.sell(sqlite_shop.li, salt(25))
    assert quoted(sqlite_shop, salt()).needs == SecondCheckNeed("large_day", "今天累计超过100积分")


@pytest.mark.parametrize(
    ("problem", "line", "changes"),
    [case for case in refusals() if not {"confirmed", "request_id"} & case[2].keys()],
)
def test_a_quote_refuses_what_the_sale_would_refuse_and_writes_no_attempt(
    sqlite_shop: Shop, problem: type[Problem], line: market.BasketLine, changes: dict[str, Any]
) -> None:
    ticket = sqlite_shop.scan(sqlite_shop.wang).scan_ticket
    with pytest.raises(problem):
        quoted(sqlite_shop, line, **{"scan_ticket": ticket} | changes)

    assert sqlite_shop.attempts("sale") == []


def test_a_used_scan_quotes_nothing(sqlite_shop: Shop) -> None:
    ticket = sqlite_shop.scan(sqlite_shop.li).scan_ticket
    sqlite_shop.sell(sqlite_shop.li, salt(), scan_ticket=ticket)

    with pytest.raises(market.problems.TicketUsed):
        quoted(sqlite_shop, salt(), scan_ticket=ticket)


def test_a_large_sale_without_a_pin_and_then_with_it_leaves_no_attempt(shop: Shop) -> None:
    shop.give_pin(shop.li, PIN)
    same: dict[str, Any] = {"request_id": "large-sale", "scan_ticket": shop.scan(shop.li).scan_ticket}
    with pytest.raises(market.problems.PinRequired, match="一次兑换超过50积分"):
        shop.sell(shop.li, rice(2), **same)

    assert shop.sell(shop.li, rice(2), pin=PIN, **same).status == "completed"
    assert shop.attempts("sale") == []


def test_a_wrong_pin_leaves_one_attempt(shop: Shop) -> None:
    shop.give_pin(shop.li, PIN)
    with pytest.raises(market.problems.PinWrong):
        shop.sell(shop.li, rice(2), pin="314159")

    assert shop.attempts("sale") == ["pin_wrong"]


def test_a_sale_that_cannot_be_made_judges_no_pin(sqlite_shop: Shop) -> None:
    sqlite_shop.give_pin(sqlite_shop.wang, PIN)
    for pin in (None, "314159"):
        with pytest.raises(ledger.problems.InsufficientPoints):
            sqlite_shop.sell(sqlite_shop.wang, rice(2), pin=pin)

    assert sqlite_shop.attempts("sale") == ["insufficient_points"] * 2


def test_a_sale_that_needs_a_pin_is_refused_before_it_writes(
    sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "post", lambda *_, **__: pytest.fail("posted"))

    with pytest.raises(market.problems.PinRequired):
        sqlite_shop.sell(sqlite_shop.li, rice(2))


def test_a_sale_asks_for_funds_before_it_asks_for_a_pin(
    sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The control: without the check of funds the household would be sent for a PIN in vain.
    monkeypatch.setattr(quoting.ledger, "check_funds", lambda *_: None)

    with pytest.raises(market.problems.PinRequired):
        sqlite_shop.sell(sqlite_shop.wang, rice(2))


def test_a_limit_changed_after_the_quote_holds_for_the_sale(sqlite_shop: Shop) -> None:
    ticket = sqlite_shop.scan(sqlite_shop.li).scan_ticket
    assert quoted(sqlite_shop, rice(), scan_ticket=ticket).needs is None
    sqlite_shop.village.write(governing.change_settings, second_check_single=whole(39))

    with pytest.raises(market.problems.PinRequired):
        sqlite_shop.sell(sqlite_shop.li, rice(), scan_ticket=ticket)
