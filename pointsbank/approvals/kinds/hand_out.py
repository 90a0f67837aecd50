"""发放积分卡: printed cards come into use, signed by two people of different roles."""

from pointsbank.approvals.hand_outs import act, describe, drop, title
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code="hand_out",
    label="发放积分卡",
    controlled="the committee, which prints cards and could keep them",
    controls="somebody of another role, who signs second that the household has its card",
    requested_with=Permission.CARDS_ISSUE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe,
    act=act,
    drop=drop,
    in_bulk=True,
    title=title,
)
