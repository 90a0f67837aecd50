"""The refusals of boards by class name, e.g. `boards.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
