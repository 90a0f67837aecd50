"""The refusals of objections by class name, e.g. `objections.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
