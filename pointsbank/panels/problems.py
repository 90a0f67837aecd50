"""The refusals of panels by class name, e.g. `panels.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
