"""The sums of a statement: what stood before, what came, what went, what stands after. Pure: numbers only."""

from collections.abc import Iterable
from dataclasses import dataclass

from pointsbank.errors import Refused


class StatementAstray(Refused):
    """What stood before, what came and what went do not make what stands after: nothing is printed."""

    code = "statement_astray"
    sentence = "这一户的各笔加起来和余额对不上，对账单不打印：请管理员核对账本（pointsbank ledger verify）。"
    fixed_by = "管理员"


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one account in a span, in hundredths; `came_in` and `went_out` are >= 0."""

    opening: int
    came_in: int
    went_out: int
    closing: int


def add_up(opening: int, moves: Iterable[tuple[int, int]], closing: int) -> Sums:
    """Return the sums of an account, each line and the end checked.

    Args:
        opening: what stood before the first move.
        moves: each as its signed amount and what the ledger says stood after it, the oldest first.
        closing: what stood at the end, found without these moves.

    Raises:
        StatementAstray: a line or the end is another than the sums make.

    Example:
        >>> add_up(1000, [(200, 1200), (-450, 750)], 750)
        Sums(opening=1000, came_in=200, went_out=450, closing=750)
    """
    standing, came_in, went_out = opening, 0, 0
    for amount, after in moves:
        standing += amount
        if standing != after:
            raise StatementAstray()
        came_in += max(amount, 0)
        went_out += max(-amount, 0)
    if standing != closing:
        raise StatementAstray()
    return Sums(opening, came_in, went_out, closing)
