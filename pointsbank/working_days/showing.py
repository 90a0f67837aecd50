"""What is known of each year, in words: for the page of the installation's settings and the command."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from pointsbank.working_days.sources import Known


@dataclass(frozen=True, slots=True)
class YearShown:
    """One year as people read it.

    Attributes:
        source: a code of `labels.days_known`.
        off, worked: as in the notice: 1月1日至3日、…; empty where nothing is known.
        refusal: why a notice that was kept cannot be used; empty where it can.
    """

    year: int
    source: str
    off: str
    worked: str
    refusal: str


def shown(known: Known, *, today: date) -> list[YearShown]:
    """Return what is known of this year and the next, and of every other year of which a notice was kept.

    Example:
        [one.source for one in working_days.shown(known, today=date(2026, 11, 29))]  # ["library", "unknown"]
    """
    kept = {year for year, source in known.sources.items() if source == "file"} | known.unusable.keys()
    lines = []
    for year in sorted({today.year, today.year + 1} | kept):
        found, refused = known.calendar.years.get(year), known.unusable.get(year)
        lines.append(
            YearShown(
                year,
                known.source(year),
                in_words(found.off) if found else "",
                in_words(found.worked) if found else "",
                refused.detail if refused else "",
            )
        )
    return lines


def in_words(days: Collection[date]) -> str:
    """Write days as a notice does.

    Example:
        >>> in_words([date(2026, 1, 4), date(2026, 9, 30), date(2026, 10, 1)])
        '1月4日、9月30日至10月1日'
    """
    spans: list[list[date]] = []
    for day in sorted(days):
        if spans and day == spans[-1][1] + timedelta(days=1):
            spans[-1][1] = day
        else:
            spans.append([day, day])
    return "、".join(_span(first, last) for first, last in spans)


def _span(first: date, last: date) -> str:
    """Write one run of days."""
    begins = f"{first.month}月{first.day}日"
    if first == last:
        return begins
    return f"{begins}至{last.day}日" if first.month == last.month else f"{begins}至{last.month}月{last.day}日"
