"""Refusals as application/problem+json: a stable reason for machines, a sentence for people."""

from http import HTTPStatus
from typing import Any

from flask import Response
from werkzeug.exceptions import HTTPException

from pointsbank.web.api.routes import json_answer

PROBLEM = "application/problem+json"

_SENTENCES = {
    404: ("not_found", "没有这个地址。请核对网址，接口说明在 /api/docs。"),
    405: ("method_not_allowed", "这个地址不支持这种请求方式。请查看 /api/docs。"),
    413: ("body_too_large", "提交的内容超过64KB，请分几次提交。"),
    429: ("too_many_requests", "请求太频繁，请稍等片刻再试。"),
}


def problem_answer(
    status: int,
    *,
    reason: str,
    detail: str,
    fixed_by: str | None = None,
    reference: str | None = None,
    errors: Any = None,
) -> Response:
    """Return a refusal as application/problem+json."""
    body: dict[str, Any] = {
        "type": f"urn:pointsbank:problem:{reason}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "reason": reason,
        "detail": detail,
    }
    more = {"fixed_by": fixed_by, "reference": reference, "errors": errors}
    body |= {name: value for name, value in more.items() if value}
    answer = json_answer(body, status, PROBLEM)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def http_answer(error: HTTPException) -> Response:
    """Return what Flask refuses (unknown address, wrong method) as a problem, with its headers."""
    status = error.code or 500
    reason, detail = _SENTENCES.get(status, ("http_error", "请求有误，请核对后再试。接口说明在 /api/docs。"))
    answer = problem_answer(status, reason=reason, detail=detail)
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    answer.headers.update(kept)
    return answer
