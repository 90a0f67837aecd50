"""Changes of prices: one person raises, lowering waits for a second."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import market
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.requesting import check_requester, request
from pointsbank.approvals.seen_goods import check_seen, seen, words_seen
from pointsbank.dates import moment_in_words
from pointsbank.errors import Refused
from pointsbank.ledger import Names
from pointsbank.market import Goods
from pointsbank.points import Points, show

KIND = "lower_price"


class PriceMoved(Refused):
    """Somebody changed the price after its lowering was requested."""

    code = "price_moved"
    sentence = "“{name}”的积分价在申请以后改成了{now}，这份申请不能再确认；还要降价的，请按现在的价重新申请。"
    fixed_by = "本人"


def change_price(
    session: Session,
    *,
    village: str,
    goods: str,
    points: Points,
    valid_from: datetime | None = None,
    by: str,
    at: datetime,
) -> Goods | Approval:
    """Give the goods with this code a new price, or request it where it is lower than the one until then.

    Args:
        points: hundredths of a point for one piece, > 0.
        valid_from: the moment from which it holds; None is now, or the confirmation.

    Raises:
        PriceInvalid, PriceBackdated, GoodsUnknown: see `market.set_price`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        approvals.change_price(session, village="cy", goods="M01", points=Points(3000), by=li.id, at=now)
        # Approval(kind="lower_price", subject="M01", status="waiting", …)
    """
    check_requester(session, village=village, kind=KIND, by=by)
    market.check_new_price(points, valid_from=valid_from, at=at)
    old = market.locked_price(session, village=village, goods=goods, at=valid_from or at)
    if not market.lowers(old, points):
        new: dict[str, Any] = {"points": points, "valid_from": valid_from}
        return market.set_price(session, village=village, goods=goods, **new, by=by, at=at)
    start = valid_from.isoformat() if valid_from else None
    found = market.goods_by_code(session, village=village, code=goods, at=at)
    terms = {"old": old, "new": points, "from": start, **seen(found)}
    return request(session, village=village, kind=KIND, subject=found.code, terms=terms, by=by, at=at)


def describe(session: Session, approval: Approval) -> Outlook:
    """Say from what to what the price goes, from when on, and what lies on the shelf."""
    terms, code = approval.terms, approval.subject
    found = market.goods_by_code(session, village=approval.village, code=code, at=approval.requested_at)
    old, new = (Points(terms[name]) for name in ("old", "new"))
    start = _start(approval)
    when = f"{moment_in_words(start)}起；那以后才确认的，从确认时起" if start else "从确认时起"
    happens = [f"每件从{show(old)}积分降到{show(new)}积分，{when}，之前的兑换不变。"]
    if approval.status == "waiting" and found.stock > 0:
        before, after = (show(Points(found.stock * each)) for each in (old, new))
        happens.append(f"货架上还有{found.stock}件，按原价值{before}积分，降价后值{after}积分。")
    happens.append("降价后先来的先兑换：请先核实为什么降，不是为了申请人或您自家要兑换的东西。")
    return Outlook(f"{words_seen(terms, found)}（{code}）", tuple(happens))


def lower(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Set the lower price, as the one who requested it.

    Raises:
        PriceMoved: the price is no longer the one from which the two would lower it.
        GoodsRedescribed: the goods are called otherwise: the price is one of something else.
    """
    start = _start(approval)
    # What was planned for a day that has begun holds from now on: a price never holds from the past.
    begins = max(start, at) if start else at
    who = {"village": approval.village, "goods": approval.subject}
    old, new = Points(approval.terms["old"]), Points(approval.terms["new"])
    now = market.locked_price(session, **who, at=begins)
    if now != old:
        raise PriceMoved(name=approval.subject, now=show(now))
    check_seen(
        approval.terms, market.goods_by_code(session, village=approval.village, code=approval.subject, at=at)
    )
    by = approval.requested_by
    found = market.set_price(session, **who, points=new, valid_from=begins, by=by, at=at)
    return f"{found.name}的积分价{'到时' if begins > at else '已'}降为{show(new)}。"


def title(subject: str, _names: Names) -> str:
    """Return the code of the goods."""
    return subject


def _start(approval: Approval) -> datetime | None:
    """Return the planned beginning in the village's time; None for the confirmation."""
    planned = approval.terms["from"]
    return datetime.fromisoformat(planned) if planned else None
