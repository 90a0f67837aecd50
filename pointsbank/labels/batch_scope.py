"""For whom a batch of cards was printed."""

from pointsbank.labels import Labels

BATCH_SCOPE = Labels(
    "batch_scope",
    {
        "village": "全村",
        "group": "小组",
        "households": "选定的户",
        "further": "再发一张",
        "old_address": "换旧网址的卡",
    },
)
