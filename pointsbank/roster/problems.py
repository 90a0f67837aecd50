"""The refusals of roster by class name, e.g. `roster.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
