"""States of a redemption."""

from pointsbank.labels import Labels

REDEMPTION_STATUS = Labels(
    "redemption_status", {"completed": "已兑换", "part_returned": "部分退回", "reversed": "已撤销"}
)
