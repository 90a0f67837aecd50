"""To what an attachment belongs."""

from pointsbank.labels import Labels

ATTACHMENT_OWNER = Labels(
    "attachment_owner",
    {
        "claim": "申报",
        "inspection": "巡查",
        "score_sheet": "评分表",
        "ceremony": "红白事",
        "keeper_check": "管护员检查",
    },
)
