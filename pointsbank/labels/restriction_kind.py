"""What a household is kept from for a time after a veto (一票否决)."""

from pointsbank.labels import Labels

RESTRICTION_KIND = Labels(
    "restriction_kind",
    {"participation": "参评", "redemption": "兑换", "red_board": "红榜", "titles": "荣誉称号"},
    spellings={
        "participation": ("参评资格", "积分资格", "取消参评资格", "暂停参评", "不参评"),
        "redemption": ("积分兑换", "兑换资格", "取消兑换资格", "暂停兑换", "暂停积分兑换", "不能兑换"),
        "red_board": ("上红榜", "不上红榜", "取消红榜", "取消红榜资格", "红榜资格"),
        "titles": (
            "称号",
            "评优",
            "评星",
            "星级",
            "星级评定",
            "取消评优资格",
            "取消评星资格",
            "不评荣誉称号",
            "不评优",
            "不评星",
        ),
    },
)
