"""The refusals of watermark by class name, e.g. `watermark.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
