"""What an answer to an objection to a score does."""

from pointsbank.labels import Labels

OBJECTION_OUTCOME = Labels(
    "objection_outcome",
    {
        "changed": "成立，改成应该是的样子",
        "upheld": "成立，撤销这一条",
        "missing": "成立，有一件事漏记了，下次评议会补上",
        "rejected": "不成立，维持",
    },
)
