"""What a meeting decided about a fault that was not put right."""

from pointsbank.labels import Labels

FAULT_DECISION = Labels(
    "fault_decision", {"taken": "采纳评分", "declined": "不扣分", "put_back": "评分撤回，重新等待评议"}
)
