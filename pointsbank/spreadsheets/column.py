"""One column that an import knows: what it is called, how its cells are read, what a blank means."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from re import Pattern
from typing import Any

from pointsbank.labels import Labels


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its headers (Chinese first), its key in the row, and its reader.

    Attributes:
        required: the column must be there and filled, unless its cells `may_be_blank`; blank means `default`.
        unique: no two rows have the same value.
        also: further headers, as villages write them; one of `names` beside them is taken before them.
        doubtful: headers that may mean this column or not; somebody has to say so.
        may_be_missing: the whole column, though it is required where it stands.
        is_amount: a merged cell of it may be meant for each row or for all; somebody has to say so.
        is_head: a merged cell of it beside several codes may be one row in two; somebody has to say so.
        blank_means: in words, where a blank says something: "0", "不限".
        heading: reads the value from a line between the rows, or the name of a sheet; None if it has none.
        in_grid: of a table of one row a participant and one column an item, the "header" or the "cell"; or a
            "sign", which in such a table stands over the items.
        is_measure: reads a cell of such a table that has a measure behind its number: 3小时.
        not_beside: headers beside which the table is another one, and in words which.
        looked_at: only compared with the others; people are told that it was not taken over.
        show: writes a value for people; None where it is written as it is.
        counted_in: measures in which sums and titles count the rows of such a table: 户.
        parts: what an amount is made of where it stands beside it: patterns of the headers that are added,
            and of those taken away.
    """

    names: tuple[str, ...]
    key: str
    required: bool
    parse: Callable[[str], Any]
    default: Any = None
    may_be_blank: bool = False
    unique: bool = False
    also: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    may_be_missing: bool = False
    is_amount: bool = False
    is_head: bool = False
    blank_means: str = ""
    heading: Callable[[str], str | None] | None = None
    in_grid: str = ""
    is_measure: bool = False
    not_beside: Mapping[str, str] = field(default_factory=dict)
    looked_at: bool = False
    show: Callable[[Any], str] | None = None
    counted_in: tuple[str, ...] = ()
    parts: tuple[tuple[Pattern[str], Pattern[str] | None], ...] = ()

    @property
    def title(self) -> str:
        """What people call the column."""
        return self.names[0]

    @property
    def may_say_nothing(self) -> bool:
        """Whether / or 无 in a cell is the same as a blank: of an amount it may be 0 or no limit."""
        return not self.required and not self.is_amount and self.default in ("", None)

    @property
    def is_needed(self) -> bool:
        """Whether there is no such table without this column."""
        return self.required and not self.may_be_missing


def spelt(columns: Sequence[Column], spellings: Labels) -> tuple[Column, ...]:
    """Return columns that are also known by the further spellings of a list of labels, by their keys.

    Example:
        ROSTER_COLUMNS = spelt((Column(("户号",), "code", True, code),), labels.roster_column.ROSTER_COLUMN)
    """
    words = spellings.choices()
    return tuple(replace(column, also=_spellings(column, words.items())) for column in columns)


def _spellings(column: Column, words: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(word for word, key in words if key == column.key and word not in column.names)
