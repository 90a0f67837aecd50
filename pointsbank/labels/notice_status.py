"""States of a notice of scores."""

from pointsbank.labels import Labels

NOTICE_STATUS = Labels("notice_status", {"unhung": "未张贴", "open": "公示中", "settled": "已入账"})
