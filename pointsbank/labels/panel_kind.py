"""What a panel is for: the whole village, or the groups of its area."""

from pointsbank.labels import Labels

PANEL_KIND = Labels("panel_kind", {"village": "村评议小组", "group": "小组评议小组"})
