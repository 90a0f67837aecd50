"""Filters by which a list of sums is made of some months: no row is left to be taken away."""

from dataclasses import dataclass

from pointsbank import dates
from pointsbank.dates import day_of
from pointsbank.lists.base import Asked
from pointsbank.lists.filters import AlreadyApplied
from pointsbank.scoring import Period, usual_period


@dataclass(frozen=True)
class OfMonths(AlreadyApplied):
    """The rows are of the months from this one on, or up to this one: they are added up so."""

    def check(self, value: str) -> None:
        """Raise MonthInvalid as `dates.parse_month`."""
        dates.parse_month(value)

    @property
    def typed(self) -> str:
        """Return the type of the field on the page."""
        return "month"


MONTHS = (OfMonths("first", "从", "entries"), OfMonths("until", "到", "entries"))
"""From which month to which; both may be left open."""


def period_of(asked: Asked) -> Period:
    """Return the months that a list is of, the last twelve unless others were asked for.

    Raises:
        MonthInvalid, PeriodInvalid: as `scoring.usual_period`.
    """
    given = {name: asked.filters[name] for name in ("first", "until") if name in asked.filters}
    return usual_period(day_of(asked.at), **given)
