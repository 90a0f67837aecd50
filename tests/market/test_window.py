"""The shop's window on plain values."""

from datetime import UTC, datetime, time

import pytest

from pointsbank.market.limits import DailyLimitReached, check_day, second_check_need
from pointsbank.market.window import Hours, WindowClosed, check_open, in_words, is_open
from pointsbank.points import Points, whole

FRIDAY = (Hours(5, time(8, 30), time(11, 30)), Hours(5, time(15), time(17)))


def at(hour: int, minute: int = 0, day: int = 4) -> datetime:
    """A moment in September 2026, whose 4th is a Friday, on the village's clock."""
    return datetime(2026, 9, day, (hour - 8) % 24, minute, tzinfo=UTC)


def test_a_shop_without_hours_is_always_open() -> None:
    assert is_open((), at(9))


def test_the_window_opens_on_the_minute_and_is_closed_on_the_minute() -> None:
    assert is_open(FRIDAY, at(8, 30))
    assert is_open(FRIDAY, at(11, 29))
    assert not is_open(FRIDAY, at(11, 30))
    assert not is_open(FRIDAY, at(9, day=5))


def test_a_closed_window_says_when_it_opens() -> None:
    with pytest.raises(WindowClosed, match="周五08:30-11:30、15:00-17:00"):
        check_open(FRIDAY, at(12))
    assert in_words(FRIDAY[1:]) == "周五15:00-17:00"


def test_a_sale_may_reach_the_limits_but_not_pass_them() -> None:
    def why(total: int, spent: int, *, typed: bool = False) -> str | None:
        need = second_check_need(whole(total), whole(spent), typed=typed, single=5000, day=10000)
        return need and need.words

    assert why(50, 50) is None
    assert why(51, 0) == "一次兑换超过50积分"
    assert why(1, 100) == "今天累计超过100积分"
    assert why(1, 0, typed=True) == "本次没有扫卡"


def test_the_day_s_limit_says_what_is_left() -> None:
    check_day(whole(20), whole(10), limit=3000)
    check_day(whole(20), whole(10), limit=None)

    with pytest.raises(DailyLimitReached, match="今天还可兑换20积分"):
        check_day(Points(2001), whole(10), limit=3000)
