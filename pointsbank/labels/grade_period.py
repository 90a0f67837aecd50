"""How often a table of bands grades."""

from pointsbank.labels import Labels

GRADE_PERIOD = Labels(
    "grade_period",
    {"month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年"},
    spellings={
        "month": ("月", "月度", "按月", "每个月"),
        "quarter": ("季度", "季", "按季", "按季度", "每季"),
        "half_year": ("半年", "按半年", "半年度"),
        "year": ("年", "全年", "年度", "按年", "按年度"),
    },
)
