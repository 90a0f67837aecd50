"""What is known of a benefit of a title."""

from pointsbank.labels import Labels

BENEFIT_STATE = Labels("benefit_state", {"given": "已给", "not_given": "没有给", "unnoted": "没有登记"})
