"""The refusals of publicity by class name, e.g. `publicity.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
