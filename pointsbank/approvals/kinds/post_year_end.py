"""年终结转: what is left of a year's points goes as the village resolved."""

from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.year_ending import POST as CODE
from pointsbank.approvals.year_ending import describe_posting, post, title
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="年终结转",
    controlled="the committee and the admin, who could take what households earned",
    controls="somebody of another role, who sees what goes and what stays of every household",
    requested_with=Permission.MONTH_CLOSE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe_posting,
    act=post,
    title=title,
    may_be_undone=True,
)
