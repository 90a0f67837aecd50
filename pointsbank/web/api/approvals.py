"""Acts that need a second person: request a PIN, see what waits, confirm, decline, withdraw."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from pointsbank import approvals, market, staff
from pointsbank.approvals import Shown
from pointsbank.schemas.approvals import (
    ApprovalPage,
    ApprovalSchema,
    CodeBody,
    DeclineBody,
    PinBody,
    PinChangeBody,
    PinChangedAnswer,
)
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("approvals", "双人确认：申请、确认、不同意、撤回；兑换密码")

ONE = "/approvals/<key:approval>"


@routes.post("/pins", "申请设置或重设一户的兑换密码，要第二个人确认", Permission.PIN_SET)
@routes.json(ApprovalSchema, body=PinBody, status=201)
def request_pin(body: dict[str, Any], village: str) -> dict[str, Any]:
    """Request that the household whose card was scanned gets this PIN."""
    pin = market.digest_pin(body["pin"])
    who = access.by_and_at()
    with access.database().writing() as session:
        made = approvals.request_pin(
            session, village=village, scan_ticket=body["scan_ticket"], pin=pin, **who
        )
    return one_request(village, made.id)


@routes.post("/pins/change", "本户用原密码和积分卡改兑换密码，马上生效", Permission.PIN_SET)
@routes.json(PinChangedAnswer, body=PinChangeBody)
def change_pin(body: dict[str, Any], village: str) -> dict[str, bool]:
    """Let a household that knows its PIN change it, with its card."""
    market.change_pin(access.database(), village=village, **body, **access.by_and_at())
    return {"changed": True}


@routes.get("/approvals", "列出等待确认的申请，最早的在前", Permission.APPROVAL_VIEW)
@routes.json(ApprovalPage, query=PageQuery)
def list_approvals(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List what waits for a second person, oldest first."""
    with access.database().reading() as session:
        found = approvals.waiting(session, village=village, **access.by_and_at())
        return page_of(_described(session, found), query, lambda one: [one["index"]])


@routes.get(ONE, "查看一份申请：确认后会怎样", Permission.APPROVAL_VIEW)
@routes.json(ApprovalSchema)
def show_approval(village: str, approval: str) -> dict[str, Any]:
    """Show one request."""
    return one_request(village, approval)


@routes.post(
    f"{ONE}/confirmation", "拒绝：令牌不能确认，请对方登录网页，或用 code", Permission.APPROVAL_ANSWER
)
@routes.json(ApprovalSchema, body=Nothing)
def confirm_approval(body: dict[str, Any], village: str, approval: str) -> dict[str, Any]:
    """Refuse, and say what to do instead: confirm from an own sign-in, or by a code."""
    with access.database().writing() as session:
        approvals.confirm(session, village=village, approval=approval, by_token=True, **access.by_and_at())
    return one_request(village, approval)


@routes.post(f"{ONE}/code", "对方在申请人的屏幕上用账号和动态码确认", Permission.APPROVAL_ANSWER)
@routes.json(ApprovalSchema, body=CodeBody)
def confirm_on_screen(body: dict[str, Any], village: str, approval: str) -> dict[str, Any]:
    """Let the second person confirm on the requester's screen, with login and code."""
    approvals.confirm_on_screen(
        access.database(), village=village, approval=approval, **body, **access.by_and_at()
    )
    return one_request(village, approval)


@routes.post(f"{ONE}/refusal", "不同意别人的申请", Permission.APPROVAL_ANSWER)
@routes.json(ApprovalSchema, body=DeclineBody)
def decline_approval(body: dict[str, Any], village: str, approval: str) -> dict[str, Any]:
    """Decline another one's request: nothing is done."""
    with access.database().writing() as session:
        approvals.decline(session, village=village, approval=approval, **body, **access.by_and_at())
    return one_request(village, approval)


@routes.post(f"{ONE}/withdrawal", "撤回自己的申请", Permission.APPROVAL_ANSWER)
@routes.json(ApprovalSchema, body=Nothing)
def withdraw_approval(body: dict[str, Any], village: str, approval: str) -> dict[str, Any]:
    """Withdraw one's own request."""
    with access.database().writing() as session:
        approvals.withdraw(session, village=village, approval=approval, **access.by_and_at())
    return one_request(village, approval)


def one_request(village: str, approval: str) -> dict[str, Any]:
    """Return one request as it stands now."""
    with access.database().reading() as session:
        found = approvals.shown(session, village=village, approval=approval, **access.by_and_at())
        return _described(session, [found])[0]


def _described(session: Session, found: Sequence[Shown]) -> list[dict[str, Any]]:
    """Requests with the names of those who made and ended them."""
    people = {who for one in found for who in (one.approval.requested_by, one.approval.ended_by) if who}
    names = staff.actors(session, ids=people)
    return [_fields(one, names) for one in found]


def _fields(one: Shown, names: dict[str, str]) -> dict[str, Any]:
    """One request as a program sees it."""
    approval = one.approval
    ended_by = approval.ended_by and names.get(approval.ended_by, approval.ended_by)
    return {
        "id": approval.id,
        "kind": approval.kind,
        "label": one.label,
        "subject": one.outlook.subject,
        "happens": list(one.outlook.happens),
        "status": one.status,
        "requested_by": names.get(approval.requested_by, approval.requested_by),
        "requested_at": approval.requested_at,
        "expires_at": approval.expires_at,
        "index": approval.requested_index,
        "mine": one.mine,
        "can_answer": one.can_answer,
        "ended_by": ended_by,
        "ended_at": approval.ended_at,
    }
