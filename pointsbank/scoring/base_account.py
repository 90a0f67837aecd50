"""What is left of base points that were given, from what moved on the account since. Pure: numbers only.

The rule (驾照式): what goes off an account while a grant stands counts against the grant first, as far as it
reaches, and only then against what was earned. What goes off are deductions and, where base points buy goods,
what is spent. What is put right later counts where the entry that it puts right stood: a deduction of last
year that turns out wrong this year gives nothing to this year's grant. What a split takes along is no
deduction. An award is never part of a grant, nor is its reversal.

A grant stands from its entry until the entry that takes its rest back; an entry's place in the log decides,
not the day of the deed, so that nothing changes of what was taken back already.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pointsbank.points import Points

_CORRECTION = "score_correction"
_TAKING = frozenset({"deduction", "correction", "redemption", "donation"})
_PUTTING_BACK = frozenset({"reversal", "goods_return"})
_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Move:
    """A posting on an account: its entry in the log, its kind, and hundredths, < 0 off the account.

    Attributes:
        reverses: the entry that it puts back, of a reversal.
        source: kind and id of what was posted.
    """

    index: int
    kind: str
    amount: int
    reverses: int | None = None
    source: tuple[str, str] | None = None


def left_of(amount: int, moves: Iterable[Move], *, begins: int, ends: int | None = None) -> Points:
    """Return how much of a grant is left, in hundredths, >= 0.

    Args:
        amount: what was given, in hundredths, > 0.
        moves: all that moved on the account since the grant, in any order.
        begins: the entry of the grant.
        ends: the entry that took its rest back; None while it stands.

    >>> left_of(1200, [Move(8, "deduction", -300), Move(9, "award", 500)], begins=7)
    900
    >>> left_of(1200, [Move(8, "deduction", -1500)], begins=7)
    0
    """
    book = _Book(moves)
    taken = 0
    for move in book.moves:
        root = book.root_of(move)
        if begins < root and (ends is None or root < ends) and book.counts(move):
            taken -= move.amount
    return Points(max(0, amount - max(0, taken)))


def used_up_by(amount: int, moves: Sequence[Move], *, begins: int) -> Move | None:
    """Return the move with which nothing was left of a grant that stands; None where something is left.

    What was put back since is passed over: it no longer takes anything.

    >>> moves = [Move(8, "deduction", -800), Move(9, "deduction", -400), Move(10, "deduction", -100)]
    >>> used_up_by(1200, moves, begins=7).index
    9
    """
    undone = {move.reverses for move in moves if move.kind == "reversal"}
    book, taken = _Book(moves), 0
    for move in book.moves:
        if move.kind in _PUTTING_BACK or move.index in undone or book.root_of(move) <= begins:
            continue
        taken -= move.amount if book.counts(move) else 0
        if taken >= amount:
            return move
    return None


def to_take_back(left: int, balance: int) -> Points:
    """Return what is taken back of the rest of a grant: never more than is there, in hundredths.

    >>> to_take_back(900, 2000), to_take_back(900, 400), to_take_back(900, -100)
    (900, 400, 0)
    """
    return Points(max(0, min(left, balance)))


class _Book:
    """Moves by their entries, with what each of them puts right."""

    def __init__(self, moves: Iterable[Move]) -> None:
        self.moves = sorted(moves, key=lambda move: move.index)
        self._by_index = {move.index: move for move in self.moves}
        sources = ((move, *move.source) for move in self.moves if move.source)
        # By a corrected score (id), the entry that its correction put back; by a sale, its own entry.
        self._undone: dict[str, int] = {}
        self._sales: dict[str, int] = {}
        for move, kind, id in sources:
            if kind == _CORRECTION and move.reverses is not None:
                self._undone[id] = move.reverses
            elif move.kind == "redemption":
                self._sales[id] = move.index

    def root_of(self, move: Move) -> int:
        """Return the entry that a move goes back to: the first one of what it puts right, else its own."""
        while True:
            before = self._before(move)
            if before not in self._by_index:
                return move.index if before is None else before
            move = self._by_index[before]

    def counts(self, move: Move) -> bool:
        """Return whether a move is a deduction or a purchase, or gives one of these back."""
        if move.kind in _PUTTING_BACK:
            before = self._by_index.get(self._before(move) or _UNKNOWN)
            return before is not None and self.counts(before)
        return move.amount < 0 and move.kind in _TAKING

    def _before(self, move: Move) -> int | None:
        """Return the entry that a move puts right; None where it stands for itself."""
        if move.kind == "goods_return":
            # Of a sale from before the moves that are known.
            return self._sales.get(move.source[1].partition(".")[0] if move.source else "", _UNKNOWN)
        if move.kind == "correction" and move.source:
            return self._undone.get(move.source[1])
        return move.reverses
