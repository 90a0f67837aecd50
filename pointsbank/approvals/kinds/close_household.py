"""销户或并户: a household ends for good, its points are cleared or go to another."""

from pointsbank.approvals.endings import close, describe_closing
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code="close_household",
    label="销户或并户",
    controlled="the committee, which could clear a household's points or move them to its own",
    controls="somebody of another role, who knows the decision and sees how many points go where",
    requested_with=Permission.ROSTER_CHANGE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe_closing,
    act=close,
)
