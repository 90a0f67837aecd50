"""What a household may spend, and when a sale needs a second person's yes; decided on values alone."""

from pointsbank.errors import Refused
from pointsbank.points import Points, show


class DailyLimitReached(Refused):
    """The household has spent what the village allows in a day."""

    code = "daily_limit_reached"
    sentence = "每户每天最多兑换{limit}积分，今天还可兑换{left}积分，请减少商品或明天再来。"
    fixed_by = "村民"


class PinRequired(Refused):
    """The sale is large, or nobody saw the card: a PIN or a second member of staff is needed."""

    code = "pin_required"
    sentence = "{why}，请村民输入6位密码，或请第二位工作人员登录确认。"
    fixed_by = "店员"


def check_day(total: Points, spent_today: Points, limit: int | None) -> None:
    """Raises DailyLimitReached when this sale would go over the village's limit for a day."""
    if limit is not None and spent_today + total > limit:
        raise DailyLimitReached(limit=show(limit), left=show(max(0, limit - spent_today)))


def why_second_check(total: Points, spent_today: Points, *, typed: bool, single: int, day: int) -> str | None:
    """Why this sale needs a second check, in words; None when the clerk alone may make it."""
    if typed:
        return "本次没有扫卡"
    if total > single:
        return f"一次兑换超过{show(single)}积分"
    if spent_today + total > day:
        return f"今天累计超过{show(day)}积分"
    return None
