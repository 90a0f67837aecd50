"""解除限制: what a veto, or base points used up, keep a household from ends before its last day."""

from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.lifting import KIND as CODE
from pointsbank.approvals.lifting import describe, lift, title
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="解除限制",
    controlled="the committee and the admin, who could lift what keeps their own from the counter",
    controls="somebody of another role, who sees what ends, why, and that the matter was put right",
    requested_with=Permission.SCORE_CORRECT,
    seconds=frozenset({Role.COMMITTEE, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe,
    act=lift,
    title=title,
)
