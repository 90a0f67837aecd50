"""The refusals of households by class name, e.g. `households.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
