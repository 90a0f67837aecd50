"""The book sent up: gathers every part of one span, once, for the page, the sheet and the file for Excel."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import dates, scoring, spreadsheets, villages
from pointsbank.registers import discover
from pointsbank.reports.part import Asked, Part, Table
from pointsbank.reports.spans import Span, parse_span, spans_of

_PARTS = "pointsbank.reports.parts"
_CHOICES = 60

OFFICES = ("经办人", "村务监督委员会主任", "村民委员会主任", "村党组织书记")
"""Who signs the book, on lines that are left blank: offices, never names."""


@dataclass(frozen=True, slots=True)
class Book:
    """The book of one span of one village; `is_whole`: each of its months is closed."""

    village: str
    span: Span
    made_at: datetime
    tables: tuple[Table, ...]
    is_whole: bool

    def table(self, name: str) -> Table:
        """Return one part's table by its name; raises StopIteration for none."""
        return next(one for one in self.tables if one.part.name == name)


@cache
def every_part() -> tuple[Part, ...]:
    """Return all parts in the order in which they stand.

    Raises:
        AttributeError: a module of `reports.parts` declares no part.

    Example:
        [one.name for one in reports.every_part()]  # ["points", "meetings", …]
    """
    return tuple(sorted((module.PART for module in discover(_PARTS)), key=lambda part: part.position))


def book(session: Session, *, village: str, span: str, at: datetime) -> Book:
    """Return the book of a span; a month that goes on is in it as far as it has come.

    Raises:
        SpanInvalid: there is no such span.
        VillageUnknown: there is no such village.

    Example:
        reports.book(session, village="cy", span="2026-Q3", at=now).table("points").totals[1]  # 3762900
    """
    asked = Asked(village, parse_span(span), at)
    found = villages.get(session, village)
    closed = set(villages.closed_months(session, village=village))
    return Book(
        village=found.name,
        span=asked.span,
        made_at=at,
        tables=tuple(Table(one, tuple(one.gather(session, asked))) for one in every_part()),
        is_whole=_is_whole(asked.span, closed),
    )


def _is_whole(span: Span, closed: set[str]) -> bool:
    """Return whether each month is closed; those before the first that ever was are none of the village's.

    Example:
        >>> quarter = parse_span("2026-Q3")
        >>> [_is_whole(quarter, set(some)) for some in (["2026-08", "2026-09"], ["2026-08"], [])]
        [True, False, False]
    """
    return bool(closed) and all(month in closed or month < min(closed) for month in span.months)


def choices(session: Session, *, village: str, at: datetime | None = None) -> list[Span]:
    """Return the spans of which there is something to send up, the latest first.

    Args:
        at: the month that goes on is among them; None where nobody knows which one that is.

    Example:
        [one.code for one in reports.choices(session, village="cy", at=now)]  # ["2026-09", "2026-Q3", …]
    """
    known = {dates.month_of(one.held_on) for one in scoring.meetings(session, village=village)}
    known |= {*villages.closed_months(session, village=village)}
    known |= set() if at is None else {dates.month_of(dates.day_of(at))}
    return spans_of(sorted(known))[:_CHOICES]


def usual_span(session: Session, *, village: str, at: datetime) -> str:
    """Return the span that is asked for mostly: the last closed month, else this one.

    Example:
        reports.usual_span(session, village="cy", at=now)  # "2026-08"
    """
    closed = villages.closed_months(session, village=village)
    return closed[-1] if closed else dates.month_of(dates.day_of(at))


def write_book(out: BinaryIO, found: Book) -> int:
    """Write a book as a file for Excel, a sheet a part, and return its number of rows.

    Raises:
        CellNotWritten: as `spreadsheets.write_xlsx`.

    Example:
        reports.write_book(file, reports.book(session, village="cy", span="2026-09", at=now))  # 31
    """
    return spreadsheets.write_sheets(
        out,
        {one.part.title: ([each.title for each in one.part.columns], one.cells) for one in found.tables},
    )
