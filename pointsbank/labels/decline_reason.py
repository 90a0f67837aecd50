"""Why somebody does not confirm what another requested: a closed list, so no words about people pile up."""

from pointsbank.labels import Labels

DECLINE_REASON = Labels(
    "decline_reason",
    {"not_present": "本人不在场", "mistaken": "内容有误", "unknown": "不了解情况", "disagreed": "不同意"},
)
