"""What any notice of the State Council may do to a year: which days it frees, which weekends are worked.

Source: 全国年节及纪念日放假办法 (国务院令第795号, in force since 2025) fixes the festivals and their days;
the notice of each autumn lays a block of days off around each and has weekends worked for it. The blocks
here are one day longer than the longest since 2014, the weekends reach three days further than any since.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

# Months and days of 正月初一, 端午 and 中秋, 2014 to 2050; lunardate 0.3 and lunar_python 1.4 agree on all.
_FIRST_KNOWN, _LAST_KNOWN = 2014, 2050
_NEW_YEARS = (
    "0131 0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 "
    "0131 0219 0208 0128 0215 0204 0124 0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 0123"
)
_DRAGON_BOATS = (
    "0602 0620 0609 0530 0618 0607 0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 "
    "0601 0620 0610 0530 0618 0607 0527 0614 0603 0622 0611 0531 0619 0608 0529 0615 0604 0623"
)
_MID_AUTUMNS = (
    "0908 0927 0915 1004 0924 0913 1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 "
    "0908 0927 0916 1004 0924 0913 1002 0920 0910 0928 0917 1005 0925 0915 1004 0922 0911 0930"
)

_WEEKENDS_WITHIN = timedelta(days=14)
_YEAR_OF_THE_LAW = 2025
"""From then on 除夕 and 2 May are days off by law."""


@dataclass(frozen=True, slots=True)
class Festival:
    """One festival of a year: `days` off by law, the first of which is `begins`, or falls up to `at_latest`.

    `longest` is the longest block of days off that a notice may lay around it.
    """

    begins: date
    at_latest: date
    days: int
    longest: int

    def surely_frees(self, day: date) -> bool:
        """Return whether the law itself makes this a day off."""
        known = self.begins == self.at_latest
        return known and self.begins <= day <= self._last(self.begins)

    def may_free(self, day: date) -> bool:
        """Return whether a block around it may hold this day."""
        block = timedelta(days=self.longest - 1)
        return self._last(self.begins) - block <= day <= self.at_latest + block

    def may_be_worked_for(self, day: date) -> bool:
        """Return whether this day, of a weekend, may be worked for it."""
        return self.begins - _WEEKENDS_WITHIN <= day <= self._last(self.at_latest) + _WEEKENDS_WITHIN

    def _last(self, first: date) -> date:
        """The last day off by law, where the first is this one."""
        return first + timedelta(days=self.days - 1)


def surely_off(day: date) -> bool:
    """Return whether the law makes this a day off, without any notice.

    Example:
        >>> [surely_off(date(2027, 10, day)) for day in (1, 3, 4)]
        [True, True, False]
    """
    return any(festival.surely_frees(day) for festival in festivals(day.year))


def may_be_off(day: date) -> bool:
    """Return whether a notice may make this a day off.

    Example:
        >>> may_be_off(date(2028, 1, 3)), may_be_off(date(2028, 3, 1))  # 元旦 of 2028 is a Saturday
        (True, False)
    """
    near = (*festivals(day.year), new_years_day(day.year + 1))
    return any(festival.may_free(day) for festival in near)


def may_be_worked(day: date) -> bool:
    """Return whether a notice may have this day worked, if it falls on a weekend.

    Example:
        >>> may_be_worked(date(2027, 10, 9)), may_be_worked(date(2027, 7, 31))
        (True, False)
    """
    near = (*festivals(day.year), new_years_day(day.year + 1))
    return any(festival.may_be_worked_for(day) for festival in near)


def waits_for_next_year(day: date) -> bool:
    """Return whether the notice of the year after may change this day: 29 December 2018 was worked for 2019.

    Example:
        >>> [waits_for_next_year(date(2026, *day)) for day in ((12, 31), (12, 26), (12, 28), (10, 10))]
        [True, True, False, False]
    """
    coming = new_years_day(day.year + 1)
    return coming.may_free(day) if day.weekday() < 5 else coming.may_be_worked_for(day)


def new_years_day(year: int) -> Festival:
    """Return 元旦 of a year."""
    return _fixed(year, 1, 1, days=1, longest=4)


@lru_cache(maxsize=64)
def festivals(year: int) -> tuple[Festival, ...]:
    """Return the seven festivals of a year.

    Beyond the table of the moon's calendar a festival stands for its whole season.

    Example:
        >>> festivals(2026)[1].begins  # 除夕
        datetime.date(2026, 2, 16)
    """
    recent = year >= _YEAR_OF_THE_LAW
    eve = timedelta(days=1 if recent else 0)
    first, at_latest = _lunar(year, _NEW_YEARS, (1, 21), (2, 21))
    return (
        new_years_day(year),
        Festival(first - eve, at_latest - eve, days=4 if recent else 3, longest=10),
        # The sun decides between the 4th and the 5th, in this century.
        Festival(date(year, 4, 4), date(year, 4, 5), days=1, longest=4),
        _fixed(year, 5, 1, days=2 if recent else 1, longest=6),
        Festival(*_lunar(year, _DRAGON_BOATS, (5, 25), (6, 25)), days=1, longest=4),
        Festival(*_lunar(year, _MID_AUTUMNS, (9, 7), (10, 8)), days=1, longest=4),
        _fixed(year, 10, 1, days=3, longest=9),
    )


def _fixed(year: int, month: int, day: int, *, days: int, longest: int) -> Festival:
    """A festival of the sun's calendar."""
    first = date(year, month, day)
    return Festival(first, first, days, longest)


def _lunar(year: int, table: str, earliest: tuple[int, int], latest: tuple[int, int]) -> tuple[date, date]:
    """The first and last day on which a festival of the moon may fall: one day within the table."""
    if not _FIRST_KNOWN <= year <= _LAST_KNOWN:
        return date(year, *earliest), date(year, *latest)
    found = table.split()[year - _FIRST_KNOWN]
    day = date(year, int(found[:2]), int(found[2:]))
    return day, day
