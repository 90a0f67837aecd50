"""How far an inspection of one household is."""

from pointsbank.labels import Labels

INSPECTION_STATE = Labels(
    "inspection_state", {"no_faults": "没有问题", "handed_over": "等复查", "looked_again": "复查过"}
)
