"""Why somebody has no grade of a period, or one that no points gave."""

from pointsbank.labels import Labels
from pointsbank.labels.participant_status import LEFT_POST, shown_status

GRADE_ABSENCE = Labels(
    "grade_absence",
    {
        "away": "常年在外，不评",
        "left": "退出各种榜，不评",
        "closed": "已销户，不评",
        "left_post": "已离岗，不评",
        "unmeasured": "还没有可评的分",
        "restricted": "一票否决，直接最低一档",
    },
)

STORED = tuple(code for code in GRADE_ABSENCE.codes if code != LEFT_POST)
"""Those that are written down; the other is how a keeper who is closed is shown."""


def shown_absence(kind: str, absence: str) -> str:
    """Return the code under which a participant without a grade is shown.

    Args:
        kind: a code of `labels.participant_kind`.

    Example:
        >>> shown_absence("keeper", "closed"), shown_absence("household", "closed")
        ('left_post', 'closed')
    """
    return shown_status(kind, absence)
