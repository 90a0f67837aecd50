"""Requests to close a month: whoever requests it and whoever confirms see what it will fix."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import proof
from pointsbank.approvals.foreseeing import as_things_stand
from pointsbank.approvals.kind import Approval, Outlook
from pointsbank.approvals.requesting import request
from pointsbank.dates import month_in_words
from pointsbank.errors import Refused
from pointsbank.ledger import Names
from pointsbank.points import show
from pointsbank.proof import MonthAhead

KIND = "close_month"


class MonthNotReady(Refused):
    """Something must be done before the month can be closed."""

    code = "month_not_ready"
    sentence = "{month}还不能月结：{work}"
    fixed_by = "村委"


class HeedsUnread(Refused):
    """Something of the month stays as it is, and nobody said that this was read."""

    code = "month_heeds_unread"
    sentence = "月结前请先看一遍：{heeds}确实这样的，勾选“看过了，照样月结”。"
    fixed_by = "本人"


def request_month_close(
    session: Session, *, village: str, month: str, heeded: bool = False, by: str, at: datetime
) -> Approval:
    """Request that a month is closed for good.

    Args:
        heeded: whoever requests it has read what will stay as it is, e.g. that nobody is on the red board.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.
        MonthNotReady: something must be done first.
        HeedsUnread: something stays as it is and `heeded` is not said.
        ApprovalKindUnknown, RequesterNotAllowed, ApprovalWaiting, VillageUnknown: see `request`.

    Example:
        request_month_close(session, village="cy", month="2026-10", by=li.id, at=now).kind  # "close_month"
    """
    ahead = proof.month_ahead(session, village=village, month=month, at=at)
    _refuse_unless_ready(ahead)
    if ahead.heeds and not heeded:
        raise HeedsUnread(heeds="".join(one.sentence for one in ahead.heeds))
    terms = {"heeds": [one.code for one in ahead.heeds]}
    return request(session, village=village, kind=KIND, subject=month, terms=terms, by=by, at=at)


def _refuse_unless_ready(ahead: MonthAhead) -> None:
    """Raise with all that must be done first."""
    if not ahead.is_due:
        work = "".join(one.sentence for one in ahead.checks if one.state == "open")
        raise MonthNotReady(month=month_in_words(ahead.month), work=work)


def outlook(ahead: MonthAhead) -> tuple[str, ...]:
    """Return what closing a month will do, one a sentence.

    Example:
        outlook(proof.month_ahead(session, village="cy", month="2026-10", at=now))[0]
        # "定下1149个积分主体的名次，这个月合计荣誉1204.5（加1260，减55.5）。"
    """
    boards = f"红榜{ahead.red}户" + ("" if ahead.black is None else f"、黑榜{ahead.black}户")
    won = f"加{show(ahead.plus)}，减{show(ahead.minus)}"
    return (
        f"定下{ahead.participants}个积分主体的名次，这个月合计荣誉{show(ahead.honour)}（{won}）。",
        f"海报上印{boards}，和新的存证码。",
        "账本到这一条为止封存：以后谁改了前面的账，和海报上的存证码就对不上。",
        f"月结后这个月不再变动，不能恢复；晚到的评分计入{month_in_words(ahead.late)}，注明补录。",
    )


def describe(session: Session, approval: Approval) -> Outlook:
    """Say what the close will fix, and what whoever requested it has read."""
    name = month_in_words(approval.subject)
    if approval.status != "waiting":
        return Outlook(name, ())
    ahead = proof.month_ahead(
        session, village=approval.village, month=approval.subject, at=approval.requested_at
    )

    def foresee() -> tuple[str, ...]:
        _refuse_unless_ready(ahead)
        return (*(f"请留意：{one.sentence}" for one in ahead.heeds), *outlook(ahead))

    return Outlook(name, as_things_stand(foresee))


def title(subject: str, _names: Names) -> str:
    """Return the month."""
    return month_in_words(subject)


def close(session: Session, approval: Approval, second: str, at: datetime) -> str:
    """Close the month, as the one who requested it.

    Raises the refusals of `proof.close_month`: what came between is in the way.
    """
    village, month = approval.village, approval.subject
    proof.close_month(session, village=village, month=month, by=approval.requested_by, at=at)
    return f"{month_in_words(month)}已月结，存证码已生成，可以打印海报。"
