"""Into whose hands a letter to a household was given."""

from pointsbank.labels import Labels

HANDED_TO = Labels(
    "handed_to",
    {"adult": "家里的成年人", "refused": "拒收，有人见证", "door": "家里没人，贴在门上，有人见证"},
)
