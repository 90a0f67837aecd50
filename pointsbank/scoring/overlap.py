"""One deed, several items: what counts once and what counts twice. Pure: values in, values out."""

from collections.abc import Iterable, Sequence
from datetime import date

from pointsbank.scoring.periods import months_later


def counted_once(amounts: Sequence[int]) -> int:
    """Return the index of the one that counts among the signed amounts of one deed.

    A good deed that fits several plus items counts as the highest, a bad one as the largest deduction; where
    one deed is claimed as both, the deduction stands, for a bad deed is not bought off by calling it good.
    Of equal ones the first counts.
    """
    deductions = [amount for amount in amounts if amount < 0]
    return amounts.index(min(deductions) if deductions else max(amounts))


def is_repeated(day: date, earlier: Iterable[date], *, validity_months: int) -> bool:
    """Return whether the same bad deed was on record within its validity, the last day left out.

    Args:
        earlier: days of the same deeds on record.
        validity_months: >= 1.

    Only the deeds' days matter, so entering one late never makes it valid for longer.
    """
    return any(before <= day < months_later(before, validity_months) for before in earlier)
