"""How a stub outside the data stands to the log."""

from pointsbank.labels import Labels

STUB_STANDING = Labels(
    "stub_standing",
    {
        "agrees": "与账本相符",
        "cut": "最后一行没有写完，可能断过电",
        "away": "不在，请插上U盘或检查文件夹",
        "none": "没有",
        "damaged": "已损坏，不能作证",
        "accepted": "有账本缺失的记录，已有两人承认",
        "behind": "有账本缺失的记录",
    },
)
