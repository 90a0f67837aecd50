"""Opening hours as people write them on a door: read, shown, and declared as a setting of the village."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from pointsbank import text
from pointsbank.market.window import WEEKDAYS, Hours, HoursInvalid, by_days, check_spans
from pointsbank.villages import Setting

Value = int | str | None

_DAY = "(?:周|星期|礼拜)?([一二三四五六日天])"
_DAYS = re.compile(f"{_DAY}(?:(?:至|到|-){_DAY})?")
_EVERY_DAY = re.compile("每[天日]|天天")
_PART = re.compile(r"(每[天日]|天天|(?:周|星期|礼拜)[一二三四五六日天周星期礼拜至到和、,-]*)[ :]*(\d.*)")
_TIME = r"(\d{1,2})(?::(\d{2})|点(?:(半)|(\d{1,2})分)?)"
_SPAN = re.compile(f"{_TIME}(?:至|到|-){_TIME}")
_SIGNS = str.maketrans("；，：–—－~～.", ";,:-----:")
_AROUND = re.compile(r"\s*(至|到|-)\s*")


def read_hours(typed: str) -> list[Hours]:
    """Return the hours that a text says, in the order of the week; nothing for an empty one.

    Raises:
        ValueError: it is not understood.
        HoursInvalid: the hours cannot be.

    Example:
        >>> [span.weekday for span in read_hours("周一至周三 8点半到11:30；周六 9:00-11:00")]
        [1, 2, 3, 6]
        >>> write_hours(read_hours("每天 8:00-12:00，14:00－17:00"))
        '每天 08:00-12:00、14:00-17:00'
    """
    plain = _AROUND.sub(r"\1", text.narrow(typed).translate(_SIGNS))
    spans = [span for part in re.split(r"[;\n]+", plain) if part.strip() for span in _part(part.strip())]
    return check_spans(spans)


def write_hours(hours: Sequence[Hours]) -> str:
    """Return hours as `read_hours` reads them, days with the same hours together.

    Example:
        >>> write_hours([Hours(5, time(8, 30), time(11, 30)), Hours(6, time(8, 30), time(11, 30))])
        '周五至周六 08:30-11:30'
    """
    return "；".join(f"{days} {spans}" for days, spans in by_days(hours))


@dataclass(frozen=True)
class WeekHours(Setting):
    """When the shop is open in a week, as one text; empty is always."""

    maximum: int

    @property
    def bounds(self) -> str:
        """How hours are written."""
        return "一周里的时段，写法例如“周一至周五 8:30-11:30、14:00-17:00；周六 9:00-11:00”，一直开放请留空"

    def read(self, typed: str) -> Value:
        """Return the hours in their usual spelling; raises HoursInvalid too."""
        try:
            found = write_hours(read_hours(typed))
        except ValueError:
            raise self._invalid(typed) from None
        if not self.allows(found):
            raise self._invalid(typed)
        return found

    def allows(self, value: Value) -> bool:
        """Return whether it is hours in their usual spelling."""
        if not isinstance(value, str) or len(value) > self.maximum:
            return False
        try:
            return write_hours(read_hours(value)) == value
        except (ValueError, HoursInvalid):
            return False

    def show(self, value: Value) -> str:
        """Return the hours, or that it is always open."""
        return str(value) or "一直开放"


OPENING_HOURS = WeekHours(
    "opening_hours",
    "什么时间可以兑换，时间以外不能结算。",
    "马上生效，已经扫好的卡也一样。",
    maximum=300,
    subject="hours",
    source="各村自定，例如周五 8:30-11:30；贴在超市门口的时间要和这里一致。",
    shows=("till",),
)
"""When the village's shop is open."""


def _part(part: str) -> list[Hours]:
    """Return the hours of one part: days, then their times."""
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(part)
    days, times = found.groups()
    spans = [_span(one) for one in re.split("[、,和 ]+", times) if one]
    return [Hours(day, opens, closes) for day in _days(days) for opens, closes in spans]


def _days(words: str) -> list[int]:
    """Return the days that a text names: 周一至周五、周日."""
    if _EVERY_DAY.fullmatch(words):
        return list(range(1, 8))
    days: list[int] = []
    for one in re.split("[、,和]", words):
        found = _DAYS.fullmatch(one)
        if found is None:
            raise ValueError(one)
        first, last = (_number(day) if day else None for day in found.groups())
        assert first is not None
        if last is not None and last < first:
            raise ValueError(one)
        days += range(first, (last or first) + 1)
    return days


def _number(day: str) -> int:
    """Return the number of a day of the week, Monday is 1."""
    return WEEKDAYS.index(day.replace("天", "日")) + 1


def _span(words: str) -> tuple[time, time]:
    """Return when one stretch begins and ends; raises ValueError."""
    found = _SPAN.fullmatch(words)
    if found is None:
        raise ValueError(words)
    parts = found.groups()
    return _clock(*parts[:4]), _clock(*parts[4:])


def _clock(hour: str, minute: str | None, half: str | None, minutes: str | None) -> time:
    """Return a time of the day: 8:30, 8点半, 8点30分."""
    return time(int(hour), 30 if half else int(minute or minutes or 0))
