"""Whether points that were given buy goods; empty: honour only."""

from pointsbank.labels import Labels

REDEEMABLE = Labels(
    "redeemable", {"yes": "是"}, spellings={"yes": ("可兑换", "可以兑换", "能兑换", "可以", "能", "✓", "√")}
)
