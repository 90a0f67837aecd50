"""Why a question and its answer do not hang."""

from pointsbank.labels import Labels

UNPUBLISHED_REASON = Labels(
    "unpublished_reason",
    {
        "insult": "有辱骂或者人身攻击",
        "privacy": "说的是个人隐私",
        "one_household": "只关一户一人",
        "elsewhere": "归别的部门办，已告知找谁",
        "asked": "本人要求不公开",
    },
)
