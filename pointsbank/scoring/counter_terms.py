"""Which items may be entered at the counter (柜台登记), how much of one a household gets there a day. Pure.

An item says it in two cells, 柜台登记 and 每日上限; its own caps hold besides. Only what a rule measures by
itself goes without a meeting: nothing that takes points, and nothing that a panel judges.
"""

from collections.abc import Mapping
from typing import Any

from pointsbank.points import show
from pointsbank.scoring.caps import Cap, cap
from pointsbank.scoring.item_shape import CellProblem, ItemShape
from pointsbank.scoring.values import PLUS, Item
from pointsbank.spreadsheets import Column, choice, points

YES = "是"
COLUMNS = (
    Column(("柜台登记", "at_counter"), "at_counter", False, choice({YES: YES, "否": ""}), ""),
    Column(("每日上限", "counter_ceiling"), "counter_ceiling", False, points, show=show),
)
"""What only items of deeds read of the scheme's table."""
KEYS = tuple(column.key for column in COLUMNS)


def counter_problems(row: Mapping[str, Any], shape: ItemShape | None) -> list[CellProblem]:
    """Return what is wrong with the two cells of a row.

    Args:
        shape: of the item; None for a veto.
    """
    allowed, ceiling = row["at_counter"], row["counter_ceiling"]
    if not allowed:
        return [("每日上限", "只有可以柜台登记的条目才填，请留空。")] if ceiling is not None else []
    if shape is None or row["direction"] != PLUS or not shape.measured:
        return [("柜台登记", "只有按细则直接算分的加分条目才能柜台登记，要评议的、扣分的请留空。")]
    if ceiling is None or ceiling <= 0:
        return [("每日上限", "可以柜台登记的条目，要填每户每天最多几分，应大于0。")]
    return []


def counter_terms(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the two cells of a sound row as an item keeps them; nothing where they are empty."""
    return {key: row[key] for key in KEYS if row.get(key) not in (None, "")}


def is_at_counter(item: Item) -> bool:
    """Return whether an item may be entered at the counter.

    Example:
        is_at_counter(item)  # True
    """
    return item.terms.get("at_counter") == YES


def counter_ceiling(item: Item) -> Cap | None:
    """Return how much of an item a household gets at the counter a day; None where it is not entered there.

    Example:
        counter_ceiling(item).label  # "每日最多10分"
    """
    return cap("day", points=item.terms["counter_ceiling"]) if is_at_counter(item) else None


def in_words(item: Item) -> list[str]:
    """Return what the rules page says of the counter; nothing of other items.

    Example:
        in_words(item)  # ["可在柜台登记，每户每天最多10分"]
    """
    ceiling = counter_ceiling(item)
    return [f"可在柜台登记，每户每天最多{show(ceiling.points or 0)}分"] if ceiling else []
