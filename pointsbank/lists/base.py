"""What a list declares about itself: columns, where its rows come from, filters, order, permission.

A list is one declaration, from which the page, the phone's two-line rows, the paper, the file for Excel, the
command and the API are made. Rows are mappings by the names of the query's columns; `complete` adds what a
database cannot say by itself, such as masked names.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Literal

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank.lists.filters import Filter
from pointsbank.lists.kinds import TEXT, Kind
from pointsbank.spreadsheets import Column as ImportColumn
from pointsbank.staff import Permission

Row = dict[str, Any]
Writer = Callable[[BinaryIO, Iterator[Row]], int]
"""Writes the rows of a list into a file and returns how many they were."""
Place = Literal["main", "sub", "number", ""]
"""Where a value stands in a phone's row: first line left, second line, first line right, nowhere."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a list.

    Attributes:
        key: the value in a row.
        title: its heading; where the list can be imported, the first name that the import knows.
        sort: the query's column by which it sorts; empty: nobody sorts by it.
        paper: the key of what stands on paper instead; empty: the same. None: it is not on paper.
        total: its sum stands below.
        void: states of the row (`status`) in which the number is struck through.
        permission: what the reader must have besides the list's own; None: nothing more.
        on_screen: False where only files and programs want it, such as an id that says nothing to people.
    """

    key: str
    title: str
    kind: Kind = TEXT
    sort: str = ""
    place: Place = ""
    paper: str | None = ""
    total: bool = False
    void: frozenset[str] = frozenset()
    permission: Permission | None = None
    on_screen: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of a list are wanted, of which village, and in what order.

    Attributes:
        groups: only of these groups (ids), for who may see no other; None for the whole village.
        filters: what was chosen, by the filter's name; nothing empty among them.
        sort: a column's key, with `-` before it for the last first; empty: the list's own order.
        named: what the list is of, such as a household's code, by the names in `List.needs`.
        reader: who reads it (id of the member of staff); empty for who sits at the machine.
        on_paper: whether names as they may hang are wanted too.
    """

    village: str
    at: datetime
    groups: Collection[str] | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    reader: str = ""
    on_paper: bool = False


@dataclass(frozen=True, kw_only=True)
class List:
    """One list.

    Attributes:
        name: in addresses and commands, as its module is called.
        about: what it is for, in a few words.
        statement: makes the statement that selects the rows, each column labelled; or else
        rows: a function that returns them all: for lists of some thousand rows at most.
        complete: adds to the rows of one page what they do not say yet; nothing is sorted by that or found.
        light: makes a statement of the same rows with fewer columns and no joins, by which they are counted
            and added up where nothing else is asked for: of 100,000 rows that takes a fifth of the time.
        less: makes a statement with the columns of `light` of those rows whose amounts count no more; `light`
            has these in full, and what they come to is taken off.
        kept: its pages and what it comes to are kept while nothing is written in the village. Only for what
            depends on rows that are told to the log, on the day, and on what was asked for.
        by_reading: it is of rows that reading itself writes (`Witnessed.by_reading`).
        order: columns of the query that put it in order, `-` before one for the last first; together they
            tell any two rows apart, and none is ever empty.
        imports: the columns of the import that reads it back.
        opens: the page that a row leads to, with the key of the row for each part of its address.
        needs: what the list is of, such as a household's code: each name, and what it is in words.
        empty: what stands there when there is nothing yet: a sentence with the first step.
        of_household: whether it is a household's own file, of which every opening is written down; it needs
            `code`.
        writers: forms of file that only this list has, each with what writes it.
        by_group: whether it can be shown to who leads a group, limited to it.
    """

    name: str
    title: str
    about: str
    permission: Permission
    columns: Sequence[Column]
    order: Sequence[str]
    statement: Callable[[Session, Asked], Select[Any]] | None = None
    rows: Callable[[Session, Asked], Iterable[Row]] | None = None
    complete: Callable[[Session, Asked, Sequence[Row]], None] | None = None
    light: Callable[[Session, Asked], Select[Any]] | None = None
    less: Callable[[Session, Asked], Select[Any]] | None = None
    kept: bool = False
    by_reading: bool = False
    filters: Sequence[Filter] = ()
    imports: Sequence[ImportColumn] = ()
    opens: tuple[str, Mapping[str, str]] | None = None
    needs: Mapping[str, str] = field(default_factory=dict)
    empty: str = "还没有内容。"
    of_household: bool = False
    writers: Mapping[str, Writer] = field(default_factory=dict)
    by_group: bool = False

    def column(self, key: str) -> Column | None:
        """Return the column with this key, or None."""
        return next((one for one in self.columns if one.key == key), None)

    def keys(self, sort: str) -> list[tuple[str, bool]]:
        """Return the query's columns in the order in which they sort, each with whether the last is first.

        Args:
            sort: as `Asked.sort`; what names no column that sorts counts for nothing.
        """
        wanted = self.column(sort.removeprefix("-"))
        first = [(wanted.sort, sort.startswith("-"))] if wanted is not None and wanted.sort else []
        own = [(name.removeprefix("-"), name.startswith("-")) for name in self.order]
        return [*first, *(one for one in own if one[0] not in {name for name, _ in first})]
