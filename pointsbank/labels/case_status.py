"""How far a case stands that was put before a meeting's panel."""

from pointsbank.labels import Labels

CASE_STATUS = Labels(
    "case_status",
    {"waiting": "打分中", "complete": "已打完", "drawn": "已计入评分", "dropped": "已撤下"},
)
