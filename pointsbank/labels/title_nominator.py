"""Who nominates somebody for a title."""

from pointsbank.labels import Labels

TITLE_NOMINATOR = Labels(
    "title_nominator", {"panel": "评议小组", "group": "村民小组", "meeting": "会议", "person": "村民个人"}
)
