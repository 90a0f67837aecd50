"""分户: some people of a household become one of their own, with the points that a decision gives them."""

from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.splitting import SPLIT as CODE
from pointsbank.approvals.splitting import describe_split, split
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="分户",
    controlled="the committee, which could move a household's points to a household that is none",
    controls="somebody of another role, who knows the decision and sees who leaves with how many points",
    requested_with=Permission.ROSTER_CHANGE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe_split,
    act=split,
)
