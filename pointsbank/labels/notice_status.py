"""States of a notice of scores, as stored."""

from pointsbank.labels import Labels

NOTICE_STATUS = Labels("notice_status", {"open": "公示中", "settled": "已入账"})
