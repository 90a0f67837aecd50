"""删除资料: the words about a closed household go, for good."""

from pointsbank.approvals.endings import describe_erasure, erase
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code="erase_household",
    label="删除资料",
    controlled="the committee, which could make words disappear that speak against it",
    controls="somebody of another role; the log tells that words went, why, and by whom",
    requested_with=Permission.ROSTER_CHANGE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe_erasure,
    act=erase,
)
