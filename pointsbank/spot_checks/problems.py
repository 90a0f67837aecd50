"""The refusals of spot checks by class name, e.g. `spot_checks.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
