"""Directions of an item of the scheme."""

from pointsbank.labels import Labels

DIRECTION = Labels(
    "direction",
    {"plus": "加分", "minus": "扣分", "veto": "一票否决"},
    spellings={
        "plus": (
            "加",
            "+",
            "奖励",
            "奖",
            "奖分",
            "加分项",
            "加分项目",
            "正向",
            "正向积分",
            "加分类",
            "奖励加分",
        ),
        "minus": (
            "减分",
            "扣",
            "减",
            "-",
            "−",
            "–",
            "扣减",
            "扣分项",
            "减分项",
            "扣分项目",
            "减分项目",
            "扣分类",
            "负向",
            "惩罚",
            "惩戒",
            "处罚扣分",
        ),
        "veto": ("否决", "一票否决项", "否决项"),
    },
)
