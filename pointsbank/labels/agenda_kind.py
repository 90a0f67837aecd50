"""What a line of a meeting's agenda is about."""

from pointsbank.labels import Labels

AGENDA_KIND = Labels(
    "agenda_kind",
    {
        "scores": "评分",
        "civil_families": "文明家庭",
        "fine_yards": "美丽庭院",
        "red_board": "红榜提名",
        "black_board": "黑榜提名",
        "other": "其他",
    },
)
