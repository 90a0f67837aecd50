"""降价: goods cost less than before."""

from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.pricing import KIND as CODE
from pointsbank.approvals.pricing import describe, lower, title
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="降价",
    controlled="the committee and the admin, who set prices and buy at them like everybody",
    controls="somebody of another role, who sees old and new price and what is on the shelf",
    requested_with=Permission.GOODS_CHANGE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe,
    act=lower,
    title=title,
)
