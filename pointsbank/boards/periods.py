"""Quarters, half-years and years, as addresses write them: 2026-Q3, 2026-H1, 2026."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pointsbank.dates import month_in_words, part_of_year_in_words
from pointsbank.errors import Invalid

PERIOD = re.compile(r"(20\d\d)(?:-(?:Q([1-4])|H([12])))?", re.ASCII)

_MONTH = re.compile(r"20\d\d-\d\d", re.ASCII)


class BoardPeriodInvalid(Invalid):
    """It is no quarter, half-year or year."""

    code = "board_period_invalid"
    sentence = "“{given}”不是季度、半年或年度，请写成 2026-Q3、2026-H1 或 2026。"
    at = ("month",)


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter, half-year or year: as addresses write it, in words, its months in order."""

    code: str
    title: str
    months: tuple[str, ...]

    @property
    def last(self) -> str:
        """Its last month."""
        return self.months[-1]


def is_period(given: str) -> bool:
    """Return whether this is written as a quarter, a half-year or a year.

    Example:
        >>> is_period("2026-H1"), is_period("2026-09")
        (True, False)
    """
    return PERIOD.fullmatch(given) is not None


def parse_period(given: str) -> Period:
    """Return a period as it is written in addresses.

    Raises:
        BoardPeriodInvalid: it is none.

    Example:
        >>> parse_period("2026-Q3").title, parse_period("2026-Q3").months
        ('2026年第三季度', ('2026-07', '2026-08', '2026-09'))
        >>> parse_period("2026-H1").title, parse_period("2026").last
        ('2026年上半年', '2026-12')
    """
    found = PERIOD.fullmatch(given)
    if found is None:
        raise BoardPeriodInvalid(given=given[:20])
    year, quarter, half = found.groups()
    return _period(year, quarter=int(quarter or 0), half=int(half or 0))


def month_or_period_in_words(given: str) -> str:
    """Return what a board is of, as a poster writes it.

    Raises:
        BoardPeriodInvalid: it is neither a month nor a period.

    Example:
        >>> month_or_period_in_words("2026-09"), month_or_period_in_words("2026-Q3")
        ('2026年9月', '2026年第三季度')
    """
    return month_in_words(given) if _MONTH.fullmatch(given) else parse_period(given).title


def periods_of(month: str) -> tuple[Period, Period, Period]:
    """Return the quarter, the half-year and the year that a month lies in.

    Example:
        >>> [one.code for one in periods_of("2026-09")]
        ['2026-Q3', '2026-H2', '2026']
    """
    year, number = month[:4], int(month[5:])
    quarter, half = (number + 2) // 3, (number + 5) // 6
    return _period(year, quarter=quarter), _period(year, half=half), _period(year)


def _period(year: str, *, quarter: int = 0, half: int = 0) -> Period:
    """Return a quarter (1 to 4) or half (1, 2) of a year, or without either the year."""
    if quarter:
        part, first, length = f"Q{quarter}", quarter * 3 - 2, 3
    elif half:
        part, first, length = f"H{half}", half * 6 - 5, 6
    else:
        part, first, length = "", 1, 12
    months = tuple(f"{year}-{month:02}" for month in range(first, first + length))
    if not part:
        return Period(year, f"{year}年度", months)
    return Period(f"{year}-{part}", f"{year}年{part_of_year_in_words(part)}", months)


def periods_touched(months: Sequence[str]) -> list[Period]:
    """Return every period that one of these months lies in, the latest first, a year before its parts.

    Example:
        >>> [one.code for one in periods_touched(["2026-06", "2026-07"])]
        ['2026', '2026-H2', '2026-Q3', '2026-H1', '2026-Q2']
    """
    found = {one.code: one for month in months for one in periods_of(month)}
    return sorted(found.values(), key=lambda one: (one.last, len(one.months)), reverse=True)
