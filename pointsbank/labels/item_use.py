"""What became of an item of the scheme in some months: whether it was used, and whether it met a cap."""

from pointsbank.labels import Labels

ITEM_USE = Labels("item_use", {"unused": "没有用过", "capped": "碰到上限", "usual": "用过"})
