"""States of a score as they are stored."""

from pointsbank.labels import Labels

SCORE_STATUS = Labels(
    "score_status",
    {
        "entered": "已录入",
        "published": "公示中",
        "contested": "有异议",
        "posted": "已入账",
        "withdrawn": "已撤回",
    },
)
