"""What a deduction does to a balance that is too small for it."""

from pointsbank.labels import Labels

DEDUCTION_FLOOR = Labels("deduction_floor", {"stop_at_zero": "扣完为止", "below_zero": "可以扣成负数"})
