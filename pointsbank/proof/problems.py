"""The refusals of proof by class name, e.g. `proof.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
