"""Why somebody has no grade of a period, or one that no points gave."""

from pointsbank.labels import Labels

GRADE_ABSENCE = Labels(
    "grade_absence",
    {
        "away": "常年在外，不评",
        "left": "退出各种榜，不评",
        "closed": "已销户，不评",
        "unmeasured": "还没有可评的分",
        "restricted": "一票否决，直接最低一档",
    },
)
