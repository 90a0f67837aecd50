"""How a participant stands on the roster, as it is shown: of a keeper there was no household to close."""

from pointsbank.labels import Labels
from pointsbank.labels.participant_status import PARTICIPANT_STATUS

LEFT_POST = "left_post"

SHOWN_STATUS = Labels("shown_status", {**PARTICIPANT_STATUS.names, LEFT_POST: "离岗"})


def shown_status(kind: str, status: str) -> str:
    """Return the code under which a participant is shown.

    Args:
        kind: a code of `labels.participant_kind`.

    Example:
        >>> shown_status("keeper", "closed"), shown_status("household", "closed")
        ('left_post', 'closed')
    """
    return LEFT_POST if (kind, status) == ("keeper", "closed") else status
