"""The refusals of questions by class name, e.g. `questions.problems.NAME`."""

from pointsbank.errors import problems_of

__getattr__ = problems_of(__name__)
