"""How the end of a points year stands."""

from pointsbank.labels import Labels

YEAR_END_STATUS = Labels(
    "year_end_status",
    {
        "posted": "已结转",
        "undone": "已撤销",
    },
)
