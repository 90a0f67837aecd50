"""放宽设置: a limit is raised, a notice shortened, a name shown."""

from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.loosening import KIND as CODE
from pointsbank.approvals.loosening import describe, loosen, title
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="放宽设置",
    controlled="the committee and the admin, whom limits, notice days and masked names hold back",
    controls="somebody of another role, who sees old and new value; tightening needs nobody else",
    requested_with=Permission.SETTINGS_CHANGE,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe,
    act=loosen,
    title=title,
)
