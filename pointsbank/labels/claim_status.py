"""How a claim stands."""

from pointsbank.labels import Labels

CLAIM_STATUS = Labels("claim_status", {"waiting": "等待评议", "taken": "已评分", "declined": "未采纳"})
