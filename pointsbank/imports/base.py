"""What an import declares about itself: columns, verb, permission, what its empty table holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import scoring, villages
from pointsbank.dates import day_of
from pointsbank.spreadsheets import Column, Imported, blank_table
from pointsbank.staff import Permission


@dataclass(frozen=True, slots=True)
class Place:
    """What a village has that its empty tables speak of: its groups and the items in force."""

    groups: Sequence[str]
    items: Sequence[str]
    today: date

    @property
    def first_group(self) -> str:
        """A group of the village for the first sample."""
        return self.groups[0] if self.groups else "一组"

    @property
    def last_group(self) -> str:
        """A group of the village for the second sample."""
        return self.groups[-1] if self.groups else "二组"


@dataclass(frozen=True, kw_only=True)
class Import:
    """One import.

    Attributes:
        name: in addresses and commands, as its module is called.
        order: of all imports, as a village needs them.
        take: the verb that takes a table in: session, and by keyword `village`, `table`, `by`, `at` and what
            is asked for beside the file. A preview calls it too, and takes its transaction back: it speaks as
            well of what it would do.
        rows: at most in a file that is sent, the header included; all are written in one transaction.
        asks: what is asked for beside the file, by the verb's argument; the page shows a field for each.
        confirms: whether the verb asks about what can hardly be meant (`RowsInDoubt`), and takes `confirmed`.
        opens: the page that shows what was taken in.
        request_of: the id of the request that a table became, which somebody has to confirm; empty where it
            was taken in.
        samples: two rows of the empty table, by the column's title; the first column is filled in anyway.
        lists: what the village has, for the second sheet of the empty table.
    """

    name: str
    order: int
    title: str
    about: str
    permission: Permission
    columns: Sequence[Column]
    take: Callable[..., Imported]
    rows: int
    asks: tuple[str, ...] = ()
    confirms: bool = False
    opens: str
    request_of: Callable[[Imported], str] = lambda _done: ""
    samples: Callable[[Place], Sequence[Mapping[str, str]]]
    lists: Callable[[Place], Mapping[str, Sequence[str]]] = lambda _place: {}


def place_of(session: Session, *, village: str, at: datetime) -> Place:
    """Return what the empty tables of a village speak of."""
    today = day_of(at)
    groups = [group.name for group in villages.groups(session, village=village)]
    try:
        items = [item.title for item in scoring.items(session, village=village, day=today)]
    except scoring.problems.SchemeUnknown:
        items = []
    return Place(groups, items, today)


def blank(wanted: Import, file: str, place: Place) -> bytes:
    """Return the empty table of an import with two sample rows, as .xlsx or as CSV if it is to be called so.

    Example:
        imports.blank(imports.find("roster"), "花名册.xlsx", place)
    """
    return blank_table(file, wanted.columns, wanted.samples(place), wanted.lists(place))
