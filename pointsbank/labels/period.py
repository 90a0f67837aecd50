"""Stretches of the calendar in which a cap counts."""

from pointsbank.labels import Labels

PERIOD = Labels(
    "period",
    {
        "day": "每日",
        "week": "每周",
        "month": "每月",
        "quarter": "每季度",
        "half_year": "每半年",
        "year": "每年",
        "ever": "累计",
    },
    spellings={
        "day": ("日", "天", "每天", "按日", "按天"),
        "week": ("周", "星期", "每星期", "按周", "每个星期", "一周", "当周", "自然周"),
        "month": ("月", "月度", "按月", "每月度", "每个月", "当月", "自然月"),
        "quarter": ("季度", "季", "按季", "按季度", "每季", "自然季度"),
        "half_year": ("半年", "按半年", "半年度"),
        "year": ("年", "全年", "年度", "每年度", "按年", "按年度", "一年", "当年", "自然年"),
        "ever": ("一次", "一次性", "只给一次"),
    },
)
