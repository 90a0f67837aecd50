"""What becomes of base points when their period is over; empty: they stay."""

from pointsbank.labels import Labels

PERIOD_END = Labels(
    "period_end",
    {"clear": "清零"},
    spellings={"clear": ("到期清零", "重新计", "重新计分", "收回", "清零重计")},
)
