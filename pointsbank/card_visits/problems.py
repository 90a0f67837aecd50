"""The refusals of card_visits by class name, e.g. `card_visits.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
