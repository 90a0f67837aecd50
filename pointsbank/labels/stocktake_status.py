"""States of a stocktake."""

from pointsbank.labels import Labels

STOCKTAKE_STATUS = Labels(
    "stocktake_status",
    {"open": "清点中", "signed": "待第二人签字", "posted": "已入账", "discarded": "已作废"},
)
