"""The steps of a village's month, in order."""

from pointsbank.labels import Labels

MONTH_STEP = Labels("month_step", {"judging": "评", "notice": "示", "posting": "入", "board": "榜"})
