"""What settings are about: a page each."""

from pointsbank.labels import Labels

SETTING_SUBJECT = Labels(
    "setting_subject",
    {
        "notices": "公示与异议",
        "questions": "点题公开",
        "counter": "兑换限额与复核",
        "hours": "开放时间",
        "cards": "积分卡",
        "phones": "电话",
        "boards": "红榜",
        "points": "扣分",
    },
)
