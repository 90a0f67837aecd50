"""Why the bytes of an attachment are deleted."""

from pointsbank.labels import Labels

ATTACHMENT_REMOVAL = Labels(
    "attachment_removal",
    {"expired": "保存期满", "ended": "事情办完", "withdrawn": "撤掉", "erased": "删除资料"},
)
