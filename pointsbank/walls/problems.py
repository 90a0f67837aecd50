"""The refusals of walls by class name, e.g. `walls.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
