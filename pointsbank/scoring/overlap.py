"""One deed, several items: what counts once and what counts twice. Pure: values in, values out."""

from collections.abc import Iterable, Sequence
from datetime import date

from pointsbank.scoring.periods import months_later


def counted_once(worths: Sequence[int]) -> int:
    """Of the signed worths of one deed, the place of the one that counts.

    A good deed that fits several plus items counts as the highest, a bad one as the largest deduction; where
    one deed is claimed as both, the deduction stands, for a bad deed is not bought off by calling it good.
    Of equal ones the first counts.
    """
    deductions = [worth for worth in worths if worth < 0]
    return worths.index(min(deductions) if deductions else max(worths))


def is_repeated(day: date, earlier: Iterable[date], *, validity_months: int) -> bool:
    """Whether the same bad deed was on record within its validity, in months, the last day left out.

    Only the deeds' days matter, so entering one late never makes it valid for longer.
    """
    return any(past <= day < months_later(past, validity_months) for past in earlier)
