"""补导期初积分: households of a village that has begun get what they had in the old books."""

from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.opening import KIND as CODE
from pointsbank.approvals.opening import describe, post
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="补导期初积分",
    controlled="the committee and the admin, who could give points to their own out of a table",
    controls="somebody of another role, who sees each household and its amounts; each entry names both",
    requested_with=Permission.BALANCES_OPEN,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe,
    act=post,
)
