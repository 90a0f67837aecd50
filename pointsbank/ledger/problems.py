"""The refusals of ledger by class name, e.g. `ledger.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
