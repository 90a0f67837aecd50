"""The refusals of the year's end by class name, e.g. `year_end.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
