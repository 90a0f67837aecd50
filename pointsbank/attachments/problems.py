"""The refusals of attachments by class name, e.g. `attachments.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
