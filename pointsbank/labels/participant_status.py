"""States of a participant's file."""

from pointsbank.labels import Labels

PARTICIPANT_STATUS = Labels(
    "participant_status", {"active": "正常", "away": "常年在外", "suspended": "暂停", "closed": "销户"}
)
