"""What a table of bands is measured on."""

from pointsbank.labels import Labels

GRADE_MEASURE = Labels(
    "grade_measure",
    {
        "honour_sum": "荣誉合计",
        "honour_average": "荣誉月平均",
        "honour_with_base": "基础分加荣誉",
        "base_left": "基础分还剩",
        "category": "一个类别的得分",
        "stars": "得了几颗星",
        "patrol": "检查平均分",
    },
    spellings={
        "honour_sum": ("荣誉", "合计", "积分合计", "荣誉积分", "总分", "得分"),
        "honour_average": ("平均", "月平均", "平均分"),
        "honour_with_base": ("基础分加积分", "含基础分", "连同基础分"),
        "base_left": ("基础分", "剩余基础分", "还剩基础分"),
        "category": ("类别", "类别得分", "单项得分"),
        "stars": ("星数", "星", "颗星"),
        "patrol": ("检查", "检查分", "巡查", "巡查分"),
    },
)
