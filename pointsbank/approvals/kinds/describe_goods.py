"""改商品名称、规格: goods that lie on the shelf are called otherwise."""

from pointsbank.approvals.describing import KIND as CODE
from pointsbank.approvals.describing import describe, rename, title
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="改商品名称规格",
    controlled="the committee and the admin, who could sell ten pounds at the price of one",
    controls="somebody of another role, who sees old and new words, the price and what is on the shelf",
    requested_with=Permission.GOODS_CHANGE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe,
    act=rename,
    title=title,
)
