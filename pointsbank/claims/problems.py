"""The refusals of claims by class name, e.g. `claims.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
