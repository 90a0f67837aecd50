"""Requests for acts of two people: hand out cards, give points, end or erase a household, lower, loosen.

A token acts for its person: it may request what that person may, and never confirms what it requested. Who
hands out cards sends what the scanner read from each new card: a number proves that nobody held it.
"""

from typing import Any

from pointsbank import approvals, choosing, dates, market, roster, sheets
from pointsbank.approvals import Approval, HandedCard
from pointsbank.households import Share
from pointsbank.schemas.approvals import ApprovalSchema
from pointsbank.schemas.requesting import (
    ChangedAnswer,
    ClosingBody,
    ErasureBody,
    GiftBody,
    GoodsWordsBody,
    HandOutBody,
    MonthCloseBody,
    MonthlyLimitBody,
    MoveBody,
    PriceBody,
    SettingBody,
    SplitBody,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.approvals import one_request
from pointsbank.web.api.routes import Routes

routes = Routes("requesting", "申请要两个人办的事：发卡、分户、移组、销户、删除资料、月结、降价、放宽")


@routes.post("/hand-outs", "签字：新卡已交给各户，要第二个人确认才能用", Permission.CARDS_ISSUE)
@routes.json(ApprovalSchema, body=HandOutBody, status=201)
def request_hand_out(body: dict[str, Any], village: str) -> dict[str, Any]:
    """Sign as the first that these new cards, each scanned, were given to their households."""
    given = [(one["code"], one["pin"] and market.digest_pin(one["pin"])) for one in body["cards"]]
    with access.database().writing() as session:
        cards = []
        for text, pin in given:
            holder = roster.printed_card(session, text=text, village=village)
            cards.append(HandedCard(holder.card_id, holder.participant.id, pin))
        made = approvals.request_hand_out(session, village=village, cards=cards, **access.by_and_at())
    return one_request(village, made.id)


@routes.post(
    "/participants/<key:code>/closing", "申请销户或并户，要第二个人确认，不能恢复", Permission.ROSTER_CHANGE
)
@routes.json(ApprovalSchema, body=ClosingBody, status=201)
def request_closing(body: dict[str, Any], village: str, code: str) -> dict[str, Any]:
    """Request that a household ends for good, or becomes part of another."""
    who: Any = {"village": village, "participant": code, **access.by_and_at()}
    with access.database().writing() as session:
        made = approvals.request_closing(session, **who, **body)
    return one_request(village, made.id)


@routes.post("/months/<key:month>/close", "申请月结，要第二个人确认，不能恢复", Permission.MONTH_CLOSE)
@routes.json(ApprovalSchema, body=MonthCloseBody, status=201)
def request_month_close(body: dict[str, Any], village: str, month: str) -> dict[str, Any]:
    """Request that a month is closed for good."""
    who: Any = {"village": village, "month": month, **access.by_and_at()}
    with access.database().writing() as session:
        made = approvals.request_month_close(session, **who, **body)
    return one_request(village, made.id)


@routes.post("/participants/<key:code>/split", "申请分户，要第二个人确认", Permission.ROSTER_CHANGE)
@routes.json(ApprovalSchema, body=SplitBody, status=201)
def request_split(body: dict[str, Any], village: str, code: str) -> dict[str, Any]:
    """Request that some people of a household become one of their own."""
    decision = body.pop("decision")
    who: Any = {"village": village, "participant": code, **access.by_and_at()}
    with access.database().writing() as session:
        made = approvals.request_split(session, share=Share(**body), decision=decision, **who)
    return one_request(village, made.id)


@routes.post("/participants/<key:code>/move", "申请移到别的小组，要第二个人确认", Permission.ROSTER_CHANGE)
@routes.json(ApprovalSchema, body=MoveBody, status=201)
def request_move(body: dict[str, Any], village: str, code: str) -> dict[str, Any]:
    """Request that a household moves to another group."""
    who: Any = {"village": village, "participant": code, **access.by_and_at()}
    with access.database().writing() as session:
        made = approvals.request_move(session, **who, **body)
    return one_request(village, made.id)


@routes.post("/participants/<key:code>/gifts", "申请赠送积分，要第二个人确认", Permission.ROSTER_CHANGE)
@routes.json(ApprovalSchema, body=GiftBody, status=201)
def request_gift(body: dict[str, Any], village: str, code: str) -> dict[str, Any]:
    """Request that a household gets points for no deed."""
    who: Any = {"village": village, "participant": code, **access.by_and_at()}
    with access.database().writing() as session:
        made = approvals.request_gift(session, **who, **body)
    return one_request(village, made.id)


@routes.post(
    "/participants/<key:code>/erasure",
    "申请删除已销户一户的文字，要第二个人确认，不能恢复",
    Permission.ROSTER_CHANGE,
)
@routes.json(ApprovalSchema, body=ErasureBody, status=201)
def request_erasure(body: dict[str, Any], village: str, code: str) -> dict[str, Any]:
    """Request that the words about a closed household are erased."""
    who: Any = {"village": village, "participant": code, **access.by_and_at()}
    with access.database().writing() as session:
        made = approvals.request_erasure(session, **who, **body)
    return one_request(village, made.id)


@routes.post("/goods/<key:goods>/price", "改积分价；降价要第二个人确认", Permission.GOODS_CHANGE)
@routes.json(ChangedAnswer, body=PriceBody)
def change_price(body: dict[str, Any], village: str, goods: str) -> dict[str, Any]:
    """Give goods a new price from now or a later day; a lower one is requested."""
    day = body["from_day"]
    later = day is not None and day != dates.day_of(access.now())
    new: dict[str, Any] = {
        "points": body["points"],
        "valid_from": dates.start_of_day(day) if later else None,
    }
    with access.database().writing() as session:
        changed = approvals.change_price(session, village=village, goods=goods, **new, **access.by_and_at())
    return _changed(village, changed)


@routes.post("/goods/<key:goods>/words", "改名称、规格；货架上有货的要第二个人确认", Permission.GOODS_CHANGE)
@routes.json(ChangedAnswer, body=GoodsWordsBody)
def change_words(body: dict[str, Any], village: str, goods: str) -> dict[str, Any]:
    """Give goods another name or spec; where there are pieces of them it is requested."""
    with access.database().writing() as session:
        changed = approvals.change_words(session, village=village, goods=goods, **body, **access.by_and_at())
    return _changed(village, changed)


@routes.post("/goods/<key:goods>/limit", "改每户每月限量；放宽要第二个人确认", Permission.GOODS_CHANGE)
@routes.json(ChangedAnswer, body=MonthlyLimitBody)
def change_limit(body: dict[str, Any], village: str, goods: str) -> dict[str, Any]:
    """Set how many pieces a household may have a month; a looser limit is requested."""
    with access.database().writing() as session:
        changed = approvals.change_limit(session, village=village, goods=goods, **body, **access.by_and_at())
    return _changed(village, changed)


@routes.post("/settings/<key:setting>", "改一项设置；放宽要第二个人确认", Permission.SETTINGS_CHANGE)
@routes.json(ChangedAnswer, body=SettingBody)
def change_setting(body: dict[str, Any], village: str, setting: str) -> dict[str, Any]:
    """Change one setting; what loosens is requested."""
    new: Any = {"name": setting, "value": choosing.find(setting).read(body["value"])}
    with access.database().writing() as session:
        lacking = sheets.lacking_of(access.settings())
        changed = choosing.change(session, village=village, **new, lacking=lacking, **access.by_and_at())
    return _changed(village, changed)


def _changed(village: str, changed: object) -> dict[str, Any]:
    """What was done, or the request that waits."""
    if isinstance(changed, Approval):
        return {"done": False, "approval": one_request(village, changed.id)}
    return {"done": True, "approval": None}
