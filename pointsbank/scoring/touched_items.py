"""Which items of a month another version judges otherwise, by themselves or by what several share. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Protocol

from pointsbank.scoring.limits import LIMIT, Limit, Scope, limits_on
from pointsbank.scoring.rules import Rulebook
from pointsbank.scoring.values import Item

_NOT_JUDGED_BY = ("id", "code", "category", "title", "evidence", "legal_basis")
"""Fields of an item that change nothing about what a deed earns."""


class Entered(Protocol):
    """What is looked at of a score."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def item_id(self) -> str:
        """The item by which it was judged."""

    @property
    def item_code(self) -> str:
        """The code of the item."""

    @property
    def same_deed(self) -> str | None:
        """The first score (id) of its deed, if it was said to be the same."""


def limits_by_item(rules: Rulebook) -> dict[str, Sequence[Limit]]:
    """Return the limits over several items that each item of the adopted versions comes under, by its id."""
    found: dict[str, Sequence[Limit]] = {}
    for items in rules.items.values():
        if any(one.shape == LIMIT for one in items.values()):
            found |= {one.id: limits_on(one, items.values()) for one in items.values() if one.shape != LIMIT}
    return found


def shared_deeds(entries: Sequence[Entered]) -> set[str]:
    """Return the deeds (ids of their first scores) of which there are several entries."""
    counted = Counter(one.same_deed or one.id for one in entries)
    return {deed for deed, times in counted.items() if times > 1 and deed}


def touched_items(
    entries: Sequence[Entered],
    then: Mapping[str, Item],
    new: Mapping[str, Item],
    limits: Mapping[str, Sequence[Limit]],
) -> set[str]:
    """Return the codes of the items whose entries are judged again: all entries of an item, or none.

    An item that is the same is touched all the same where its limits changed or others have come under one
    of them or left it, where it shares a limit with one that is touched, and where one of its entries is the
    same deed as one of such an item.

    Args:
        then: the items by which the entries were judged, by id.
        new: the other items, by code.
        limits: those of `then`, by item id.
    """
    scopes: dict[str, set[Scope]] = {}
    touched: set[str] = set()
    # Once for each item, of however many entries.
    for one in {entry.item_id: entry for entry in entries}.values():
        item, other = then[one.item_id], new.get(one.item_code)
        before = limits.get(one.item_id, ())
        after = limits_on(other, new.values()) if other is not None else []
        scopes.setdefault(one.item_code, set()).update(limit.scope for limit in (*before, *after))
        if not _judges_alike(item, other) or _as_set(before) != _as_set(after) or _moved(before, after):
            touched.add(one.item_code)
    deeds: dict[str, set[str]] = {}
    shared = shared_deeds(entries)
    for one in entries:
        if (deed := one.same_deed or one.id) in shared:
            deeds.setdefault(deed, set()).add(one.item_code)
    while True:
        reached = {scope for code in touched for scope in scopes[code]}
        more = {code for code, own in scopes.items() if own & reached}
        more |= {code for codes in deeds.values() if codes & touched for code in codes}
        if more <= touched:
            return touched
        touched |= more


def _as_set(limits: Sequence[Limit]) -> set[tuple[Scope, str]]:
    """Return limits as they compare: two caps of one period have one label."""
    return {(one.scope, one.cap.label) for one in limits}


def _moved(before: Sequence[Limit], after: Sequence[Limit]) -> bool:
    """Return whether an item that both versions have has come under one of these limits, or left it."""
    if not before or not after:
        return False
    old, new = before[0].categories, after[0].categories
    changed = (code for code in old.keys() & new.keys() if old[code] != new[code])
    categories = {category for code in changed for category in (old[code], new[code])}
    return any(limit.scope.category in categories for limit in after)


def _judges_alike(then: Item, new: Item | None) -> bool:
    """Return whether two versions of an item judge every deed alike."""
    if new is None:
        return False
    first, second = asdict(then), asdict(new)
    return all(first[name] == second[name] for name in first if name not in _NOT_JUDGED_BY)
