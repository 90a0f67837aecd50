"""Kinds of transaction in the ledger."""

from pointsbank.labels import Labels

TRANSACTION_KIND = Labels(
    "transaction_kind",
    {
        "award": "加分",
        "deduction": "扣分",
        "redemption": "兑换",
        "donation": "捐出",
        "gift": "赠送",
        "transfer": "划转",
        "clearing": "清零",
        "opening": "期初",
        "reversal": "撤销",
        "correction": "更正",
        "goods_return": "退回",
        "base": "基础分",
    },
)
