"""The refusals of helping by class name, e.g. `helping.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
