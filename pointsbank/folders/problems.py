"""The refusals of long prints by class name, e.g. `folders.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
