"""Units that accounts hold."""

from pointsbank.labels import Labels

UNIT = Labels("unit", {"points": "可用积分", "honour": "荣誉积分"})
