"""What a meeting decides about an announced wedding or funeral."""

from pointsbank.labels import Labels

CEREMONY_DECISION = Labels(
    "ceremony_decision",
    {"kept": "遵守约定", "not_kept": "没有遵守约定", "put_back": "撤回决定，重新等评议会"},
)
