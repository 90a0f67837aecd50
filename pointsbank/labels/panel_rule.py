"""How the marks of a panel come together."""

from pointsbank.labels import Labels

PANEL_RULE = Labels("panel_rule", {"mean": "取平均分", "trimmed": "去掉最高和最低再平均"})
