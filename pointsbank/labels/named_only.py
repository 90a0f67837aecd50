"""Whether an item counts only for households that are named, such as those of a group that got an award."""

from pointsbank.labels import Labels

NAMED_ONLY = Labels("named_only", {"yes": "是"}, spellings={"yes": ("只计点名", "点名", "√")})
