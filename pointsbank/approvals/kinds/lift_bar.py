"""恢复评优: what bars a household from awards ends before its last day."""

from pointsbank.approvals.barring import LIFT_BAR, describe_lift, lift, title
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=LIFT_BAR,
    label="恢复评优",
    controlled="the committee and the admin, who could lift what keeps their own from awards",
    controls="somebody of another role, who sees what ends and why",
    requested_with=Permission.BOARD_DECIDE,
    seconds=frozenset({Role.COMMITTEE, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe_lift,
    act=lift,
    title=title,
)
