"""Opening hours compared with a moment; values alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby, pairwise

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
    """Return the hours as a notice on the door has them, days with the same hours together.

    Example:
        >>> in_words([Hours(day, time(8, 30), time(11, 30)) for day in (1, 2, 3, 6)])
        '周一至周三、周六08:30-11:30'
    """
    together: dict[str, list[str]] = {}
    for days, spans in by_days(hours):
        together.setdefault(spans, []).append(days)
    return "；".join(f"{'、'.join(days)}{spans}" for spans, days in together.items())


def by_days(hours: Sequence[Hours]) -> list[tuple[str, str]]:
    """Return days in a row with the same hours, as words, each with these hours."""
    of_day: dict[int, list[str]] = defaultdict(list)
    for span in sorted(hours):
        of_day[span.weekday].append(f"{span.opens:%H:%M}-{span.closes:%H:%M}")
    # Days in a row with the same hours share a number: their day less their place among those alike.
    keyed = [("、".join(spans), day) for day, spans in of_day.items()]
    grouped = groupby(enumerate(keyed), key=lambda one: (one[1][0], one[1][1] - one[0]))
    return [(_days([day for _, (_, day) in alike]), spans) for (spans, _), alike in grouped]


def now_in_words(hours: Sequence[Hours], at: datetime) -> str:
    """Return whether the shop is open now, until when, or when it opens next; nothing without any hours.

    Example:
        >>> friday = [Hours(5, time(8, 30), time(11, 30))]
        >>> now_in_words(friday, datetime(2026, 9, 4, 9, 0, tzinfo=SHANGHAI))
        '现在开着，到11:30'
        >>> now_in_words(friday, datetime(2026, 9, 3, 20, 0, tzinfo=SHANGHAI))
        '现在没开，明天08:30开门'
    """
    if not hours:
        return ""
    here = at.astimezone(SHANGHAI)
    today, now = here.isoweekday(), here.time()
    until = max(
        (one.closes for one in hours if one.weekday == today and one.opens <= now < one.closes), default=None
    )
    if until is not None:
        return f"现在开着，到{until:%H:%M}"
    days, opens = min(
        ((one.weekday - today) % 7 or (0 if one.opens > now else 7), one.opens) for one in hours
    )
    day = {0: "今天", 1: "明天"}.get(
        days
    ) or f"{'下' if days == 7 else ''}周{WEEKDAYS[(today + days - 1) % 7]}"
    return f"现在没开，{day}{opens:%H:%M}开门"


def check_open(hours: Sequence[Hours], at: datetime) -> None:
    """Refuse a moment outside the hours; raises WindowClosed."""
    if not is_open(hours, at):
        raise WindowClosed(hours=in_words(hours))


def _days(days: Sequence[int]) -> str:
    """Return 每天, 周一 or 周一至周五."""
    if len(days) == 7:
        return "每天"
    first, last = (f"周{WEEKDAYS[day - 1]}" for day in (days[0], days[-1]))
    return first if first == last else f"{first}至{last}"
