"""What can be objected to."""

from pointsbank.labels import Labels

OBJECTION_SUBJECT = Labels(
    "objection_subject", {"score": "评分", "listing": "上榜", "listing_fact": "记录的事实", "title": "称号"}
)
