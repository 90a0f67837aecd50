"""The refusals of duties by class name, e.g. `duties.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
