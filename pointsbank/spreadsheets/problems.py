"""What is wrong with a file: the whole of it, or row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from pointsbank.errors import Invalid, problems_of

SHOWN_AT_ONCE = 3
"""How many problems the one-sentence summary quotes; the list itself holds them all."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One bad cell: the row as Excel numbers it, the column's header, and what to do about it.

    The row is a `table.RowNumber` where a file holds several tables, and says in which it stands.
    """

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        """The problem as one line for a list."""
        return f"{row_in_words(self.row)}{f'“{self.column}”' if self.column else ''}：{self.sentence}"


def row_in_words(row: int) -> str:
    """Return a row as sentences name it.

    Example:
        >>> row_in_words(3)
        '第3行'
    """
    return str(row) if type(row) is not int else f"第{row}行"


class BadRows(Invalid):
    """A table has bad rows; none of its rows was applied."""

    code = "bad_rows"
    sentence = "有{count}处需要改正，一行也没有写入。{first}"
    found: Sequence[str] = ()
    """What was found in the file all the same, for whoever shows it; set by who has the file."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        """Keep every problem, in the order of the rows."""
        self.problems = sorted(problems, key=lambda one: (getattr(one.row, "where", ""), one.row))
        first = "".join(str(problem) for problem in self.problems[:SHOWN_AT_ONCE])
        super().__init__(count=len(self.problems), first=first)


class RowsInDoubt(BadRows):
    """Rows that can be read, but hardly be meant: somebody has to look and say so."""

    code = "rows_in_doubt"
    sentence = "有{count}处要先核对，一行也没有写入。{first}核对后确实如此，请勾选“已核对”再导入。"

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        """Keep every question, in the order of the rows."""
        super().__init__(problems)


class FileUnreadable(Invalid):
    """A file cannot be read as a table at all."""

    code = "file_unreadable"
    sentence = "文件“{name}”读不出来：{reason}"
    at = ("file",)


__getattr__ = problems_of(__name__)
