"""重设兑换密码: a household that forgot its PIN, or locked it, gets a new one."""

from pointsbank import market
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.pins import describing, drop, giving
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code="pin_reset",
    label="重设兑换密码",
    controlled="who sells at the till, and could buy with the PIN",
    controls="the household with its card, and a second person of another role or of the committee",
    requested_with=Permission.PIN_SET,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    among_committee=True,
    describe=describing("这一户原来的兑换密码作废，输错的次数清零。"),
    act=giving(market.reset_pin, "的兑换密码已重设，原密码作废。"),
    drop=drop,
    in_bulk=True,
)
