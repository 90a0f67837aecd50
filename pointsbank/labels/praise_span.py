"""How long praise of a kind stands."""

from pointsbank.labels import Labels

PRAISE_SPAN = Labels(
    "praise_span",
    {"month": "一个月", "standing": "一直在榜"},
    spellings={"month": ("当月", "按月"), "standing": ("长期",)},
)
