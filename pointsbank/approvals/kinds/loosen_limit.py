"""放宽限量: a household may have more pieces of some goods a month."""

from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.monthly_limits import KIND as CODE
from pointsbank.approvals.monthly_limits import describe, loosen, title
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="放宽限量",
    controlled="the committee and the admin, who could let one household have all there is",
    controls="somebody of another role, who sees old and new limit and what is on the shelf",
    requested_with=Permission.GOODS_CHANGE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe,
    act=loosen,
    title=title,
)
