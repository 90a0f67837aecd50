"""The spans that a book is sent up for: a month, a quarter, a half year or a year, by one short code each."""

import re
from dataclasses import dataclass
from datetime import date

from pointsbank import dates
from pointsbank.errors import Invalid

_CODE = re.compile(r"(20[0-9]{2})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


class SpanInvalid(Invalid):
    """What was given is no month, quarter, half year or year."""

    code = "span_invalid"
    sentence = "“{given}”不是有效的期间，请写成 2026-09（月）、2026-Q3（季）、2026-H2（半年）或 2026（年）。"
    at = ("span",)


@dataclass(frozen=True, slots=True)
class Span:
    """Some months on end, at least one; `code` as it is written in addresses and file names."""

    code: str
    months: tuple[str, ...]
    words: str

    @property
    def first(self) -> date:
        """Its first day."""
        return dates.first_day(self.months[0])

    @property
    def last(self) -> date:
        """Its last day."""
        return dates.last_day(self.months[-1])

    def __contains__(self, day: object) -> bool:
        """Return whether a day falls into it; what is no day does not."""
        return isinstance(day, date) and self.first <= day <= self.last


def parse_span(given: str) -> Span:
    """Return the span of a code.

    Raises:
        SpanInvalid: it is none.

    Example:
        >>> parse_span("2026-Q3").months, parse_span("2026-H1").words, parse_span("2026-02").last.day
        (('2026-07', '2026-08', '2026-09'), '2026年上半年', 28)
    """
    found = _CODE.fullmatch(given.strip())
    if not found:
        raise SpanInvalid(given=given[:20])
    year, month, quarter, half = found.groups()
    if month:
        return Span(f"{year}-{month}", (f"{year}-{month}",), dates.month_in_words(f"{year}-{month}"))
    if quarter:
        first, count, words = int(quarter) * 3 - 2, 3, dates.part_of_year_in_words(f"Q{quarter}")
    elif half:
        first, count, words = int(half) * 6 - 5, 6, dates.part_of_year_in_words(f"H{half}")
    else:
        first, count, words = 1, 12, "全年"
    months = tuple(f"{year}-{one:02}" for one in range(first, first + count))
    return Span(given.strip(), months, f"{year}年{words}")


def spans_of(months: list[str]) -> list[Span]:
    """Return the spans that hold any of these months, the latest first, each month before its quarter.

    Raises:
        SpanInvalid: one of them is no month.

    Example:
        >>> [one.code for one in spans_of(["2026-08"])]
        ['2026-08', '2026-Q3', '2026-H2', '2026']
    """
    codes: dict[str, None] = {}
    for month in sorted(set(months), reverse=True):
        year, number = month[:4], int(month[5:])
        for code in (month, f"{year}-Q{(number + 2) // 3}", f"{year}-H{(number + 5) // 6}", year):
            codes.setdefault(code)
    return [parse_span(code) for code in codes]
