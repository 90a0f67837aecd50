"""How a fault stands that an inspection found."""

from pointsbank.labels import Labels

FAULT_STATUS = Labels(
    "fault_status",
    {
        "found": "等复查",
        "put_right": "已整改",
        "mistaken": "记错了",
        "left": "没有整改",
        "taken": "已评分",
        "declined": "不扣分",
    },
)
