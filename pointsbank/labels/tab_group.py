"""The jobs by which a village's tabs are grouped: whoever stands there, then the month's work."""

from pointsbank.labels import Labels

TAB_GROUP = Labels(
    "tab_group",
    {
        "reception": "服务台",
        "judging": "评议",
        "notices": "公示",
        "boards": "红黑榜",
        "shop": "超市",
        "roster": "花名册",
        "paper": "打印",
        "village": "村务",
    },
)
