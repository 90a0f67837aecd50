"""Days, months and deadlines as the village counts them: in Asia/Shanghai; moments are kept in UTC."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from pointsbank.errors import Invalid

# China has kept one zone without summer time since 1991: a fixed offset needs no zone database, which
# Windows does not ship.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


class MonthInvalid(Invalid):
    """What was given is not a month."""

    code = "month_invalid"
    sentence = "“{given}”不是有效的月份，请写成 2026-09 这样的形式。"


def parse_month(given: str) -> str:
    """Check a month written as YYYY-MM; raises MonthInvalid."""
    if not _MONTH.fullmatch(given):
        raise MonthInvalid(given=given[:20])
    return given


def day_of(at: datetime) -> date:
    """The day in the village on which a moment falls."""
    return at.astimezone(SHANGHAI).date()


def start_of_day(day: date) -> datetime:
    """The moment, in UTC, at which a day begins in the village."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)


def month_of(day: date) -> str:
    """The month of a day, as YYYY-MM."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """The first day of a month."""
    return date(int(month[:4]), int(month[5:]), 1)


def next_month(month: str) -> str:
    """The month after this one."""
    return month_of(first_day(month) + timedelta(days=31))


def previous_month(month: str) -> str:
    """The month before this one."""
    return month_of(first_day(month) - timedelta(days=1))


def last_day(month: str) -> date:
    """The last day of a month."""
    return first_day(next_month(month)) - timedelta(days=1)


def month_in_words(month: str) -> str:
    """A month as a poster says it: 2026年9月."""
    return f"{int(month[:4])}年{int(month[5:])}月"


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(1 for day in days if is_working_day(day))


def add_working_days(day: date, count: int) -> date:
    """The day on which the `count`-th working day after `day` falls."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether offices work: Monday to Friday outside the national holidays fixed by the calendar.

    Source: 全国年节及纪念日放假办法 (2024, 国务院令第795号). Only the days it fixes in the solar calendar are
    known here; the yearly arrangement (lunar days, exchanged Sundays) only ever makes our deadline earlier
    by those days, so the verbs that protect a household add to it: see docs/decisions.
    """
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS


_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
