"""One deed, several items; the same bad deed again. Pure: values in, values out."""

from collections.abc import Iterable
from datetime import date

from pointsbank.scoring.periods import months_later


def counts_besides(amount: int, counted: int) -> int:
    """Return what still counts of an item of a deed: by how much it exceeds what counted of the deed before.

    So the deed comes to the highest of its items, a bad one to the largest deduction, in whatever order they
    are entered.

    Args:
        amount: what the item would count by itself, in hundredths without sign.
        counted: what the deed's other items count together, in hundredths without sign.

    Example:
        >>> counts_besides(800, 500), counts_besides(500, 800)
        (300, 0)
    """
    return max(0, amount - counted)


def is_repeated(day: date, earlier: Iterable[date], *, validity_months: int) -> bool:
    """Return whether the same bad deed was on record within its validity, the last day left out.

    Args:
        earlier: days of the same deeds on record.
        validity_months: >= 1.

    Only the deeds' days matter, so entering one late never makes it valid for longer.
    """
    return any(before <= day < months_later(before, validity_months) for before in earlier)
