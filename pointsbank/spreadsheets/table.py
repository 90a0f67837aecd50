"""What came out of a file: its sheets as cells of text that remember what Excel did to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Self

from pointsbank.spreadsheets.problems import RowProblem


class DateText(str):
    """The text of a cell the spreadsheet holds as a date: right for a day, wrong for a code such as 1-2."""

    __slots__ = ()


class LostDigits(str):
    """The text of a number so long that the spreadsheet has already lost its last digits."""

    __slots__ = ()


class FailedFormula(str):
    """What a formula shows that failed (#DIV/0!), or `NO_RESULT` where none was ever worked out."""

    __slots__ = ()


NO_RESULT = "#NORESULT!"
"""Stands in a cell whose formula has no stored value."""


class RowNumber(int):
    """The number of a row as Excel shows it, and which table it is in where a file holds several.

    Example:
        >>> str(RowNumber(3)), str(RowNumber(3, "“2组”"))
        ('第3行', '“2组”第3行')
    """

    where: str

    def __new__(cls, number: int, where: str = "") -> Self:
        """Return the number; `where` is put before it in sentences."""
        made = super().__new__(cls, number)
        made.where = where
        return made

    def __str__(self) -> str:
        """Return the row in words."""
        return f"{self.where}第{int(self)}行"

    def __format__(self, spec: str) -> str:
        """Return the bare number, so that it reads as one in any sentence."""
        return format(int(self), spec)


class Merged(NamedTuple):
    """A merged range: its first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet from its very first, row by row; CSV is one sheet without a name.

    Attributes:
        hidden: rows, from 0, that nobody sees: hidden by hand, or by a filter.
        hidden_columns: columns, from 0, that nobody sees.
        struck: rows and columns, from 0, of cells whose text is struck out.
    """

    name: str
    rows: list[list[str]]
    merged: list[Merged] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Table:
    """The sheets of a file; which cells are the table is found once it is known what is asked for.

    Attributes:
        ragged_is_wrong: a row longer than the headers has a comma too many, as in CSV.
        parsed: what `parse_rows` made of it, so that this is done once, before the transaction.
        found: what was found in it, in sentences, where it was refused all the same.
    """

    sheets: list[Sheet]
    ragged_is_wrong: bool = False
    parsed: list[tuple[Any, Any]] = field(default_factory=list, compare=False, repr=False)
    found: list[str] = field(default_factory=list, compare=False, repr=False)

    @classmethod
    def of(cls, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> "Table":
        """Make a table in the program rather than from a file."""
        return cls([Sheet("", [list(headers), *map(list, rows)])])

    def beginning(self, sheets: int, rows: int) -> "Table":
        """Return a table of the first rows of the first sheets, with the merged cells that end in them."""
        some = [
            replace(one, rows=one.rows[:rows], merged=[each for each in one.merged if each.bottom < rows])
            for one in self.sheets[:sheets]
        ]
        return Table(some)


CLASSES = (Table, Sheet, Merged, DateText, LostDigits, FailedFormula, RowProblem)
"""What a table is made of, for whoever fetches one from another process."""
