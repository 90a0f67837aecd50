"""The stretches of the calendar that caps and scoring periods count in. Pure: days in, days out."""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from pointsbank.dates import part_of_year_in_words
from pointsbank.errors import Invalid

Span = tuple[date, date]
"""A first and a last day, both included."""

_MONTHS_OF = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_QUARTER = re.compile(r"第?([1-4一二三四])季度?")
_MONTHS = re.compile(r"([0-9]{1,2})(?:[-—–~至到]([0-9]{1,2}))?月")


class ScoringPeriodInvalid(Invalid):
    """A scoring period is not one we can place in the year."""

    code = "scoring_period_invalid"
    sentence = "看不懂评分期“{given}”，请写成 第一季度|第二季度、上半年|下半年、1-2月|3-4月 或 全年。"


def span(period: str, day: date) -> Span:
    """Return the stretch of days around a day, both ends included.

    Args:
        period: day, week (Monday to Sunday), month, quarter, half_year, year or ever.

    >>> span("quarter", date(2026, 5, 31))
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    >>> span("half_year", date(2026, 7, 1))
    (datetime.date(2026, 7, 1), datetime.date(2026, 12, 31))
    >>> span("week", date(2026, 9, 1))
    (datetime.date(2026, 8, 31), datetime.date(2026, 9, 6))
    """
    if period == "ever":
        return date.min, date.max
    if period == "day":
        return day, day
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    length = _MONTHS_OF[period]
    first = (day.month - 1) // length * length + 1
    return months_of(day.year, first, first + length - 1)


def months_of(year: int, first: int, last: int) -> Span:
    """Return the days from the beginning of one month to the end of another in the same year."""
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def in_words(scoring_periods: str) -> str:
    """Return scoring periods as sentences name them, a quarter as everywhere however it was typed.

    >>> in_words("第1季度|下半年")
    '第一季度、下半年'
    """
    return "、".join(map(_in_words, scoring_periods.split("|")))


def _in_words(part: str) -> str:
    """Return one scoring period in words."""
    quarter = _QUARTER.fullmatch(part)
    return part_of_year_in_words(f"Q{_QUARTERS[quarter[1]]}") if quarter else part


@lru_cache(maxsize=1024)
def scoring_periods(text: str) -> tuple[tuple[int, int], ...]:
    """Read 第1季度|上半年|1-2月 as pairs of first and last month.

    >>> scoring_periods("第1季度|下半年|11-12月")
    ((1, 3), (7, 12), (11, 12))

    Raises:
        ScoringPeriodInvalid: one of them is no stretch of a year.
    """
    return tuple(_one(part.strip()) for part in re.split(r"[|｜;；、,，]", text) if part.strip())


def _one(part: str) -> tuple[int, int]:
    """Return one scoring period as its first and last month; raise ScoringPeriodInvalid."""
    named = {"上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12), "每年": (1, 12), "年": (1, 12)}
    if part in named:
        return named[part]
    if quarter := _QUARTER.fullmatch(part):
        last = 3 * _QUARTERS[quarter[1]]
        return last - 2, last
    months = _MONTHS.fullmatch(part)
    if months is None:
        raise ScoringPeriodInvalid(given=part[:20])
    first, last = int(months[1]), int(months[2] or months[1])
    if not 1 <= first <= last <= 12:
        raise ScoringPeriodInvalid(given=part[:20])
    return first, last


def scoring_span(text: str, day: date) -> Span | None:
    """Return the scoring period in which a day falls; None when the item is not scored then.

    >>> scoring_span("1-2月|上半年", date(2026, 3, 1))
    (datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))

    Raises:
        ScoringPeriodInvalid: `text` is no list of scoring periods.
    """
    for first, last in scoring_periods(text):
        if first <= day.month <= last:
            return months_of(day.year, first, last)
    return None


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a month that has no such day.

    Example:
        >>> months_later(date(2026, 8, 31), 6), months_later(date(2026, 3, 31), -1)
        (datetime.date(2027, 2, 28), datetime.date(2026, 2, 28))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, date.max.year)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
