"""What becomes of points and honour when the points year is over. Pure: numbers and moves only.

What a household has is of two years: what stood on the account when the year turned, and what came since.
Whatever is spent since comes off the old points first, so that nobody loses what could still be spent. What
is put right counts where the entry stood that it puts right: an award of the old year that is taken back
takes old points, goods that come back bring old points back.

Of honour nothing is spent: what is deducted since the turn is the new year's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pointsbank.points import Points

STAY, CEILING, CLEAR, TO_HONOUR = "stay", "ceiling", "clear", "to_honour"
"""What becomes of points: all stay, so many at most stay, none stays, all become honour."""
KEPT, ANEW = "kept", "anew"
"""What becomes of honour: it stays for ever, or begins anew."""
UNDONE = "year_end_undone"
"""The kind of source of what puts a run's transactions back; the id is the number of the transaction."""
_FULL_RATE = 100
_MOVING = frozenset({"clearing", "transfer"})


@dataclass(frozen=True, slots=True)
class Terms:
    """What a village has resolved for the end of its points year.

    Attributes:
        points: STAY, CEILING, CLEAR or TO_HONOUR.
        ceiling: hundredths of a point that stay at most, > 0, of CEILING.
        rate: hundredths of honour for each point, 1 to 10,000, of TO_HONOUR.
        honour: KEPT or ANEW.
    """

    points: str
    ceiling: Points | None = None
    rate: int | None = None
    honour: str = KEPT


@dataclass(frozen=True, slots=True)
class Move:
    """What moved on an account since the year turned, in hundredths, < 0 off the account.

    Attributes:
        root: the entry that it goes back to, of what it puts right; its own else.
        root_amount: what that entry moved, where it is of the new year.
        old_part: of points that came from another household: how much of them was old.
    """

    index: int
    kind: str
    amount: int
    root: int
    root_amount: int = 0
    old_part: int = 0


@dataclass(frozen=True, slots=True)
class Parting:
    """What goes and comes, in hundredths, >= 0: points, honour for them, honour that begins anew."""

    gone: Points
    honour: Points
    honour_gone: Points


def old_points(at_turn: int, moves: Iterable[Move], *, turn: int) -> int:
    """Return what is left of what stood on an account when the year turned; < 0: new points went too.

    Args:
        at_turn: hundredths on the account at that moment.
        moves: all that moved since, in any order.
        turn: the first entry of the new year.

    >>> since = [Move(12, "redemption", -300, root=12, root_amount=-300), Move(13, "award", 500, root=13)]
    >>> old_points(1000, since, turn=10)
    700
    >>> old_points(1000, [Move(12, "reversal", -400, root=3)], turn=10)  # an award of the old year
    600
    """
    old = at_turn
    for move in moves:
        if move.old_part:
            old += move.old_part
        elif move.root < turn or (move.root_amount or move.amount) < 0:
            old += move.amount
    return old


def old_honour(at_turn: int, moves: Iterable[Move], *, turn: int) -> int:
    """Return what is left of the honour that stood on an account when the year turned.

    What base points of the old year were taken back since, and what moved with a household, is of the old
    year; a deduction since is of the new one.

    >>> since = [Move(12, "clearing", -900, root=12), Move(13, "base", 1200, root=13)]
    >>> old_honour(5900, since, turn=10)
    5000
    >>> old_honour(5000, [Move(14, "deduction", -200, root=14, root_amount=-200)], turn=10)
    5000
    """
    old = at_turn
    for move in moves:
        if move.old_part:
            old += move.old_part
        elif move.root < turn or (move.kind in _MOVING and move.amount < 0):
            old += move.amount
    return old


def part(terms: Terms, *, points: int, old: int, apart: int = 0, old_honour: int = 0) -> Parting:
    """Return what goes of an account, and what comes for it.

    Args:
        points: what is on the account now, in hundredths; below zero it stays as it is.
        old: as `old_points`.
        apart: hundredths that are kept apart, such as gifts, >= 0.
        old_honour: as `old_honour`; below zero it stays.

    >>> part(Terms(CLEAR), points=12000, old=10000)
    Parting(gone=10000, honour=0, honour_gone=0)
    >>> part(Terms(CEILING, ceiling=Points(8000)), points=12000, old=10000)
    Parting(gone=2000, honour=0, honour_gone=0)
    >>> part(Terms(TO_HONOUR, rate=50), points=333, old=333, apart=100)
    Parting(gone=233, honour=116, honour_gone=0)
    """
    left = max(0, min(points, old))
    free = left - min(left, max(0, apart))
    if terms.points == STAY:
        gone = 0
    elif terms.points == CEILING:
        gone = max(0, free - (terms.ceiling or 0))
    else:
        gone = free
    honour = honour_for(terms, gone)
    honour_gone = max(0, old_honour) if terms.honour == ANEW else 0
    return Parting(Points(gone), Points(honour), Points(honour_gone))


def honour_for(terms: Terms, gone: int) -> int:
    """Return the honour that points become, in hundredths; what is less than a hundredth falls away.

    >>> honour_for(Terms(TO_HONOUR, rate=50), 333), honour_for(Terms(CLEAR), 333)
    (166, 0)
    """
    return gone * (terms.rate or 0) // _FULL_RATE if terms.points == TO_HONOUR else 0
