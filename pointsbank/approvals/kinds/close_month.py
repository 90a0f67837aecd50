"""月结: a month is closed for good."""

from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.month_closing import KIND as CODE
from pointsbank.approvals.month_closing import close, describe, title
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="月结",
    controlled="the committee and the admin, who could close a month before what is against them is answered",
    controls="somebody of another role, who sees what the close fixes and what stays undone",
    requested_with=Permission.MONTH_CLOSE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe,
    act=close,
    title=title,
)
