"""States of a score. 撤回 is for what has not reached the ledger; 撤销 undoes what has."""

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
