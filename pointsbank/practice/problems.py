"""The refusals of practice by class name, e.g. `practice.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
