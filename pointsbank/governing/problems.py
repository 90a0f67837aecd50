"""The refusals of governing by class name, e.g. `governing.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
