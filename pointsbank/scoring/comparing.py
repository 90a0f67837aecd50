"""Compares two versions of the scheme, item by item and cell by cell. Pure, but for finding the versions.

Items are the same by their code; an item that only stands elsewhere in the table has not changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from pointsbank.scoring.cells import CELL_COLUMNS, item_cells
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.scheme import schemes
from pointsbank.scoring.values import Item, Scheme

ADDED, DROPPED, CHANGED, SAME = "added", "dropped", "changed", "same"
"""What became of an item: codes of `labels.scheme_change`, in the order in which they are listed."""


class CellChange(NamedTuple):
    """A cell of an item's row that differs: its column, and both texts as people write them; "" is empty."""

    key: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of an item; `before` is None of a new one, `after` of one that is gone."""

    state: str
    before: Item | None
    after: Item | None
    cells: tuple[CellChange, ...] = ()


class Compared(NamedTuple):
    """Two versions to be compared: `before` is None where there is only one, both where there is none."""

    before: Scheme | None
    after: Scheme | None


def compare(old_items: Sequence[Item], new_items: Sequence[Item]) -> list[ItemChange]:
    """Return what became of each item: new ones first, then those gone, those changed and those not.

    Example:
        [one.state for one in scoring.compare(items_of_1, items_of_2)]  # ["added", "changed", "same"]
    """
    old, new = ({item.code: item for item in items} for items in (old_items, new_items))
    added = [ItemChange(ADDED, None, item) for item in new_items if item.code not in old]
    dropped = [ItemChange(DROPPED, item, None) for item in old_items if item.code not in new]
    both = [_change(old[item.code], item) for item in new_items if item.code in old]
    changed = [one for one in both if one.state == CHANGED]
    return [*added, *dropped, *changed, *(one for one in both if one.state == SAME)]


def compared_versions(
    session: Session, *, village: str, day: date, before: str = "", after: str = ""
) -> Compared:
    """Return the versions to be compared, drafts among them.

    Args:
        before: a version's number; of another, or none, the one in force on `day` is taken, and where that is
            the newer one already, the one before it.
        after: a version's number; of another, or none, the newest is taken.

    Example:
        compared_versions(session, village="chayuan", day=today).after.status  # "draft"
    """
    known = schemes(session, village=village)
    by_number = {str(one.version): one for one in known}
    newer = by_number.get(after) or (known[-1] if known else None)
    if newer is None or before in by_number:
        return Compared(by_number.get(before), newer)
    in_force = Rulebook(tuple(one for one in known if one.status == "adopted"), {}).scheme_on(day)
    if in_force is not None and in_force != newer:
        return Compared(in_force, newer)
    earlier = [one for one in known if one.version < newer.version]
    return Compared(earlier[-1] if earlier else None, newer)


def _change(before: Item, after: Item) -> ItemChange:
    """Return how the two versions of one item differ."""
    old, new = item_cells(before), item_cells(after)
    cells = tuple(
        CellChange(column.key, column.title, old[column.key], new[column.key])
        for column in CELL_COLUMNS
        if old[column.key] != new[column.key]
    )
    return ItemChange(CHANGED if cells else SAME, before, after, cells)
