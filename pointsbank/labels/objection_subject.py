"""What can be objected to."""

from pointsbank.labels import Labels

OBJECTION_SUBJECT = Labels("objection_subject", {"score": "评分", "listing": "上榜", "title": "称号"})
