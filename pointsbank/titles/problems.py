"""The refusals of titles by class name, e.g. `titles.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
