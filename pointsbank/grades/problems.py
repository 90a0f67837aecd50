"""The refusals of grades by class name, e.g. `grades.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
