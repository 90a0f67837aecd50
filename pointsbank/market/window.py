"""Opening hours compared with a moment; values alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise

from pointsbank.dates import SHANGHAI
from pointsbank.errors import Invalid, Refused

WEEKDAYS = "一二三四五六日"


class WindowClosed(Refused):
    """The shop is not open now."""

    code = "window_closed"
    sentence = "现在不在兑换时间，开放时间：{hours}。"
    fixed_by = "村委"


class HoursInvalid(Invalid):
    """Opening hours that end before they begin, overlap, or fall on no day."""

    code = "hours_invalid"
    sentence = "开放时间有误：每段应开始早于结束，同一天的几段不能重叠，请重新填写。"
    fixed_by = "村委"
    at = ("value",)


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """Open on a day of the week (1 Monday … 7 Sunday) from one time up to, not including, another."""

    weekday: int
    opens: time
    closes: time


def check_spans(hours: Sequence[Hours]) -> list[Hours]:
    """Return hours in the order of the week.

    Raises:
        HoursInvalid: some end before they begin, overlap, or fall on no day from 1 to 7.
    """
    spans = sorted(hours)
    if any(not 1 <= span.weekday <= 7 or span.opens >= span.closes for span in spans):
        raise HoursInvalid()
    for earlier, later in pairwise(spans):
        if earlier.weekday == later.weekday and later.opens < earlier.closes:
            raise HoursInvalid()
    return spans


def is_open(hours: Sequence[Hours], at: datetime) -> bool:
    """Return True if the shop is open at this moment; without any hours it always is.

    Example:
        >>> friday = [Hours(5, time(8, 30), time(11, 30))]
        >>> is_open(friday, datetime(2026, 9, 4, 11, 29, tzinfo=SHANGHAI))
        True
        >>> is_open(friday, datetime(2026, 9, 4, 11, 30, tzinfo=SHANGHAI))
        False
    """
    here = at.astimezone(SHANGHAI)
    return not hours or any(
        span.weekday == here.isoweekday() and span.opens <= here.time() < span.closes for span in hours
    )


def in_words(hours: Sequence[Hours]) -> str:
    """Return the hours as a notice on the door has them.

    Example:
        >>> in_words([Hours(5, time(8, 30), time(11, 30))])
        '周五08:30-11:30'
    """
    return "、".join(
        f"周{WEEKDAYS[span.weekday - 1]}{span.opens:%H:%M}-{span.closes:%H:%M}" for span in sorted(hours)
    )


def check_open(hours: Sequence[Hours], at: datetime) -> None:
    """Refuse a moment outside the hours; raises WindowClosed."""
    if not is_open(hours, at):
        raise WindowClosed(hours=in_words(hours))
