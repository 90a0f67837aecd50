"""What a kind of due thing is: who sees it, where it is done, and how to find out whether any waits."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from pointsbank.dates import day_of
from pointsbank.staff import Permission, Role


@dataclass(frozen=True, slots=True)
class Asked:
    """The village (code) that is asked about, and the moment."""

    village: str
    at: datetime

    @property
    def today(self) -> date:
        """The day in the village."""
        return day_of(self.at)


@dataclass(frozen=True, slots=True)
class Due:
    """What waits: how many things, > 0, in one sentence, and on which page: endpoint and its arguments.

    `late`: it should have been done by now.
    """

    count: int
    sentence: str
    endpoint: str
    places: Mapping[str, str] = field(default_factory=dict)
    late: bool = False


Place = tuple[str, Mapping[str, str]]
"""A page: its endpoint and the arguments of its address."""


def one_or_all(count: int, sentence: str, one: Place, several: Place, *, late: bool = False) -> Due:
    """Return what waits: a single thing leads to its own page, several to the list of just so many rows.

    Args:
        one: the page of the first of them.
        several: the list, narrowed to what waits.

    Example:
        >>> page, several = ("one_notice", {"notice": "n1"}), ("notices", {"status": "over"})
        >>> [one_or_all(count, "…", page, several).endpoint for count in (1, 2)]
        ['one_notice', 'notices']
    """
    endpoint, places = one if count == 1 else several
    return Due(count, sentence, endpoint, places, late)


@dataclass(frozen=True)
class Kind:
    """One kind of due thing.

    Args:
        name: lower-case ASCII.
        permission: who does it, and so who is told.
        tab: endpoint of the tab that carries its count.
        find: returns what waits, or None; reads only, by one or two questions, and by no more of the moment
            than its day: what it finds is kept for that day, while nothing is written in the village.
        step: the step of the month it belongs to, a code of `labels.month_step`; empty for none.
        apart: home shows it in a part of its own, with more than a line.
        find_in_groups: returns what waits in some groups (ids), for who does it for these alone; None: nobody
            does.
        role: only who has it in the village is told, of all who have the permission; None: all of them.
    """

    name: str
    permission: Permission
    tab: str
    find: Callable[[Session, Asked], Due | None]
    step: str = ""
    apart: bool = False
    find_in_groups: Callable[[Session, Asked, Collection[str]], Due | None] | None = None
    role: Role | None = None
