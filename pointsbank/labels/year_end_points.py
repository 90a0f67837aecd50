"""What becomes of points that can be spent when the points year is over."""

from pointsbank.labels import Labels

YEAR_END_POINTS = Labels(
    "year_end_points",
    {
        "stay": "全部结转",
        "ceiling": "结转有上限",
        "clear": "清零",
        "to_honour": "折成荣誉",
    },
)
