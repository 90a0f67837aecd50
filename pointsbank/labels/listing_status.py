"""States of a listing on a board."""

from pointsbank.labels import Labels

LISTING_STATUS = Labels(
    "listing_status",
    {
        "proposed": "待决定",
        "lapsed": "过期未表决",
        "up": "在榜",
        "expired": "已到期",
        "down": "已撤下",
        "rejected": "未通过",
        "withdrawn": "已撤回",
    },
)
