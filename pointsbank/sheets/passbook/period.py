"""The days of a statement: a month, a quarter, a half year, a year, or from one day to another."""

from dataclasses import dataclass
from datetime import date

from pointsbank.dates import day_in_words
from pointsbank.errors import Invalid
from pointsbank.reports import parse_span


class PeriodInvalid(Invalid):
    """It begins after it ends, or has not begun."""

    code = "statement_period_invalid"
    sentence = "对账单的起止日期有误：从哪天应不晚于到哪天，也不晚于今天。"
    at = ("first", "until")


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day of a statement, neither after today; and how people say it."""

    first: date
    last: date
    words: str


def period_of(*, span: str | None, first: date | None, until: date | None, today: date) -> Period:
    """Return the days that are meant: this year so far where nothing is named.

    Args:
        span: as `reports.parse_span` reads it; days that are named count before it.

    Raises:
        PeriodInvalid: it begins after it ends, or after today.
        SpanInvalid: the span is none.

    Example:
        >>> period_of(span="2026-Q3", first=None, until=None, today=date(2026, 8, 5)).words
        '2026年第三季度（到8月5日）'
    """
    if first or until:
        last = min(until or today, today)
        begun = first or date(last.year, 1, 1)
        words = f"{day_in_words(begun)}至{day_in_words(last)}"
    else:
        meant = parse_span(span or f"{today.year}")
        begun, last = meant.first, min(meant.last, today)
        so_far = f"（到{last.month}月{last.day}日）" if last < meant.last else ""
        words = f"{meant.words}{so_far}"
    if begun > last:
        raise PeriodInvalid()
    return Period(begun, last, words)
