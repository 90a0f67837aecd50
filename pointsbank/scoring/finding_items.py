"""Finds items of the scheme as people call them: by number, words, pinyin or initials, best fit first."""

from collections.abc import Sequence
from functools import lru_cache

from pointsbank import roster
from pointsbank.roster import Fit, Query
from pointsbank.scoring.values import Item

OFFERED = 8
"""Items that are offered at once."""

_NOT = len(Fit)


def find_items(items: Sequence[Item], query: str) -> list[Item]:
    """Return the items that something typed may mean, best fit first, then as the scheme has them.

    The rule is the one by which people are found (`roster.ranking`), so that both boxes of a meeting answer
    alike. Nothing typed means every item.

    Example:
        [one.code for one in find_items(items, "xq")]  # ["XZ06"]: 参与修渠、修路等集体建设投工
    """
    asked = roster.read_query(query)
    if not asked.words:
        return list(items)
    fitting = ((_fit(asked, item), place) for place, item in enumerate(items))
    return [items[place] for _, place in sorted(one for one in fitting if one[0] < _NOT)]


def meant_item(items: Sequence[Item], query: str) -> Item | None:
    """Return the item that is meant: by its number, or because no other fits; None where that is open.

    Example:
        meant_item(items, "hj01").code  # "HJ01"
    """
    found = find_items(items, query)
    exact = [one for one in found if one.code.lower() == roster.read_query(query).code.lower()]
    clear = exact or found
    return clear[0] if len(clear) == 1 and query.strip() else None


def _fit(asked: Query, item: Item) -> int:
    """Return how well an item fits; `_NOT` where it does not."""
    found = roster.fit(asked, code=item.code, search_key=_key(item.title, item.code))
    return _NOT if found is None else int(found)


@lru_cache(maxsize=1024)
def _key(title: str, code: str) -> str:
    """Return everything an item can be found by; a dictionary reads each title once."""
    return roster.search_key(title, code)
