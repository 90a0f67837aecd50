"""States of a meeting that has begun."""

from pointsbank.labels import Labels

MEETING_STATUS = Labels("meeting_status", {"open": "正在评议", "closed": "已结束"})
