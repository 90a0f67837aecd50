"""Whether a request was kept: for a program that sent one and never heard the answer."""

from typing import Any

from pointsbank import ledger
from pointsbank.schemas.ledger import RequestAnswer
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.routes import Routes

routes = Routes("requests", "请求编号：有没有记下")


@routes.get("/requests/<key:request_id>", "查一个请求编号有没有记下", Permission.HOME)
@routes.json(RequestAnswer)
def show_request(village: str, request_id: str) -> dict[str, Any]:
    """Tell whether the act with this request id was kept; one that is under way is waited for."""
    recorded = ledger.was_kept(access.database(), village=village, request_id=request_id, at=access.now())
    return {"request_id": request_id, "kept": recorded is not None, "recorded_at": recorded}
