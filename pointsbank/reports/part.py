"""What a part of the book sent up declares: its title, its columns, and where its rows come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from pointsbank.points import Points, show, to_decimal
from pointsbank.reports.spans import Span
from pointsbank.spreadsheets import Cell

Value = str | int | date | None
"""What stands in one cell: words, a count or hundredths of a point, a day, nothing."""


class Form(StrEnum):
    """How the values of a column are written."""

    TEXT = "text"
    COUNT = "count"
    POINTS = "points"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and form; `total`: its sum stands below; `wide`: its share of the width."""

    title: str
    form: Form = Form.TEXT
    total: bool = False
    wide: int = 2

    @property
    def is_number(self) -> bool:
        """Return whether it holds numbers, which stand at the right."""
        return self.form in (Form.COUNT, Form.POINTS)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which book is asked for, of which village, and when."""

    village: str
    span: Span
    at: datetime


@dataclass(frozen=True)
class Part:
    """One part of the book.

    Args:
        name: lower-case ASCII, the name of its module.
        title: Chinese, a few characters.
        position: where it stands: the smallest first.
        columns: of its table.
        gather: `gather(session, asked)` returns its rows, each with a value for each column.
        empty: the sentence where there are no rows.
        about: `about(rows)` returns what they come to in one sentence.
    """

    name: str
    title: str
    position: int
    columns: tuple[Column, ...]
    gather: Callable[[Session, Asked], Sequence[tuple[Value, ...]]]
    empty: str
    about: Callable[[Sequence[tuple[Value, ...]]], str]


@dataclass(frozen=True, slots=True)
class Table:
    """A part of one book: its rows, and what they come to in a sentence."""

    part: Part
    rows: tuple[tuple[Value, ...], ...]

    @property
    def about(self) -> str:
        """What the rows come to; or that there are none."""
        return self.part.about(self.rows) if self.rows else self.part.empty

    @property
    def totals(self) -> tuple[Value, ...]:
        """The sum of each column that has one, None below the others; nothing where none has."""
        if not self.rows or not any(one.total for one in self.part.columns):
            return ()
        sums = [sum_of(self.rows, place) for place in range(len(self.part.columns))]
        return tuple(each if one.total else None for one, each in zip(self.part.columns, sums, strict=True))

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The rows as people read them, the sums at the end."""
        lines = [*self.rows, *([self.totals] if self.totals else [])]
        written = [
            tuple(in_words(column, value) for column, value in zip(self.part.columns, line, strict=True))
            for line in lines
        ]
        if self.totals:
            written[-1] = ("合计", *written[-1][1:])
        return tuple(written)

    @property
    def cells(self) -> list[list[Cell]]:
        """The rows for Excel: numbers are numbers, days are days; without the sums, which Excel makes."""
        return [
            [cell_of(column, value) for column, value in zip(self.part.columns, line, strict=True)]
            for line in self.rows
        ]


def sum_of(rows: Sequence[tuple[Value, ...]], place: int) -> int:
    """Return the sum of the numbers in one column.

    Example:
        >>> sum_of([("a", 2), ("b", None), ("c", 3)], 1)
        5
    """
    return sum(line[place] for line in rows if isinstance(line[place], int))  # type: ignore[misc]


def in_words(column: Column, value: Value) -> str:
    """Return a value as people read it; nothing is a dash nowhere but empty.

    Example:
        >>> in_words(Column("分", Form.POINTS), 250), in_words(Column("条", Form.COUNT), None)
        ('2.5', '')
    """
    if value is None:
        return ""
    if column.form is Form.POINTS and isinstance(value, int):
        return show(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def cell_of(column: Column, value: Value) -> Cell:
    """Return a value as a cell of Excel.

    Example:
        >>> cell_of(Column("分", Form.POINTS), 250)
        Decimal('2.5')
    """
    if value is None:
        return ""
    return to_decimal(Points(value)) if column.form is Form.POINTS and isinstance(value, int) else value
