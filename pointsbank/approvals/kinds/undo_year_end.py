"""撤销年终结转: all that a year's end moved is put back."""

from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.year_ending import UNDO as CODE
from pointsbank.approvals.year_ending import describe_undoing, title, undo
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="撤销年终结转",
    controlled="the committee and the admin, who could give points back that the village resolved to clear",
    controls="somebody of another role, who sees the reason and what comes back",
    requested_with=Permission.MONTH_CLOSE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe_undoing,
    act=undo,
    title=title,
)
