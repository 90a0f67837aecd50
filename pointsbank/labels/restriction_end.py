"""How a restriction ended before its last day."""

from pointsbank.labels import Labels

RESTRICTION_END = Labels("restriction_end", {"lifted": "已解除", "reversed": "评分更正，已取消"})
