"""The refusals of ceremonies by class name, e.g. `ceremonies.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
