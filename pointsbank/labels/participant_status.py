"""How a participant stands on the roster."""

from pointsbank.labels import Labels

PARTICIPANT_STATUS = Labels(
    "participant_status",
    {"active": "正常", "away": "常年在外", "suspended": "暂停", "closed": "销户", "left_post": "离岗"},
)

LEFT_POST = "left_post"
"""As a keeper is shown who is closed: there was no household to close. It is never stored."""


def shown_status(kind: str, status: str) -> str:
    """Return the code under which a participant is shown.

    Args:
        kind: a code of `labels.participant_kind`.

    Example:
        >>> shown_status("keeper", "closed"), shown_status("household", "closed")
        ('left_post', 'closed')
    """
    return LEFT_POST if (kind, status) == ("keeper", "closed") else status
