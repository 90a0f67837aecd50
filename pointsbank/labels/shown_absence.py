"""Why somebody has no grade, as it is shown: a keeper who is closed left the post."""

from pointsbank.labels import Labels
from pointsbank.labels.grade_absence import GRADE_ABSENCE
from pointsbank.labels.shown_status import LEFT_POST, shown_status

SHOWN_ABSENCE = Labels("shown_absence", {**GRADE_ABSENCE.names, LEFT_POST: "已离岗，不评"})


def shown_absence(kind: str, absence: str) -> str:
    """Return the code under which a participant without a grade is shown.

    Args:
        kind: a code of `labels.participant_kind`.

    Example:
        >>> shown_absence("keeper", "closed"), shown_absence("household", "closed")
        ('left_post', 'closed')
    """
    return shown_status(kind, absence)
