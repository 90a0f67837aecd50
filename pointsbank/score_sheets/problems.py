"""The refusals of score sheets by class name, e.g. `score_sheets.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
