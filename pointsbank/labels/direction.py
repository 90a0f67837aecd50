"""Directions of an item of the scheme."""

from pointsbank.labels import Labels

DIRECTION = Labels("direction", {"plus": "加分", "minus": "扣分", "veto": "一票否决"})
