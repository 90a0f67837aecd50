"""A year's days off and worked weekends as its notice has them, and several years as one calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pointsbank.working_days import law


@dataclass(frozen=True, slots=True)
class Year:
    """What one notice says; days of the December before belong to it too.

    Attributes:
        off: days off, weekends among them or not.
        worked: Saturdays and Sundays that are worked.
    """

    year: int
    off: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years whose notices are known, by year; any other day is judged by the law alone."""

    years: Mapping[int, Year] = field(default_factory=dict)

    def is_working(self, day: date) -> bool | None:
        """Return whether this is a working day; None while no notice has settled it.

        Example:
            >>> known = Year(2026, frozenset({date(2026, 1, 2)}), frozenset({date(2026, 1, 4)}))
            >>> [Calendar({2026: known}).is_working(date(2026, 1, day)) for day in (2, 4, 5, 10)]
            [False, True, True, False]
            >>> [Calendar().is_working(date(2026, *day)) for day in ((1, 1), (1, 2), (1, 4), (3, 4))]
            [False, None, None, True]
        """
        weekday = day.weekday() < 5
        if self._settles(day):
            notices = [self.years[year] for year in (day.year, day.year + 1) if year in self.years]
            if any(day in one.worked for one in notices):
                return True
            return weekday and not any(day in one.off for one in notices)
        if weekday:
            return False if law.surely_off(day) else None if law.may_be_off(day) else True
        return None if law.may_be_worked(day) and not law.surely_off(day) else False

    def _settles(self, day: date) -> bool:
        """Whether every notice that may change this day is known."""
        return day.year in self.years and (day.year + 1 in self.years or not law.waits_for_next_year(day))

    def lacking(self, first: date, last: date) -> list[int]:
        """Return the years whose notices, once known, may settle days from `first` to `last`.

        Example:
            >>> Calendar().lacking(date(2027, 1, 4), date(2027, 1, 12)), Calendar().lacking(
            ...     date(2027, 3, 1), date(2027, 3, 3)
            ... )
            ([2027], [])
        """
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        open_days = [day for day in days if self.is_working(day) is None]
        return sorted({day.year if day.year not in self.years else day.year + 1 for day in open_days})
