"""States of an act that waits for a second person."""

from pointsbank.labels import Labels

APPROVAL_STATUS = Labels(
    "approval_status",
    {
        "waiting": "等待确认",
        "confirmed": "已确认",
        "declined": "未同意",
        "withdrawn": "已撤回",
        "expired": "已过期",
    },
)
