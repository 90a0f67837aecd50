"""设置兑换密码: a household gets its first PIN."""

from pointsbank import market
from pointsbank.approvals.kind import ApprovalKind
from pointsbank.approvals.pins import describing, drop, giving
from pointsbank.staff import Permission, Role

KIND = ApprovalKind(
    code="pin_set",
    label="设置兑换密码",
    controlled="who sells at the till, and could buy with the PIN",
    controls="the household with its card, and a second person of another role or of the committee",
    requested_with=Permission.PIN_SET,
    seconds=frozenset({Role.COMMITTEE, Role.CLERK, Role.SUPERVISOR, Role.ADMIN}),
    among_committee=True,
    describe=describing("这一户还没有兑换密码，确认后就有了。"),
    act=giving(market.set_pin, "的兑换密码已设好。"),
    drop=drop,
    in_bulk=True,
)
