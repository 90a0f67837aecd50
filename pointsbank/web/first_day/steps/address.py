"""The public address: what goes into the codes on cards, and must open on villagers' telephones."""

from pointsbank.public_address import Reach
from pointsbank.staff import Permission
from pointsbank.web.first_day.step import Facts, Step


def _is_done(facts: Facts) -> bool:
    return facts.reach is not Reach.THIS_MACHINE


def _state(facts: Facts) -> str:
    return "村民的手机现在打不开" if facts.reach is Reach.THIS_MACHINE else ""


STEP = Step(
    order=6,
    title="公开网址",
    purpose="写进积分卡的二维码里，村民用手机扫卡就打开它；印卡以前定好，换了网址旧卡上的码就打不开。",
    permission=Permission.ADDRESS_SET,
    endpoint="public_address",
    is_done=_is_done,
    state=_state,
)
