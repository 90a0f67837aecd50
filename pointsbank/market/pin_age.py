"""From when a new PIN counts where nobody saw the card; decided on moments alone."""

from datetime import datetime, timedelta
from typing import Literal

from pointsbank.errors import Refused

YOUNG = timedelta(days=1)

PinStanding = Literal["none", "too_new", "counts"]
"""A household's PIN as a till must know it; `too_new` only where the number was typed."""


class PinTooNew(Refused):
    """The PIN is younger than a day and the number was typed: nobody saw the card."""

    code = "pin_too_new"
    sentence = "这一户的密码设好还不满一天，没有扫卡时不能用，请扫积分卡，或请第二位工作人员登录确认。"
    fixed_by = "店员"


def counts(*, set_at: datetime, at: datetime, typed: bool) -> bool:
    """Return True if a PIN set at one moment may confirm a sale at another.

    With the card scanned it counts at once. For a typed number (card number or 户号) it counts a day after it
    was set, reset or changed: who gave a household a PIN cannot buy with it before others could notice.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
    >>> def after(typed=True, **late):
    ...     return counts(set_at=noon, at=noon + timedelta(**late), typed=typed)
    >>> after(minutes=1, typed=False), after(minutes=1), after(hours=23, minutes=59, seconds=59)
    (True, False, False)
    >>> after(hours=24), after(days=30)
    (True, True)
    >>> after(hours=-1), after(hours=-1, typed=False)  # a clock that was put back makes nothing older
    (False, True)
    """
    return not typed or at - set_at >= YOUNG
