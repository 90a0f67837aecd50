"""States of a meeting."""

from pointsbank.labels import Labels

MEETING_STATUS = Labels(
    "meeting_status", {"called": "已召集", "open": "正在评议", "closed": "已结束", "cancelled": "已取消"}
)
