"""Where a correction of a score stands."""

from pointsbank.labels import Labels

CORRECTION_STATUS = Labels(
    "correction_status",
    {
        "unhung": "更正公示未张贴",
        "hanging": "更正公示中",
        "posted": "更正已入账",
        "dropped": "更正作废",
        "decided": "按异议改",
    },
)
