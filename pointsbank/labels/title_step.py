"""What happens to a title, step by step."""

from pointsbank.labels import Labels

TITLE_STEP = Labels(
    "title_step",
    {
        "checked": "核对条件",
        "voted": "表决",
        "hung": "张贴公示",
        "given": "授牌",
        "taken_off": "摘牌",
        "given_back": "重新挂牌",
        "lost": "失去称号",
        "withdrawn": "退出",
        "recommended": "向上推荐",
    },
)
