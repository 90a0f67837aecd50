"""What becomes of an announced wedding or funeral before it takes place."""

from pointsbank.labels import Labels

CEREMONY_CHANGE = Labels("ceremony_change", {"postponed": "改期", "cancelled": "取消"})
