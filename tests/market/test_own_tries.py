"""A found card makes the telephone wait longer and longer, and never takes the till from its household."""

from datetime import datetime, timedelta

import pytest

from pointsbank import market
from pointsbank.market import pin_tries
from pointsbank.market.own_tries import OwnTries
from tests.builders import NOW, VILLAGE
from tests.market.shop import Shop

PIN, WRONG = "271828", "314159"
MINUTE = timedelta(minutes=1)


def on_telephone(shop: Shop, pin: str, *, at: datetime = NOW) -> str:
    """What the household's telephone is answered."""
    try:
        market.prove_own_pin(shop.database, village=VILLAGE, participant=shop.wang.id, pin=pin, at=at)
    except (market.problems.PinWrong, market.problems.PinLocked) as refused:
        return refused.detail
    return "right"


def at_till(shop: Shop, pin: str, *, at: datetime = NOW) -> None:
    """The same household's PIN, asked for at the till."""
    pin_tries.prove_pin(shop.database, village=VILLAGE, participant=shop.wang.id, pin=pin, typed=False, at=at)


def seen(shop: Shop) -> OwnTries | None:
    with shop.database.reading() as session:
        return market.own_tries(session, village=VILLAGE, participant=shop.wang.id)


def test_wrong_tries_of_a_finder_leave_the_till_to_its_household(shop: Shop) -> None:
    shop.give_pin(shop.wang, PIN)
    said, at = [], NOW
    for _ in range(12):
        said.append(on_telephone(shop, WRONG, at=at))
        tries = seen(shop)
        at = tries.until if tries and tries.until else at

    # Fifteen minutes after the fifth, then twice as long each time, up to a day; it never shuts for good.
    minutes = [15, 30, 60, 120, 240, 480, 960, 1440]
    assert at - NOW == sum(minutes, 0) * MINUTE
    assert "还可以试1次" in said[3] and "请15分钟后再试" in said[4] and "请24小时后再试" in said[11]
    assert all("柜台照常能办" in one and "挂失" in one for one in said[4:])
    at_till(shop, PIN, at=at - MINUTE)
    assert "密码输错次数太多，请1分钟后再试" in on_telephone(shop, PIN, at=at - MINUTE)
    assert seen(shop) == OwnTries(12, at)
    assert on_telephone(shop, PIN, at=at) == "right"
    assert seen(shop) is None


def test_wrong_tries_at_the_till_are_none_of_the_telephone(sqlite_shop: Shop) -> None:
    sqlite_shop.give_pin(sqlite_shop.wang, PIN)
    for _ in range(4):
        with pytest.raises(market.problems.PinWrong):
            at_till(sqlite_shop, WRONG)
        assert "还可以试" in on_telephone(sqlite_shop, WRONG)
    with pytest.raises(market.problems.PinWrong, match="请15分钟后再试"):
        at_till(sqlite_shop, WRONG)

    assert on_telephone(sqlite_shop, PIN) == "right"
    with pytest.raises(market.problems.PinLocked):
        at_till(sqlite_shop, PIN)


def test_a_pin_that_is_reset_is_tried_anew(sqlite_shop: Shop) -> None:
    sqlite_shop.give_pin(sqlite_shop.wang, PIN)
    for _ in range(5):
        on_telephone(sqlite_shop, WRONG)

    sqlite_shop.give_pin(sqlite_shop.wang, "161803", reset=True)

    assert seen(sqlite_shop) is None
    assert on_telephone(sqlite_shop, "161803") == "right"
