"""The refusals of staff by class name, e.g. `staff.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
