"""The village: its telephone numbers, which stand on every card, notice and poster."""

from pointsbank.staff import Permission
from pointsbank.web.first_day.step import Facts, Step


def _is_done(facts: Facts) -> bool:
    return all(facts.telephones)


def _state(facts: Facts) -> str:
    contact, _hotline = facts.telephones
    return "" if all(facts.telephones) else f"还缺{'投诉电话' if contact else '村里的电话'}"


STEP = Step(
    order=1,
    title="村和电话",
    purpose="村里的电话和投诉电话印在积分卡、公示和海报上；安装时没有填的，以后要两个人一起改。",
    permission=Permission.SETTINGS_CHANGE,
    endpoint="village_settings",
    pages=frozenset({"one_setting"}),
    is_done=_is_done,
    state=_state,
)
