"""The first cards: printed, handed out, signed for by two people."""

from pointsbank.staff import Permission
from pointsbank.web.first_day.step import Facts, Step


def _is_done(facts: Facts) -> bool:
    return "active" in facts.cards


def _state(facts: Facts) -> str:
    return "已打印，还没有登记发放" if "printed" in facts.cards and "active" not in facts.cards else ""


STEP = Step(
    order=7,
    title="第一批积分卡",
    purpose="打印、裁开、发到户，再由两个人登记发放，卡才生效。",
    permission=Permission.CARDS_ISSUE,
    endpoint="paper",
    pages=frozenset({"handing_out", "approval_list", "one_approval"}),
    is_done=_is_done,
    state=_state,
)
