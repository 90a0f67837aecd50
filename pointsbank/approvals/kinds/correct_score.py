"""更正评分: a posted score is put right."""

from pointsbank.approvals.correcting import KIND as CODE
from pointsbank.approvals.correcting import correct, describe, title
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code=CODE,
    label="更正评分",
    controlled="the committee and the admin, who could raise their own and lower others after the notice",
    controls="somebody of another role, who sees old and new and who has less; what takes away hangs first",
    requested_with=Permission.SCORE_CORRECT,
    seconds=frozenset({Role.COMMITTEE, Role.SUPERVISOR, Role.ADMIN}),
    describe=describe,
    act=correct,
    title=title,
)
