"""PINs and second logins: every wrong try is counted, whatever becomes of the sale."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from pointsbank import market, roster, staff
from pointsbank.errors import Problem
from pointsbank.market import pin_age
from pointsbank.market.redemption import redeem
from pointsbank.market.second_check import SecondCheck
from tests.builders import CLERK, COMMITTEE, NOW, VILLAGE
from tests.market.shop import Shop, rice, salt
from tests.missed_rules import taken_out
from tests.staff.people import PASSWORD

PIN = "271828"


def set_pin(shop: Shop, pin: str = PIN, **changes: Any) -> None:
    """Give 李秀英's household a PIN."""
    shop.give_pin(shop.li, pin, **changes)


def refused(shop: Shop, **changes: Any) -> str:
    """Try to sell two bags of rice, 80 points, to 李秀英, and answer why not."""
    with pytest.raises(Problem) as problem:
        shop.sell(shop.li, rice(2), **changes)
    assert shop.balance(shop.li) == 50000
    return problem.value.code


def test_a_large_sale_needs_a_pin_and_goes_through_with_it(shop: Shop) -> None:
    set_pin(shop)

    assert refused(shop) == "pin_required"
    sale = shop.sell(shop.li, rice(2), pin=PIN)
    assert shop.village.read(market.redemption_by_id, redemption=sale.id).second_check == "pin"


def test_many_small_sales_a_day_add_up_to_a_large_one(sqlite_shop: Shop) -> None:
    for _ in range(2):
        sqlite_shop.sell(sqlite_shop.li, salt(25))

    with pytest.raises(market.problems.PinRequired, match="今天累计超过100积分"):
        sqlite_shop.sell(sqlite_shop.li, salt())
    assert sqlite_shop.sell(sqlite_shop.li, salt(), at=NOW + timedelta(days=1)).total == 200


def test_five_wrong_pins_rest_a_quarter_of_an_hour_and_ten_end_it(shop: Shop) -> None:
    set_pin(shop)

    assert [refused(shop, pin="314159") for _ in range(6)] == ["pin_wrong"] * 5 + ["pin_locked"]
    assert refused(shop, pin=PIN, at=NOW + timedelta(minutes=14)) == "pin_locked"
    later = NOW + timedelta(minutes=15)
    assert [refused(shop, pin="314159", at=later) for _ in range(6)] == ["pin_wrong"] * 5 + ["pin_locked"]
    assert refused(shop, pin=PIN, at=NOW + timedelta(days=9)) == "pin_locked"
    set_pin(shop, "161803", reset=True)
    assert shop.sell(shop.li, rice(2), pin="161803").status == "completed"


def test_a_right_pin_takes_the_count_back(sqlite_shop: Shop) -> None:
    set_pin(sqlite_shop)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(market.problems.PinWrong):
                sqlite_shop.sell(sqlite_shop.li, pin="314159")
        sqlite_shop.sell(sqlite_shop.li, pin=PIN)

    assert sqlite_shop.attempts("sale") == ["pin_wrong"] * 12


def test_tries_at_the_same_moment_get_no_more_than_five_answers(shop: Shop) -> None:
    set_pin(shop)
    ticket = shop.scan(shop.li).scan_ticket
    with ThreadPoolExecutor(8) as clerks:
        tries = [clerks.submit(refused, shop, pin="314159", scan_ticket=ticket) for _ in range(16)]

    answers = sorted(one.result() for one in tries)
    assert answers == ["pin_locked"] * 11 + ["pin_wrong"] * 5


def test_a_wrong_pin_says_what_is_left(sqlite_shop: Shop) -> None:
    set_pin(sqlite_shop)

    with pytest.raises(market.problems.PinWrong, match="密码不对，还可以试4次"):
        sqlite_shop.sell(sqlite_shop.li, pin="314159")


def test_without_a_pin_a_pin_cannot_be_right(sqlite_shop: Shop) -> None:
    with pytest.raises(market.problems.PinWrong, match="还没有设密码"):
        sqlite_shop.sell(sqlite_shop.li, pin=PIN)
    with pytest.raises(market.problems.PinMissing):
        set_pin(sqlite_shop, reset=True)


