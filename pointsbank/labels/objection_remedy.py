"""What an upheld objection to a score did."""

from pointsbank.labels import Labels

OBJECTION_REMEDY = Labels(
    "objection_remedy",
    {
        "struck": "已撤销",
        "changed": "已改",
        "missing": "漏记待补",
        "dropped": "更正作废",
        "correction": "走更正",
    },
)
