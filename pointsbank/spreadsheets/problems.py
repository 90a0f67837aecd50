"""What is wrong with a file: the whole of it, or row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from pointsbank.errors import Invalid, problems_of

SHOWN_AT_ONCE = 3
"""How many problems the one-sentence summary quotes; the list itself holds them all."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One bad cell: the row as Excel numbers it, the column's header, and what to do about it."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        """The problem as one line for a list."""
        place = f"第{self.row}行“{self.column}”" if self.column else f"第{self.row}行"
        return f"{place}：{self.sentence}"


class BadRows(Invalid):
    """A table has bad rows; none of its rows was applied."""

    code = "bad_rows"
    sentence = "有{count}处需要改正，一行也没有写入。{first}"

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        """Keep every problem, in the order of the rows."""
        self.problems = sorted(problems, key=lambda problem: problem.row)
        first = "".join(str(problem) for problem in self.problems[:SHOWN_AT_ONCE])
        super().__init__(count=len(self.problems), first=first)


class FileUnreadable(Invalid):
    """A file cannot be read as a table at all."""

    code = "file_unreadable"
    sentence = "文件“{name}”读不出来：{reason}"


__getattr__ = problems_of(__name__)
