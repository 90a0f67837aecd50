"""The staff: three different people at least, so that nobody controls himself."""

from pointsbank.labels.role import ROLE
from pointsbank.staff import Permission
from pointsbank.web.first_day.step import Facts, Step


def _is_done(facts: Facts) -> bool:
    return not facts.missing


def _state(facts: Facts) -> str:
    return f"还缺{'、'.join(ROLE.name(role) for role in facts.missing)}" if facts.missing else ""


STEP = Step(
    order=5,
    title="人员",
    purpose="最少三个人：评议小组、超市店员、村务监督各一位。各人自己登录改密码，满24小时以后才能作第二个人。",
    permission=Permission.STAFF_MANAGE,
    endpoint="staff_list",
    is_done=_is_done,
    state=_state,
)
