"""The jobs by which the tabs of a village are grouped, in the order of the month's work."""

from pointsbank.labels import Labels

TAB_GROUP = Labels(
    "tab_group",
    {
        "judging": "评议",
        "notices": "公示",
        "boards": "红黑榜",
        "shop": "超市",
        "roster": "花名册",
        "paper": "打印",
        "village": "村务",
    },
)
