"""The refusals of keepers by class name, e.g. `keepers.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
