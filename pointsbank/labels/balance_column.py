"""Columns of the balances a village begins with, and how villages head them."""

from pointsbank.labels import Labels

BALANCE_COLUMN = Labels(
    "balance_column",
    {"code": "户号", "name": "户主", "points": "积分", "honour": "荣誉", "note": "说明"},
    spellings={
        "code": ("编号", "户编号", "农户编号", "家庭编号", "户主编号", "家庭户号", "户代码", "农户代码"),
        "name": ("户主姓名", "姓名", "户主名字", "户名", "农户姓名", "农户", "名称"),
        "points": (
            "可用积分",
            "现有积分",
            "当前积分",
            "剩余积分",
            "结余积分",
            "结余",
            "积分结余",
            "积分余额",
            "余额",
            "期初积分",
            "期初余额",
            "起始积分",
            "积分数",
            "可兑换积分",
        ),
        "honour": ("荣誉积分", "荣誉分"),
        "note": ("备注",),
    },
)