def test_a_replayed_sale_judges_no_pin(sqlite_shop: Shop) -> None:
    set_pin(sqlite_shop)
    sale: dict[str, Any] = {
        "request_id": "with-a-pin",
        "scan_ticket": sqlite_shop.scan(sqlite_shop.li).scan_ticket,
    }
    sqlite_shop.sell(sqlite_shop.li, rice(2), pin=PIN, **sale)

    assert sqlite_shop.sell(sqlite_shop.li, rice(2), pin="314159", **sale).status == "replayed"
    assert sqlite_shop.attempts("sale") == []


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("12345", market.problems.PinInvalid),
        ("1234567", market.problems.PinInvalid),
        ("12345a", market.problems.PinInvalid),
        ("１２３４５６", market.problems.PinInvalid),
        ("123456", market.problems.PinTooSimple),
        ("987654", market.problems.PinTooSimple),
        ("888888", market.problems.PinTooSimple),
    ],
)
def test_a_pin_is_six_digits_and_not_the_first_anybody_tries(
    sqlite_shop: Shop, pin: str, problem: type[Problem]
) -> None:
    with pytest.raises(problem):
        set_pin(sqlite_shop, pin)


def test_a_pin_is_set_once_and_changed_with_the_old_one(shop: Shop) -> None:
    set_pin(shop)
    with pytest.raises(market.problems.PinExists):
        set_pin(shop, "161803")
    common: dict[str, Any] = {"village": VILLAGE, "by": CLERK, "at": NOW}
    common["scan_ticket"] = shop.scan(shop.li).scan_ticket
    with pytest.raises(market.problems.PinWrong):
        market.change_pin(shop.database, old="314159", new="161803", **common)
    market.change_pin(shop.database, old=PIN, new="161803", **common)

    assert shop.sell(shop.li, rice(2), pin="161803").status == "completed"
    told = shop.village.read(market.pin_events, participant=shop.li.id)
    assert [(one.kind, one.second) for one in told] == [("changed", None), ("set", COMMITTEE)]


def test_a_pin_is_changed_with_the_card_and_never_with_a_typed_number(sqlite_shop: Shop) -> None:
    set_pin(sqlite_shop, at=NOW - timedelta(days=2))
    typed = sqlite_shop.type(sqlite_shop.li.code).scan_ticket
    common: dict[str, Any] = {"village": VILLAGE, "by": CLERK, "at": NOW, "scan_ticket": typed}

    with pytest.raises(market.problems.CardNotScanned):
        market.change_pin(sqlite_shop.database, old=PIN, new="161803", **common)


@pytest.mark.parametrize(
    ("card", "second", "problem"),
    [
        ("of another household", COMMITTEE, roster.problems.CardUnknown),
        ("lost", COMMITTEE, roster.problems.CardRevoked),
        ("its own", CLERK, market.problems.SecondMissing),
    ],
)
def test_a_pin_needs_the_household_s_own_card_and_two_people(
    sqlite_shop: Shop, card: str, second: str, problem: type[Problem]
) -> None:
    owner = sqlite_shop.wang if card == "of another household" else sqlite_shop.li
    if card == "lost":
        sqlite_shop.change(roster.lose, code=sqlite_shop.li.code)
    given = {"participant": sqlite_shop.li.id, "card": sqlite_shop.cards[owner.id].id, "second": second}

    with pytest.raises(problem):
        sqlite_shop.change(market.set_pin, pin=market.digest_pin(PIN), **given)


def test_a_pin_younger_than_a_day_counts_with_the_card_and_not_for_a_typed_number(shop: Shop) -> None:
    set_pin(shop)
    young, old = NOW + timedelta(hours=23, minutes=59), NOW + timedelta(hours=24)

    assert refused(shop, pin=PIN, scan_ticket=typed(shop, young), at=young) == "pin_too_new"
    assert standing(shop, typed(shop, young), young) == "too_new"
    assert standing(shop, shop.scan(shop.li, at=young).scan_ticket, young) == "counts"
    assert shop.sell(shop.li, rice(2), pin=PIN, at=young).status == "completed"
    assert standing(shop, typed(shop, old), old) == "counts"
    sale = shop.sell(shop.li, rice(2), pin=PIN, scan_ticket=typed(shop, old), at=old)
    assert shop.village.read(market.redemption_by_id, redemption=sale.id).second_check == "pin"


def test_a_reset_or_changed_pin_is_young_again_and_no_try_of_it_is_counted(sqlite_shop: Shop) -> None:
    set_pin(sqlite_shop, at=NOW - timedelta(days=9))
    assert standing(sqlite_shop, typed(sqlite_shop, NOW), NOW) == "counts"
    set_pin(sqlite_shop, "161803", reset=True)

    for _ in range(12):
        assert refused(sqlite_shop, pin="314159", scan_ticket=typed(sqlite_shop, NOW)) == "pin_too_new"
    assert sqlite_shop.sell(sqlite_shop.li, rice(2), pin="161803").status == "completed"


