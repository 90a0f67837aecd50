"""What the people who went there say of a drawn entry."""

from pointsbank.labels import Labels

SPOT_CHECK_ANSWER = Labels(
    "spot_check_answer",
    {"true": "属实", "not_true": "不属实", "not_findable": "查不到"},
)
