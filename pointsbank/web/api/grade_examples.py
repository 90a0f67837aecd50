"""Examples of what the API says of grades and keepers."""

from collections.abc import Mapping
from typing import Any

Pairs = tuple[tuple[str, Any], ...]
_TABLE: Pairs = (
    ("name", "文明三色"),
    ("kinds", ["household"]),
    ("period", "quarter"),
    ("measured_on", "honour_sum"),
    ("category", ""),
    ("resolution", "2026年9月村民代表会议"),
    ("from_date", "2026-10-01"),
)
_BAND: Pairs = (
    ("name", "红"),
    ("sign", "red"),
    ("range", "低于0"),
    ("measure", "谈话"),
)
_CHECK: Pairs = (
    ("place", "村口公厕"),
    ("checked_on", "2026-09-08"),
    ("checker", "李卫东"),
    ("due_on", "2026-09-10"),
)
_LIST: Pairs = (
    ("pass_mark", 60),
    ("resolution", "2026年9月村民代表会议"),
    ("from_date", "2026-10-01"),
)
_ITEM: Pairs = (
    ("title", "地面干净"),
    ("full_mark", 40),
    ("per_fault", 5),
)
_PATROL: Pairs = (
    ("place", "村口"),
    ("patrolled_on", "2026-09-08"),
    ("words", "清了两处垃圾"),
)

GRADES: Mapping[tuple[str, str], Any] = {
    ("", "table"): "1",
    ("", "period"): "2026-Q3",
    **{(schema, field): value for schema in ("GradeTable", "GradeTableBody") for field, value in _TABLE},
    **{(schema, field): value for schema in ("GradeBand", "GradeBandBody") for field, value in _BAND},
    ("GradeTableBody", "below"): "",
    ("GradeTable", "table"): 1,
    ("GradeTable", "is_end"): False,
    ("GradeEndBody", "resolution"): "2026年12月村民代表会议",
    ("GradeEndBody", "from_date"): "2027-01-01",
    ("GradePeriod", "table"): 1,
    ("GradePeriod", "period"): "2026-Q3",
    ("GradePeriod", "frozen"): True,
    ("GradePeriod", "counts"): [12, 60, 3],
    ("GradeDoneBody", "participants"): ["0101"],
    ("GradeDoneBody", "done_on"): "2026-10-08",
    ("GradeDoneBody", "done_by"): "李卫东",
    ("GradeDone", "added"): 1,
    **{(schema, field): value for schema in ("KeeperCheck", "KeeperCheckBody") for field, value in _CHECK},
    **{(schema, field): value for schema in ("KeeperPatrol", "KeeperPatrolBody") for field, value in _PATROL},
    **{(schema, field): value for schema in ("KeeperList", "KeeperListBody") for field, value in _LIST},
    **{(schema, field): value for schema in ("KeeperItem", "KeeperItemBody") for field, value in _ITEM},
    ("KeeperList", "number"): 1,
    ("KeeperRecheckBody", "put_right"): [2],
    ("KeeperStrikeBody", "reason"): "填错了人",
    ("KeeperDecisionBody", "keeper"): "G01",
    ("KeeperDecisionBody", "words"): "再试用一个月",
    ("KeeperDecisionBody", "resolution"): "2026年9月村委会会议",
    ("KeeperDecisionBody", "decided_on"): "2026-09-12",
    ("KeeperCheck", "keeper"): "G01",
    ("KeeperCheck", "is_struck"): False,
    ("KeeperCheck", "failed_running"): 0,
    ("KeeperFault", "status"): "found",
    ("KeeperCheckBody", "keeper"): "G01",
    ("KeeperPatrolBody", "keeper"): "G01",
    ("KeeperCheckBody", "words"): "",
    ("KeeperCheck", "score"): 85,
    ("KeeperCheck", "failed"): False,
    ("KeeperCheck", "looked_on"): None,
    **{(schema, "position"): 2 for schema in ("KeeperFault", "KeeperFaultBody")},
    **{(schema, "faults"): 3 for schema in ("KeeperFault", "KeeperFaultBody")},
    ("KeeperFault", "lost"): 15,
}
"""An example by schema and field."""
