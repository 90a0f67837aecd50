"""The refusals of approvals by class name, e.g. `approvals.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
