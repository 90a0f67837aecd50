"""From where a year's days off are known."""

from pointsbank.labels import Labels

DAYS_KNOWN = Labels(
    "days_known",
    {
        "library": "随程序带来",
        "file": "按保存的通知",
        "unknown": "还没有公布",
    },
)
