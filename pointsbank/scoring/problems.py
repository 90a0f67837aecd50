"""The refusals of scoring by class name, e.g. `scoring.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
