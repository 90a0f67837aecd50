"""The periods of base points: which one a day falls in, and what it is called. Pure: days in, words out.

A period is stored as a short text that sorts by time: `2026`, `2026-H2`, `2026-Q3`, `2026-09`, `ever`.
"""

from dataclasses import dataclass
from datetime import date

from pointsbank.dates import part_of_year_in_words
from pointsbank.scoring.periods import span

EVER = "ever"


@dataclass(frozen=True, slots=True)
class BasePeriod:
    """A period by its code, with its first and last day; one that never ends has neither."""

    code: str
    first: date | None
    last: date | None

    @property
    def in_words(self) -> str:
        """As pages name it: 2026年9月."""
        return period_in_words(self.code)


def period_of(cap_period: str, day: date) -> BasePeriod:
    """Return the period of base points in which a day of the village falls.

    Args:
        cap_period: month, quarter, half_year, year or ever.

    Example:
        >>> period_of("quarter", date(2026, 9, 30))
        BasePeriod(code='2026-Q3', first=datetime.date(2026, 7, 1), last=datetime.date(2026, 9, 30))
        >>> [period_of(each, date(2027, 1, 1)).code for each in ("month", "half_year", "year", "ever")]
        ['2027-01', '2027-H1', '2027', 'ever']
    """
    if cap_period == EVER:
        return BasePeriod(EVER, None, None)
    first, last = span(cap_period, day)
    part = {
        "month": f"-{day.month:02d}",
        "quarter": f"-Q{(day.month + 2) // 3}",
        "half_year": f"-H{(day.month + 5) // 6}",
        "year": "",
    }[cap_period]
    return BasePeriod(f"{day.year:04d}{part}", first, last)


def period_in_words(code: str) -> str:
    """Return a period as pages and statements name it.

    Example:
        >>> [period_in_words(code) for code in ("2026", "2026-H2", "2026-Q3", "2026-09", "ever")]
        ['2026年', '2026年下半年', '2026年第三季度', '2026年9月', '只给一次']
    """
    if code == EVER:
        return "只给一次"
    year, _, part = code.partition("-")
    if part[:1] in ("Q", "H"):
        return f"{year}年{part_of_year_in_words(part)}"
    return f"{year}年" + (f"{int(part)}月" if part else "")


def period_so_far(code: str) -> str:
    """Return how a household's file names the period that runs now.

    >>> [period_so_far(code) for code in ("2026", "2026-H2", "2026-Q3", "2026-09", "ever")]
    ['本年', '本半年', '本季度', '本月', '']
    """
    if code == EVER:
        return ""
    part = code.partition("-")[2]
    return "本年" if not part else {"H": "本半年", "Q": "本季度"}.get(part[0], "本月")
