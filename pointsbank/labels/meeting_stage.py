"""Where a meeting stands, from its call to its close; of one that began the call no longer counts."""

from pointsbank.labels import Labels
from pointsbank.labels.call_status import CALL_STATUS
from pointsbank.labels.meeting_status import MEETING_STATUS

MEETING_STAGE = Labels(
    "meeting_stage",
    {
        "called": CALL_STATUS.name("called"),
        **MEETING_STATUS.names,
        "cancelled": CALL_STATUS.name("cancelled"),
    },
)
