"""Who proposed a household for a deed."""

from pointsbank.labels import Labels

PRAISE_PROPOSER = Labels(
    "praise_proposer",
    {"panel": "评议小组", "meeting": "评议会", "person": "村民"},
    spellings={"person": ("个人", "一户")},
)
