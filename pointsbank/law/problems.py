"""The refusals of law by class name, e.g. `law.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
