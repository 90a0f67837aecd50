"""What a meeting decides about a claim."""

from pointsbank.labels import Labels

CLAIM_DECISION = Labels(
    "claim_decision", {"taken": "采纳评分", "declined": "不采纳", "put_back": "评分撤回，重新等待评议"}
)
