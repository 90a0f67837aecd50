"""The refusals of inspections by class name, e.g. `inspections.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
