"""Compares a village's log with its stub at one place: does the log hold all that the stub saw?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from pointsbank import ledger, migrating
from pointsbank.database import Database
from pointsbank.merkle import Frontier
from pointsbank.watermark.places import Place
from pointsbank.watermark.stubs import BEGUN, KEPT, Mark, Stub, marks_of

ACCEPTED = "watermark_accepted"
"""The kind of log entry by which two people go on although the log lacks what a stub saw."""


class Standing(StrEnum):
    """How a stub stands to the log."""

    AGREES = "agrees"
    CUT = "cut"
    AWAY = "away"
    NONE = "none"
    DAMAGED = "damaged"
    ACCEPTED = "accepted"
    BEHIND = "behind"


VOUCHING = frozenset({Standing.AGREES, Standing.CUT, Standing.ACCEPTED})
"""The log is no older than such a stub: it holds all of it, or two people have said yes to the difference.
A stub that is CUT ends in lines which cannot be read, as after a power cut."""
UNUSABLE = frozenset({Standing.NONE, Standing.DAMAGED})
"""The place is there, and its stub is not or cannot be read: it says nothing about the log."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a village's stub at one place stands to the log.

    `missing` are the entries that the log lacks or has otherwise, `late` so many it has beyond the stub.
    A stub that was cut may know of one more entry than it can name.
    """

    place: Place
    village: str
    standing: Standing
    missing: tuple[Mark, ...] = ()
    late: int = 0
    log_size: int = 0


def examine(database: Database, places: Iterable[Place]) -> list[Comparison]:
    """Compare every village's log with its stub at every place, and stubs of villages that there are not.

    Raises ValueError if a stored tree head does not fit its size.
    """
    known = set(heads(database))
    found = []
    for place in places:
        seen = set(place.villages()) if place.is_here else set()
        found += [compare(database, place, village) for village in sorted(known | seen)]
    return found


def heads(database: Database) -> dict[str, Frontier]:
    """Return the tree over every village's log; none where the database is empty.

    Raises ValueError if a stored tree head does not fit its size.
    """
    # A file that was cut to nothing is an empty database, and must be missed like an older copy.
    if migrating.is_empty(database):
        return {}
    with database.reading() as session:
        return ledger.tree_heads(session)


def compare(database: Database, place: Place, village: str) -> Comparison:
    """Return how the stub of a village at a place stands to its log.

    Raises ValueError if a stored tree head does not fit its size.
    """
    try:
        here, stub = place.is_here, place.read(village) if place.is_here else None
    except OSError:
        return Comparison(place, village, Standing.DAMAGED)
    whole = heads(database).get(village)
    size = whole.size if whole else 0
    if stub is None:
        without = Standing.NONE if size else Standing.AGREES
        return Comparison(place, village, without if here else Standing.AWAY, late=size, log_size=size)
    if whole is None:
        return Comparison(place, village, Standing.BEHIND, stub.marks)
    with database.reading() as session:
        missing = missing_marks(session, stub, village=village, size=size)
        if missing or stub.size > size:
            accepted = _is_accepted(session, stub, village=village)
            standing = Standing.ACCEPTED if accepted else Standing.BEHIND
        elif stub.damaged:
            standing = Standing.DAMAGED
        else:
            standing = Standing.CUT if stub.cut else Standing.AGREES
    return Comparison(place, village, standing, missing, size - stub.size, size)


def marks_since(database: Database, *, village: str, start: int, size: int | None = None) -> list[Mark]:
    """Return the marks of a log's entries from number `start` on, of the last thousand at most.

    Args:
        size: only of the first so many entries; None: of all.

    Raises VillageUnknown.
    """
    with database.reading() as session:
        if size is None:
            size = ledger.tree_head(session, village=village).size
        marks = marks_of(ledger.entries_from(session, village=village, start=max(start, size - KEPT)))
    return [mark for mark in marks if mark.index < size]


def latest_marks(database: Database, *, village: str, size: int | None = None) -> list[Mark]:
    """Return the marks that a new stub of the village begins with; `size` as `marks_since` takes it.

    Raises VillageUnknown.
    """
    marks = marks_since(database, village=village, start=0, size=size)
    return marks if marks and marks[0].index else [BEGUN, *marks]


def missing_marks(session: Session, stub: Stub, *, village: str, size: int) -> tuple[Mark, ...]:
    """Return the marks that the log of this size does not bear out."""
    if not stub.marks:
        return ()
    first, last = stub.marks[0], stub.marks[-1]
    # Nearly always all is well, and one root says so.
    if last.index < size:
        tree = ledger.frontier_at(session, village=village, size=last.index + 1)
        if tree.root.hex() == last.root:
            return ()
    if first.index >= size:
        return stub.marks
    entries = ledger.entries_from(session, village=village, start=max(0, first.index))
    ours = {mark.index: mark.root for mark in [BEGUN, *marks_of(entries, last=len(entries.entries))]}
    return tuple(mark for mark in stub.marks if ours.get(mark.index) != mark.root)


def _is_accepted(session: Session, stub: Stub, *, village: str) -> bool:
    """Return whether two people accepted that the log lacks the last of the stub, and so all before it."""
    if not stub.marks:
        return False
    found = ledger.words_of_kind(session, village=village, kind=ACCEPTED)
    return _named(stub.marks[-1]) in [one for words in found for one in words.get("missing", [])]


def _named(mark: Mark) -> list[int | str]:
    """Return how an acceptance names an entry that the log lacks."""
    return [mark.index, mark.kind, mark.moment, mark.root]


def named(missing: Sequence[Mark]) -> list[list[int | str]]:
    """Return how an acceptance names the entries that the log lacks: number, kind, moment, root."""
    return [_named(mark) for mark in missing]
