"""How an announced wedding or funeral stands."""

from pointsbank.labels import Labels

CEREMONY_STATUS = Labels(
    "ceremony_status",
    {
        "announced": "已报备",
        "reported": "已看过，等评议会",
        "kept": "遵守约定",
        "not_kept": "没有遵守约定",
        "cancelled": "已取消",
    },
)
