"""Kinds of stock move."""

from pointsbank.labels import Labels

STOCK_MOVE_KIND = Labels(
    "stock_move_kind",
    {
        "received": "进货",
        "donated": "捐赠",
        "redeemed": "兑换",
        "returned": "退回",
        "spoiled": "损耗",
        "counted": "盘点",
        "undone": "撤回",
    },
)
