"""What a household may spend, and when a sale needs a second person's yes; decided on values alone."""

from dataclasses import dataclass
from typing import Literal

from pointsbank import ledger
from pointsbank.errors import Problem, Refused
from pointsbank.market.pin_age import PinStanding
from pointsbank.points import Points, show


class DailyLimitReached(Refused):
    """The household has spent what the village allows in a day."""

    code = "daily_limit_reached"
    sentence = "每户每天最多兑换{limit}积分，今天还可兑换{left}积分，请减少商品或明天再来。"
    fixed_by = "村民"


class PinRequired(Refused):
    """The sale is large, or nobody saw the card: a PIN or a second member of staff is needed."""

    code = "pin_required"
    sentence = "{why}，{then}。"
    fixed_by = "店员"


def check_day(total: Points, spent_today: Points, limit: int | None) -> None:
    """Compare what a household spends in a day, with this sale, with the village's limit.

    Raises DailyLimitReached if `spent_today + total` is more than `limit`. All amounts are hundredths of a
    point; a `limit` of None allows any.

    Example:
        market.check_day(Points(2000), Points(0), 3000)
    """
    if limit is not None and spent_today + total > limit:
        raise DailyLimitReached(limit=show(limit), left=show(max(0, limit - spent_today)))


@dataclass(frozen=True, slots=True)
class Purse:
    """What a household may spend at a counter, in hundredths: its balance, and the village's limits.

    `daily_limit` is None where there is none; `single` and `day` are how much the clerk alone may sell at
    once and in a day; `typed` where nobody saw the card.
    """

    balance: Points
    spent_today: Points
    daily_limit: int | None
    single: int
    day: int
    typed: bool

    @property
    def spendable(self) -> Points:
        """The most that one sale may cost, >= 0."""
        left = self.balance
        if self.daily_limit is not None:
            left = Points(min(left, self.daily_limit - self.spent_today))
        return Points(max(0, left))

    @property
    def alone(self) -> Points:
        """The most that the clerk alone may sell now, >= 0: `second_check_need` asks for nobody up to it."""
        return Points(0 if self.typed else max(0, min(self.single, self.day - self.spent_today)))


def why_too_dear(total: Points, purse: Purse) -> Problem | None:
    """Return why a household cannot spend so much now, or None.

    Example:
        >>> purse = Purse(Points(3000), Points(1000), 2000, 5000, 10000, typed=False)
        >>> why_too_dear(Points(1000), purse), why_too_dear(Points(1001), purse).code
        (None, 'daily_limit_reached')
    """
    try:
        check_day(total, purse.spent_today, purse.daily_limit)
        ledger.check_funds(purse.balance, total)
    except (DailyLimitReached, ledger.problems.InsufficientPoints) as problem:
        return problem
    return None


@dataclass(frozen=True, slots=True)
class SecondCheckNeed:
    """Why the clerk alone may not make a sale: a code for programs and the words for people."""

    reason: Literal["typed", "large_sale", "large_day"]
    words: str


def second_check_need(
    total: Points, spent_today: Points, *, typed: bool, single: int, day: int
) -> SecondCheckNeed | None:
    """Return why a sale needs a second person, or None where the clerk alone may make it.

    All amounts are hundredths of a point. `single` and `day` are the village's limits, still allowed
    themselves: a sale of exactly `single` needs nobody else.

    Example:
        >>> second_check_need(Points(5000), Points(0), typed=False, single=5000, day=10000)
        >>> second_check_need(Points(5000), Points(5001), typed=False, single=5000, day=10000)
        SecondCheckNeed(reason='large_day', words='今天累计超过100积分')
    """
    if typed:
        return SecondCheckNeed("typed", "本次没有扫卡")
    if total > single:
        return SecondCheckNeed("large_sale", f"一次兑换超过{show(Points(single))}积分")
    if spent_today + total > day:
        return SecondCheckNeed("large_day", f"今天累计超过{show(Points(day))}积分")
    return None


def second_check_step(need: SecondCheckNeed, pin: PinStanding) -> str:
    """Return what the counter does next to make a sale that needs a second person.

    Where nobody saw the card, it may simply be scanned; where there is no PIN, nobody is asked for one.

    Example:
        >>> typed, large = SecondCheckNeed("typed", ""), SecondCheckNeed("large_sale", "")
        >>> second_check_step(large, "counts")
        '请村民输入6位密码，或请第二位工作人员登录确认'
        >>> second_check_step(large, "none")
        '这一户还没有设密码，请第二位工作人员登录确认'
        >>> second_check_step(typed, "none")
        '这一户还没有设密码，请扫积分卡，或请第二位工作人员登录确认'
        >>> second_check_step(typed, "too_new")
        '这一户的密码设好还不满一天，没有扫卡时不能用，请扫积分卡，或请第二位工作人员登录确认'
    """
    ways = ["请扫积分卡"] if need.reason == "typed" else []
    ways += ["请村民输入6位密码"] if pin == "counts" else []
    return _PIN[pin] + "，或".join([*ways, "请第二位工作人员登录确认"])


_PIN: dict[PinStanding, str] = {
    "none": "这一户还没有设密码，",
    "too_new": "这一户的密码设好还不满一天，没有扫卡时不能用，",
    "counts": "",
}
