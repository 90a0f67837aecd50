"""How far a notice of scores is on a day, as people see it: before it hangs, and once its days are over."""

from pointsbank.labels import Labels

NOTICE_STATE = Labels(
    "notice_state", {"unhung": "未张贴", "open": "公示中", "over": "期满，待入账", "settled": "已入账"}
)
