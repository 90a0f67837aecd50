"""Who an item applies to (适用), where the scheme says it in words that name kinds of participants. Pure."""

from pointsbank.scoring.consequences import restricted_by
from pointsbank.scoring.item_shape import QuantityWrong, ScoreValueInvalid
from pointsbank.scoring.named_kinds import kinds_of
from pointsbank.scoring.named_only import COLLECTIVE, is_named_only
from pointsbank.scoring.shapes import VetoNotScored, is_scored, points_for
from pointsbank.scoring.values import VETO, Item

QUANTITY, POINTS, NOTHING = "quantity", "points", ""
"""What an entry of an item needs beside its name."""


def applies(item: Item, kind: str) -> bool:
    """Return whether an item may be scored for a participant of this kind.

    Example:
        scoring.applies(item, "party_member")  # True for 党员, and for words that name no kind
    """
    kinds = kinds_of(item.applies_to)
    return not kinds or kind in kinds


def needs(item: Item) -> str:
    """Return what an entry of an item needs: "quantity", the panel's "points", or "" where a tick says all.

    Raises:
        ShapeUnknown: an adopted item was changed behind the program's back.

    Example:
        needs(item)  # "quantity" for +2/小时, "points" for +5至10
    """
    try:
        points_for(item, None, None)
    except QuantityWrong:
        return QUANTITY
    except ScoreValueInvalid:
        return POINTS
    except VetoNotScored:
        return NOTHING
    return NOTHING


def counts_faults(item: Item) -> bool:
    """Return whether an item takes a quantity that may be left empty: faults found, of which none is best.

    Raises:
        ShapeUnknown: an adopted item was changed behind the program's back.

    Example:
        counts_faults(item)  # True of 满分25，每处扣5
    """
    try:
        return points_for(item, None, None) != points_for(item, 100, None)
    except (VetoNotScored, ScoreValueInvalid):
        return False


def is_ticked(item: Item, *, kind: str) -> bool:
    """Return whether a tick on paper says all about a deed of a participant of this kind.

    Not so where a quantity, the panel's points or a remark belong to it, nor for a veto.

    Raises:
        ShapeUnknown: an adopted item was changed behind the program's back.

    Example:
        [item for item in items if scoring.is_ticked(item, kind="household")]
    """
    try:
        points_for(item, None, None)
    except (VetoNotScored, ScoreValueInvalid):
        return False
    return item.direction != VETO and not is_named_only(item) and applies(item, kind)


def can_be_entered(item: Item, kind: str) -> bool:
    """Return whether an item may be entered for such a participant: a veto if it names what follows.

    Example:
        scoring.can_be_entered(item, "household")  # True
    """
    if is_named_only(item) and kind in COLLECTIVE:
        return False
    return applies(item, kind) and is_scored(item) and (item.direction != VETO or bool(restricted_by(item)))
