"""States of an objection, to a score or to a listing."""

from pointsbank.labels import Labels

OBJECTION_STATUS = Labels("objection_status", {"open": "待答复", "upheld": "成立", "rejected": "不成立"})
