"""Kinds of entry in a village's log: every transaction, and what else must not be rewritten."""

from pointsbank.labels import Labels
from pointsbank.labels.transaction_kind import TRANSACTION_KIND

LOG_KIND = Labels(
    "log_kind",
    TRANSACTION_KIND.names
    | {
        "scheme_adopted": "细则通过",
        "minutes_closed": "评议会结束",
        "listing_up": "上榜",
        "listing_down": "撤下",
        "card_issued": "发卡",
        "card_revoked": "卡片挂失",
        "stocktake": "盘点",
        "month_closed": "月结",
        "household_closed": "销户",
        "erasure": "删除资料",
        "watermark_accepted": "承认账本缺失",
    },
)
