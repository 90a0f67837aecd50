"""Kinds of account: a participant's own, and those of the village."""

from pointsbank.labels import Labels

ACCOUNT_KIND = Labels(
    "account_kind",
    {
        "participant": "积分主体",
        "issuance": "发放",
        "market": "超市",
        "charity": "公益",
        "expiry": "到期",
        "pending": "待处理",
    },
)
