"""Changes of the monthly limits of goods: one person tightens, loosening waits for a second."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import market
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.requesting import check_requester, request
from pointsbank.approvals.seen_goods import check_seen, seen, words_seen
from pointsbank.errors import Refused
from pointsbank.ledger import Names
from pointsbank.market import Goods

KIND = "loosen_limit"


class LimitMoved(Refused):
    """Somebody changed the limit after its loosening was requested."""

    code = "limit_moved"
    sentence = "“{name}”的限量在申请以后改成了{now}，这份申请不能再确认；还要放宽的，请按现在的限量重新申请。"
    fixed_by = "本人"


def change_limit(
    session: Session, *, village: str, goods: str, limit: int | None, by: str, at: datetime
) -> Goods | Approval:
    """Change how many pieces of goods (code) a household may have a month, or request it where that loosens.

    Args:
        limit: pieces, 1 to 9999; None for as many as there are.

    Raises:
        GoodsUnknown, LimitInvalid: see `market.set_limit`.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        approvals.change_limit(session, village="cy", goods="M01", limit=None, by=li.id, at=now)
        # Approval(kind="loosen_limit", subject="M01", status="waiting", …)
    """
    check_requester(session, village=village, kind=KIND, by=by)
    market.check_limit(limit)
    old = market.locked_limit(session, village=village, goods=goods, at=at)
    if not market.loosens_limit(old, limit):
        return market.set_limit(session, village=village, goods=goods, limit=limit, by=by, at=at)
    found = market.goods_by_code(session, village=village, code=goods, at=at)
    terms = {"old": old, "new": limit, **seen(found)}
    return request(session, village=village, kind=KIND, subject=found.code, terms=terms, by=by, at=at)


def describe(session: Session, approval: Approval) -> Outlook:
    """Say from what to what the limit goes, and how many lie on the shelf."""
    code, terms = approval.subject, approval.terms
    found = market.goods_by_code(session, village=approval.village, code=code, at=approval.requested_at)
    happens = (
        f"每户每月最多兑换：{in_words(terms['old'])} → {in_words(terms['new'])}，从下一次兑换起。",
        f"现有库存{found.stock}件：放宽以后，几户就可以兑换完。请先核实为什么放宽。",
    )
    return Outlook(f"{words_seen(terms, found)}（{code}）", happens)


def loosen(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Set the looser limit.

    Raises:
        LimitMoved: the limit is no longer the one from which the two would loosen it.
        GoodsRedescribed: the goods are called otherwise.
    """
    who = {"village": approval.village, "goods": approval.subject}
    terms = approval.terms
    now = market.locked_limit(session, **who, at=at)
    if now != terms["old"]:
        raise LimitMoved(name=approval.subject, now=in_words(now))
    check_seen(terms, market.goods_by_code(session, village=approval.village, code=approval.subject, at=at))
    found = market.set_limit(session, **who, limit=terms["new"], by=approval.requested_by, at=at)
    return f"{found.name}的每户每月限量已改为{in_words(found.limit_per_month)}。"


def title(subject: str, _names: Names) -> str:
    """Return the code of the goods."""
    return subject


def in_words(limit: int | None) -> str:
    """Return a limit as people read it."""
    return "不限" if limit is None else f"{limit}件"
