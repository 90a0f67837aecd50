"""移到别的小组: a household counts for another group from now on."""

from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.splitting import MOVE as CODE
from pointsbank.approvals.splitting import describe_move, move
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="移到别的小组",
    controlled="the committee, which could lift a group's average by whom it takes in or out",
    controls="somebody of another role, who knows the decision and sees what counts for which group",
    requested_with=Permission.ROSTER_CHANGE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe_move,
    act=move,
)
