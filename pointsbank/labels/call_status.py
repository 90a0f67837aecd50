"""What became of a meeting that was called."""

from pointsbank.labels import Labels

CALL_STATUS = Labels("call_status", {"called": "已召集", "begun": "已开始", "cancelled": "已取消"})
