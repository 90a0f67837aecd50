"""Occasions that villages limit; a funeral stands among them as soberly as the others."""

from pointsbank.labels import Labels

CEREMONY_KIND = Labels(
    "ceremony_kind",
    {
        "wedding": "婚事",
        "funeral": "丧事",
        "house_moving": "乔迁",
        "schooling": "升学",
        "newborn": "满月",
        "birthday": "祝寿",
    },
)
