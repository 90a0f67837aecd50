"""How the group saw a claim."""

from pointsbank.labels import Labels

CLAIM_OPINION = Labels(
    "claim_opinion", {"supported": "属实", "unsupported": "不属实", "unseen": "小组还没看"}
)
