"""Who an item applies to (适用), where the scheme says it in words that name kinds of participants. Pure."""

import re
from functools import lru_cache

from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.scoring.consequences import restricted_by
from pointsbank.scoring.item_shape import QuantityWrong, ScoreValueInvalid
from pointsbank.scoring.named_only import COLLECTIVE, is_named_only
from pointsbank.scoring.shapes import VetoNotScored, is_scored, points_for
from pointsbank.scoring.values import VETO, Item

QUANTITY, POINTS, NOTHING = "quantity", "points", ""
"""What an entry of an item needs beside its name."""

_SEPARATORS = re.compile(r"[/、，,；;和\s]+")


@lru_cache(maxsize=1024)
def kinds_of(applies_to: str) -> frozenset[str]:
    """Return the kinds of participants that these words name; none where a word is no kind.

    >>> sorted(kinds_of("党员/党支部")), sorted(kinds_of("村民个人"))
    (['party_branch', 'party_member'], [])
    """
    words = [word for word in _SEPARATORS.split(applies_to) if word]
    kinds = [PARTICIPANT_KIND.code(word) for word in words]
    return frozenset(kind for kind in kinds if kind) if all(kinds) else frozenset()


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
