"""How a question stands."""

from pointsbank.labels import Labels

QUESTION_STATUS = Labels(
    "question_status",
    {
        "open": "待答复",
        "published": "已公开答复",
        "unpublished": "已当面答复",
        "withdrawn": "已撤回",
    },
)
