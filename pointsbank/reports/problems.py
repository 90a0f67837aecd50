"""The refusals of the book sent up by class name, e.g. `reports.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
