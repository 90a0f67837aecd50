"""The scheme: taken from a ready one, made the village's own, adopted by a resolution."""

from pointsbank.staff import Permission
from pointsbank.web.first_day.step import Facts, Step


def _is_done(facts: Facts) -> bool:
    return facts.scheme == "adopted"


def _state(facts: Facts) -> str:
    return "有草案，还没有登记通过" if facts.scheme == "draft" else ""


STEP = Step(
    order=3,
    title="积分细则",
    purpose="从现成的一套起草，逐条改成本村的；村民会议或村民代表会议通过以后登记。",
    permission=Permission.SCHEME_ADOPT,
    endpoint="scheme_draft",
    pages=frozenset({"scheme"}),
    is_done=_is_done,
    state=_state,
)
