"""How far a notice of scores is, as people see it: one whose paper hangs nowhere yet is open as stored."""

from pointsbank.labels import Labels

NOTICE_STATE = Labels("notice_state", {"unhung": "未张贴", "open": "公示中", "settled": "已入账"})
