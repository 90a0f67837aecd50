"""Of what a copy on a wall is a copy."""

from pointsbank.labels import Labels

WALL_PAPER = Labels(
    "wall_paper",
    {
        "notice": "公示",
        "poster": "红黑榜海报",
        "listing": "黑榜单张",
        "correction": "更正公示",
        "title_notice": "称号公示",
    },
)
