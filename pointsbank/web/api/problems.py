"""Refusals as application/problem+json: a stable reason for machines, a sentence for people."""

from http import HTTPStatus
from typing import Any

from flask import Response

from pointsbank.errors import NotAllowed
from pointsbank.web.api.routes import json_answer

PROBLEM = "application/problem+json"

SENTENCES = {
    404: ("not_found", "没有这个网址，请核对，接口说明在 /api/docs。"),
    405: ("method_not_allowed", "这个地址不支持这种请求方式。请查看 /api/docs。"),
    413: ("body_too_large", "提交的内容超过64KB，请分几次提交。"),
    429: ("too_many_requests", "请求太频繁，请稍等片刻再试。"),
}
OTHERWISE = ("http_error", "请求有误，请核对后再试。接口说明在 /api/docs。")
"""Reason and sentence for what Flask refuses: an unknown address, a wrong method."""
ELSEWHERE = dict([*SENTENCES.values(), OTHERWISE, (NotAllowed.code, NotAllowed.sentence)])
"""Reasons that no rule of ours raises, with their sentences; the last is that of a missing permission."""


def problem_answer(status: int, *, reason: str, detail: str, **more: Any) -> Response:
    """Return a refusal as application/problem+json; what is empty of `more` is left out."""
    body = {
        "type": f"urn:pointsbank:problem:{reason}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "reason": reason,
        "detail": detail,
    }
    return json_answer(body | {name: value for name, value in more.items() if value}, status, PROBLEM)
