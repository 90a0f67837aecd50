"""The refusals of indices by class name, e.g. `indices.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
