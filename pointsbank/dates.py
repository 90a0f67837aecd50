"""Days, months and deadlines as the village counts them: in Asia/Shanghai; moments are kept in UTC."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from pointsbank.errors import Invalid

# China has kept one zone without summer time since 1991: a fixed offset needs no zone database, which
# Windows does not ship.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_PARTS = {
    "Q1": "第一季度",
    "Q2": "第二季度",
    "Q3": "第三季度",
    "Q4": "第四季度",
    "H1": "上半年",
    "H2": "下半年",
}


class MonthInvalid(Invalid):
    """What was given is not a month."""

    code = "month_invalid"
    sentence = "“{given}”不是有效的月份，请写成 2026-09 这样的形式。"
    at = ("month",)


def parse_month(given: str) -> str:
    """Return a month written as YYYY-MM, years 2000 to 2099.

    Raises:
        MonthInvalid: written otherwise.
    """
    if not _MONTH.fullmatch(given):
        raise MonthInvalid(given=given[:20])
    return given


def day_of(at: datetime) -> date:
    """Return the day in the village on which a moment falls.

    Example:
        >>> day_of(datetime(2026, 9, 30, 16, 0, tzinfo=UTC))  # midnight in the village
        datetime.date(2026, 10, 1)
    """
    return at.astimezone(SHANGHAI).date()


def start_of_day(day: date) -> datetime:
    """Return the moment, in UTC, at which a day begins in the village."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)


def month_of(day: date) -> str:
    """Return the month of a day, as YYYY-MM."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """Return the first day of a month written YYYY-MM."""
    return date(int(month[:4]), int(month[5:]), 1)


def next_month(month: str) -> str:
    """Return the month after one written YYYY-MM."""
    return month_of(first_day(month) + timedelta(days=31))


def previous_month(month: str) -> str:
    """Return the month before one written YYYY-MM."""
    return month_of(first_day(month) - timedelta(days=1))


def last_day(month: str) -> date:
    """Return the last day of a month written YYYY-MM."""
    return first_day(next_month(month)) - timedelta(days=1)


def month_in_words(month: str) -> str:
    """Write a month as a poster does.

    Example:
        >>> month_in_words("2026-09")
        '2026年9月'
    """
    return f"{int(month[:4])}年{int(month[5:])}月"


def part_of_year_in_words(part: str) -> str:
    """Return a quarter or half-year as every page and paper writes it.

    Args:
        part: Q1 to Q4, H1 or H2.

    Example:
        >>> part_of_year_in_words("Q4"), part_of_year_in_words("H1")
        ('第四季度', '上半年')
    """
    return _PARTS[part]


def day_in_words(day: date) -> str:
    """Return a day as people here write it: 2026年9月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_in_short(day: date, today: date) -> str:
    """Return a day for a narrow paper of today: without its year where that is this one.

    Example:
        >>> day_in_short(date(2026, 9, 3), today=date(2026, 9, 9))
        '9月3日'
        >>> day_in_short(date(2025, 12, 31), today=date(2026, 1, 2))
        '2025年12月31日'
    """
    return f"{day.month}月{day.day}日" if day.year == today.year else day_in_words(day)


def moment_in_words(at: datetime) -> str:
    """Return a moment in a sentence, by the village's clock, to the minute: 2026年9月3日08:30."""
    return f"{day_in_words(day_of(at))}{at.astimezone(SHANGHAI):%H:%M}"
