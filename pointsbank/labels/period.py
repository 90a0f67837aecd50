"""Stretches of the calendar in which a cap counts."""

from pointsbank.labels import Labels

PERIOD = Labels(
    "period",
    {
        "day": "每日",
        "month": "每月",
        "quarter": "每季度",
        "half_year": "每半年",
        "year": "每年",
        "ever": "累计",
    },
    spellings={
        "day": ("日", "天", "每天"),
        "month": ("月",),
        "quarter": ("季度", "季"),
        "half_year": ("半年",),
        "year": ("年", "全年"),
    },
)
