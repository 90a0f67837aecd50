"""The item shapes (形状), one module each: adding a shape is adding a file here, and nothing else.

A module declares one `ItemShape` as ``SHAPE``. From it come the columns of the scheme's import and its
template, the points and caps of a deed, and the words on the rules page, in a meeting's list of items and in
the API. An item of a shape that no module declares cannot be adopted, and `ledger verify` names it.

A veto (一票否决) is a direction, not a shape: it has no amount that a shape could compute, whatever else the
row says; what it leads to, `consequences` reads. The directions are a closed list that also decides the sign
of every score.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pointsbank.errors import Refused
from pointsbank.labels import Labels
from pointsbank.points import Points, show
from pointsbank.registers import discover
from pointsbank.scoring import consequences, counter_terms, further_terms
from pointsbank.scoring.caps import Cap, caps_named
from pointsbank.scoring.item_shape import ItemShape, ScoreValueInvalid
from pointsbank.scoring.named_only import COLUMN as NAMED_ONLY
from pointsbank.scoring.named_only import is_named_only
from pointsbank.scoring.periods import in_words
from pointsbank.scoring.values import VETO, Item
from pointsbank.spreadsheets import Column

_CODE = re.compile("[a-z0-9_]{1,32}")


class VetoNotScored(Refused):
    """A veto whose item names no consequence: what it would lead to nobody has resolved."""

    code = "veto_not_scored"
    sentence = "“{title}”是一票否决条目，没有写明后果，不能登记：请写进会议记录，并在新一版细则里填写后果。"
    fixed_by = "村委"


class ShapeUnknown(Refused):
    """No module declares the shape of an item."""

    code = "shape_unknown"
    sentence = "条目{item}的形状“{shape}”在这个程序里没有，请改用已有的形状重新导入。"
    fixed_by = "村委"


def _declared() -> dict[str, ItemShape]:
    """Collect the shapes by code; raise ValueError for a malformed code or a shape without an example."""
    found: dict[str, ItemShape] = {}
    for module in discover(__name__):
        shape: ItemShape = module.SHAPE
        if not _CODE.fullmatch(shape.code) or shape.code in found or not shape.examples:
            raise ValueError(f"{module.__name__}: code malformed or taken, or no example")
        found[shape.code] = shape
    return found


SHAPES: Mapping[str, ItemShape] = _declared()

SHAPE = Labels(
    "shape",
    {code: shape.names[0] for code, shape in SHAPES.items()},
    spellings={code: shape.names[1:] for code, shape in SHAPES.items()},
)


def columns(common: Iterable[str]) -> list[Column]:
    """Return the columns that only shapes read, each once.

    Several shapes share a column by declaring the same object.

    Raises:
        ValueError: a shape wants a key or header that another column has.
    """
    taken, found = set(common), list[Column]()
    for shape in SHAPES.values():
        for column in shape.columns:
            if column in found:
                continue
            if taken & {column.key, *column.names}:
                raise ValueError(f"shape {shape.code}: column {column.key} is in use")
            taken |= {column.key, *column.names}
            found.append(column)
    return found


def own_terms(code: str, stored: Mapping[str, Any], *, direction: str = "") -> Mapping[str, Any]:
    """Return the terms that a shape, or a veto, reads; all of them where no module declares the shape.

    Items written before a shape's cells were kept apart may hold cells of other shapes.
    """
    further = further_terms.further_terms({**stored, "direction": direction})
    if direction == VETO:
        return further
    if code not in SHAPES:
        return stored
    keys = [column.key for column in SHAPES[code].columns]
    keys += consequences.KEYS if SHAPES[code].has_consequence else ()
    return {key: stored[key] for key in keys if key in stored} | further


def shape_of(item: Item) -> ItemShape:
    """Return the shape of an item.

    Raises:
        ShapeUnknown: no module declares it.
    """
    if item.shape not in SHAPES:
        raise ShapeUnknown(item=item.code, shape=item.shape)
    return SHAPES[item.shape]


def is_scored(item: Item) -> bool:
    """Return whether an item is one of deeds: other rows of the scheme are never entered."""
    return item.shape not in SHAPES or not SHAPES[item.shape].not_scored


def is_given(item: Item) -> bool:
    """Return whether the program gives an item's points to everybody, once a period."""
    return item.shape in SHAPES and SHAPES[item.shape].is_given


def inferred(row: Mapping[str, Any]) -> ItemShape:
    """Return the shape that the filled cells of a row mean: with 最低 and 最高 a range, else fixed …"""
    fitting = [
        shape
        for shape in SHAPES.values()
        if shape.inferred_from is not None and all(row[key] not in (None, "") for key in shape.inferred_from)
    ]
    return max(fitting, key=lambda shape: len(shape.inferred_from or ()))


def meant(row: Mapping[str, Any]) -> ItemShape:
    """Return the shape that a row names, or the one that its filled cells speak of."""
    return SHAPES[row["shape"]] if row["shape"] else inferred(row)


def points_for(item: Item, quantity: int | None, given: Points | None) -> Points:
    """Return what a deed earns before caps, in hundredths, >= 0; the direction is the caller's.

    Args:
        item: the rule.
        quantity: in hundredths, so that one and a half hours are exact; None: not given.
        given: points as written, in hundredths, without sign; None: not given.

    Raises:
        VetoNotScored: the item is a veto that names no consequence.
        ShapeUnknown: no module declares the item's shape.
        ScoreValueInvalid: the points given are not those that the rule comes to.
        QuantityWrong: the quantity is missing, or of no use to the shape.
    """
    # Of others nothing is earned or lost: a veto is kept as a fixed item without points.
    if item.direction == VETO and not consequences.restricted_by(item):
        raise VetoNotScored(title=item.title)
    shape = shape_of(item)
    amount = shape.points_for(item, quantity, given)
    if not shape.judged and given is not None and given != amount:
        raise ScoreValueInvalid(reason=f"按细则应为{show(amount)}分，填的是{show(given)}分，请改正或留空。")
    return amount


def caps_of(item: Item, points: int) -> list[Cap]:
    """Return every limit on a deed that earns so many hundredths: the shape's own, then the item's.

    Raises:
        ShapeUnknown: no module declares the item's shape.
    """
    if item.direction == VETO:
        return []
    return [*shape_of(item).caps(item, points), *caps_named(item)]


def label(item: Item) -> str:
    """Return how much an item is, when it counts and its caps, as every page, list and answer says it.

    Example:
        label(item)  # "+5，每年最多20分"
    """
    if item.direction == VETO:
        return consequences.in_words(item)
    if item.shape not in SHAPES:
        return f"形状“{item.shape}”无法识别"
    parts = [SHAPES[item.shape].label(item)]
    if item.scored_in:
        parts.append(f"只在{in_words(item.scored_in)}评分")
    parts += [cap.label for cap in SHAPES[item.shape].shown_caps(item)]
    if is_named_only(item):
        parts.append("只计点名的户")
    if item.double_months:
        parts.append(f"{item.double_months}个月内再次发生加倍")
    return "，".join([*parts, *counter_terms.in_words(item)])
