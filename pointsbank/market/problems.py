"""The refusals of market by class name, e.g. `market.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