def test_without_the_rule_of_a_day_a_pin_of_a_minute_ago_buys(sqlite_shop: Shop) -> None:
    set_pin(sqlite_shop)
    with taken_out(pin_age.counts, "not typed or at - set_at >= YOUNG", "True"):
        sale = sqlite_shop.sell(sqlite_shop.li, rice(2), pin=PIN, scan_ticket=typed(sqlite_shop, NOW))

    assert sale.status == "completed"


def test_the_till_says_what_to_do_next_and_asks_for_no_pin_that_is_not_there(sqlite_shop: Shop) -> None:
    def said(ticket: str) -> str:
        with pytest.raises(market.problems.PinRequired) as refused:
            sqlite_shop.sell(sqlite_shop.li, rice(2), scan_ticket=ticket)
        return str(refused.value.detail)

    scanned = sqlite_shop.scan(sqlite_shop.li).scan_ticket
    assert said(scanned) == "一次兑换超过50积分，这一户还没有设密码，请第二位工作人员登录确认。"
    assert said(typed(sqlite_shop, NOW)) == (
        "本次没有扫卡，这一户还没有设密码，请扫积分卡，或请第二位工作人员登录确认。"
    )
    set_pin(sqlite_shop)
    assert said(scanned) == "一次兑换超过50积分，请村民输入6位密码，或请第二位工作人员登录确认。"
    assert "不满一天" in said(typed(sqlite_shop, NOW))


def typed(shop: Shop, at: datetime) -> str:
    """Type 李秀英's number, and return the ticket."""
    found = market.try_scan(shop.database, village=VILLAGE, text=shop.li.code, by=CLERK, at=at)
    return found.scan_ticket


def standing(shop: Shop, ticket: str, at: datetime) -> str:
    """Return what a quote says of the PIN."""
    asked = {"scan_ticket": ticket, "lines": [rice(2)], "at": at}
    found = shop.village.read(market.quote, **asked)
    assert isinstance(found, market.Quote)
    return found.pin


def test_a_pin_is_nowhere_to_be_read(sqlite_shop: Shop) -> None:
    set_pin(sqlite_shop)
    with sqlite_shop.database.reading() as session:
        dump = "\n".join(session.connection().connection.iterdump())  # type: ignore[attr-defined]

    assert PIN not in dump


def test_a_second_member_of_staff_may_approve(shop: Shop) -> None:
    second = shop.hire("zhou", "clerk")
    sale = shop.sell(shop.li, rice(2), approver=" Zhou ", approver_password=PASSWORD)

    shown = shop.village.read(market.redemption_by_id, redemption=sale.id)
    assert (shown.second_check, shown.approver) == ("approver", second.id)


def test_who_may_not_approve(sqlite_shop: Shop) -> None:
    zhou = sqlite_shop.hire("zhou", "clerk")
    sqlite_shop.hire("zhao", "supervisor")
    sqlite_shop.hire("wu", "committee")
    right = {"approver_password": PASSWORD}

    assert refused(sqlite_shop, approver="zhou", approver_password="not the password") == "approver_invalid"
    assert refused(sqlite_shop, approver="zhou") == "approver_invalid"
    assert refused(sqlite_shop, approver="nobody", **right) == "approver_invalid"
    assert refused(sqlite_shop, approver="zhao", **right) == "approver_invalid"
    assert refused(sqlite_shop, approver="zhou", by=zhou.id, **right) == "approver_invalid"
    assert sqlite_shop.sell(sqlite_shop.li, rice(2), approver="wu", **right).status == "completed"


def test_an_approver_s_wrong_passwords_are_counted_as_at_the_front_door(sqlite_shop: Shop) -> None:
    sqlite_shop.hire("zhou", "clerk")
    for _ in range(8):
        refused(sqlite_shop, approver="zhou", approver_password="not the password")

    assert refused(sqlite_shop, approver="zhou", approver_password=PASSWORD) == "approver_invalid"
    front_door = {"login": "zhou", "password": PASSWORD, "address": "192.0.2.7", "at": NOW}
    assert staff.sign_in(sqlite_shop.database, **front_door)


def test_a_proof_is_good_for_its_own_ticket_only(sqlite_shop: Shop) -> None:
    set_pin(sqlite_shop)
    ticket = sqlite_shop.scan(sqlite_shop.li).scan_ticket
    proof = SecondCheck(sqlite_shop.scan(sqlite_shop.li).scan_ticket, "pin")

    with pytest.raises(market.problems.PinRequired):
        sqlite_shop.change(
            redeem,
            request_id="other-ticket",
            scan_ticket=ticket,
            confirmed=True,
            lines=[rice(2)],
            second_check=proof,
        )
