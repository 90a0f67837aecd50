"""The refusals of printing by class name, e.g. `printing.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
