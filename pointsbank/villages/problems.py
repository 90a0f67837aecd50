"""The refusals of villages by class name, e.g. `villages.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
