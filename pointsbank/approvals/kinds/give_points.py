"""赠送积分: a household gets points to spend for no deed."""

from pointsbank.approvals.giving import KIND as CODE
from pointsbank.approvals.giving import describe, give
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="赠送积分",
    controlled="the committee and the admin, who could give points to their own",
    controls="somebody of another role, who sees to whom, how much and why; the log names both",
    requested_with=Permission.ROSTER_CHANGE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe,
    act=give,
)
