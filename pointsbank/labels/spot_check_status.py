"""How far the draw of a month is."""

from pointsbank.labels import Labels

SPOT_CHECK_STATUS = Labels(
    "spot_check_status",
    {"planned": "等掷骰", "thrown": "等去看", "signed": "等第二人签字", "sealed": "已有结果"},
)
