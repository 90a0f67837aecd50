"""暂停评优: a household that people put on the black board is barred from awards until a day."""

from pointsbank.approvals.barring import BAR, bar, describe_bar, title
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=BAR,
    label="暂停评优",
    controlled="the committee, which could keep a household from praise for longer than people meant",
    controls="somebody of another role, who sees what is barred, until when and why",
    requested_with=Permission.BOARD_DECIDE,
    seconds=frozenset({Role.COMMITTEE, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe_bar,
    act=bar,
    title=title,
)
