"""How one title of one household stands."""

from pointsbank.labels import Labels

TITLE_STATE = Labels(
    "title_state",
    {
        "nominated": "已提名，等核对",
        "unmet": "条件不够",
        "met": "条件够了，等表决",
        "rejected": "表决没有通过",
        "voted": "表决通过，等公示",
        "hanging": "公示",
        "standing": "挂牌",
        "failing": "复查不合格",
        "taken_off": "已摘牌，限期整改",
        "put_right": "整改合格，等重新挂牌",
        "lost": "失去称号",
        "withdrawn": "已退出",
    },
)
