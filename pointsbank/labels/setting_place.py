"""Where the value of a setting can be seen."""

from pointsbank.labels import Labels

SETTING_PLACE = Labels(
    "setting_place",
    {
        "notice": "公示单",
        "notice_page": "公示页",
        "poster": "月度海报",
        "masthead": "海报题头",
        "card": "积分卡",
        "till": "兑换台",
        "red_board": "红榜初稿",
        "balance": "可用积分",
        "questions": "点题公开",
        "period_board": "季度榜",
    },
)
