"""What a table of bands is measured on: the marks of a period, by participant."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import Session

from pointsbank import keepers, scoring
from pointsbank.grades.known_tables import GradeTable
from pointsbank.grades.periods import months_in
from pointsbank.points import Points
from pointsbank.scoring import BasePeriod


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a period in hundredths by participant (id), and whether anything counted in it at all.

    `all_have`: who is not among the marks has 0; else who is not among them has none.
    """

    marks: Mapping[str, int]
    has_begun: bool
    all_have: bool = True


def measure(session: Session, table: GradeTable, period: BasePeriod, *, village: str) -> Marks:
    """Return the marks of a period as they are now.

    Raises:
        MonthInvalid: never of the months of a period.
    """
    return _MEASURES[table.measured_on](session, village, table, period)


def average(honours: Sequence[int]) -> int:
    """Return the average of months in hundredths, rounded as it is shown, a half away from nothing.

    >>> average([1000, 0, 0]), average([1, 0]), average([-1, 0]), average([])
    (333, 1, -1, 0)
    """
    if not honours:
        return 0
    exact = Fraction(sum(honours), len(honours))
    sign = -1 if exact < 0 else 1
    return sign * int(abs(exact) + Fraction(1, 2))


def _honour(session: Session, village: str, period: BasePeriod) -> tuple[dict[str, list[int]], bool]:
    """Return each participant's honour of every month of a period, and whether anything counted."""
    found: dict[str, list[int]] = defaultdict(list)
    has_begun = False
    for month in months_in(period):
        for participant, total in scoring.month_totals(session, village=village, month=month).items():
            found[participant].append(total.honour)
            has_begun = has_begun or bool(total.plus or total.minus)
    return found, has_begun


def _sum(session: Session, village: str, _table: GradeTable, period: BasePeriod) -> Marks:
    honours, has_begun = _honour(session, village, period)
    return Marks({who: sum(months) for who, months in honours.items()}, has_begun)


def _average(session: Session, village: str, _table: GradeTable, period: BasePeriod) -> Marks:
    honours, has_begun = _honour(session, village, period)
    months = len(months_in(period))
    padded = {who: [*found, *([0] * (months - len(found)))] for who, found in honours.items()}
    return Marks({who: average(found) for who, found in padded.items()}, has_begun)


def _with_base(session: Session, village: str, _table: GradeTable, period: BasePeriod) -> Marks:
    honours, has_begun = _honour(session, village, period)
    given = _base(scoring.base_given, session, village, period)
    marks = {who: given.get(who, 0) + sum(honours.get(who, ())) for who in {*given, *honours}}
    return Marks(marks, has_begun or bool(given))


def _base_left(session: Session, village: str, _table: GradeTable, period: BasePeriod) -> Marks:
    left = _base(scoring.base_left, session, village, period)
    return Marks(left, bool(left), all_have=False)


def _base(
    read: Callable[..., Mapping[str, Points]], session: Session, village: str, period: BasePeriod
) -> Mapping[str, Points]:
    if period.first is None or period.last is None:
        return {}
    return read(session, village=village, first=period.first, last=period.last)


def _category(session: Session, village: str, table: GradeTable, period: BasePeriod) -> Marks:
    marks = scoring.category_totals(
        session, village=village, category=table.category, months=months_in(period)
    )
    return Marks(marks, bool(marks))


def _stars(session: Session, village: str, table: GradeTable, period: BasePeriod) -> Marks:
    won = scoring.stars_won(session, village=village, category=table.category, months=months_in(period))
    return Marks({who: 100 * number for who, number in won.items()}, bool(won))


def _patrol(session: Session, village: str, _table: GradeTable, period: BasePeriod) -> Marks:
    if period.first is None or period.last is None:
        return Marks({}, False, all_have=False)
    means = keepers.mean_scores(session, village=village, first=period.first, last=period.last)
    return Marks(means, bool(means), all_have=False)


_MEASURES: dict[str, Callable[[Session, str, GradeTable, BasePeriod], Marks]] = {
    "honour_sum": _sum,
    "honour_average": _average,
    "honour_with_base": _with_base,
    "base_left": _base_left,
    "category": _category,
    "stars": _stars,
    "patrol": _patrol,
}
