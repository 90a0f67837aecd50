"""One table from what went wrong to what is answered: problem+json for programs, a page for people."""

import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from pointsbank.errors import Invalid, NotAllowed, NotFound, Problem, Refused
from pointsbank.web.api.problems import http_answer, problem_answer

log = logging.getLogger("pointsbank.web")

FAMILIES: Mapping[type[Problem], int] = {Invalid: 422, NotAllowed: 403, NotFound: 404, Refused: 409}
CODES: Mapping[str, int] = {
    "not_signed_in": 401,
    "too_many_attempts": 429,
    "body_malformed": 400,
    "body_too_large": 413,
    "media_type_wrong": 415,
    "busy": 503,
    "storage_failed": 503,
    "disk_full": 507,
}
HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": 'Bearer realm="pointsbank"'},
    429: {"Retry-After": "60"},
    503: {"Retry-After": "2"},
}


class Busy(Refused):
    """Somebody else is writing just now; the same request may be sent again."""

    code = "busy"
    sentence = "系统正忙，这一次没有生效，请过几秒再试。"
    fixed_by = "店员"


class DiskFull(Refused):
    """There is no room left to write."""

    code = "disk_full"
    sentence = "服务器磁盘已满，这一次没有生效，请管理员清理磁盘后再试。"
    fixed_by = "管理员"


class StorageFailed(Refused):
    """The database cannot be reached or written."""

    code = "storage_failed"
    sentence = "数据库暂时不能读写，这一次没有生效，请管理员检查后再试。"
    fixed_by = "管理员"


class Conflict(Refused):
    """Two people changed the same thing at once; the database kept the first."""

    code = "conflict"
    sentence = "刚才有人改了同样的内容，这一次没有生效，请重新打开页面后再试。"


class Unstorable(Invalid):
    """A number too large or a character that no database keeps."""

    code = "unstorable"
    sentence = "有的数字太大或文字里有不能保存的字符，请检查后重新提交。"


SENTENCES: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "请求的格式不对，请返回上一页重新提交。"),
    401: ("not_signed_in", "请先登录。"),
    403: ("not_allowed", "您没有这项权限，请联系村管理员。"),
    404: ("page_unknown", "没有这个页面，请从首页重新进入。"),
    405: ("method_not_allowed", "这个地址不能这样使用，请从首页重新进入。"),
    413: ("too_large", "提交的内容太大，请减小文件或分几次提交。"),
    415: ("media_type_wrong", "内容的类型不对，请按说明提交。"),
    422: ("invalid", "填写的内容有误，请检查后重新提交。"),
    429: ("too_many_requests", "请求太频繁，请稍等一会儿再试。"),
    500: ("internal", "系统出了差错，这一次没有生效，请稍后再试或联系管理员。"),
}


def status_of(problem: Problem) -> int:
    """The HTTP status of a problem: by its code, else by its family."""
    if problem.code in CODES:
        return CODES[problem.code]
    return next((status for family, status in FAMILIES.items() if isinstance(problem, family)), 500)


def register(app: Flask) -> None:
    """Answer every failure of this application through the table."""
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(DBAPIError, answer_storage)
    app.register_error_handler(PoolTimeout, lambda error: answer_problem(Busy()))
    app.register_error_handler(UnicodeError, lambda error: answer_problem(Unstorable()))
    app.register_error_handler(OverflowError, lambda error: answer_problem(Unstorable()))


def answer_problem(problem: Problem) -> Response:
    """Say a refusal of ours."""
    if problem.code == "not_signed_in" and not _for_program():
        return _to_sign_in()
    extra: dict[str, Any] = {"fixed_by": problem.fixed_by, "errors": problem.fields.get("errors")}
    rows = getattr(problem, "problems", None)
    if rows:
        extra["errors"] = [{"field": f"{r.row}.{r.column}", "detail": r.sentence} for r in rows]
    return answer(status_of(problem), problem.code, problem.detail, extra)


def answer_http(error: HTTPException) -> Response:
    """Say what werkzeug, flask-wtf or webargs refused."""
    if error.response is not None:
        return make_response(error.response)
    if _for_program():
        return http_answer(error)
    status = error.code or 500
    code, sentence = SENTENCES.get(status, ("http_error", "请求没有完成，请从首页重新进入。"))
    if isinstance(error, CSRFError):
        code, sentence = "form_expired", "这个页面放得太久或浏览器没有保存登录信息，请返回后刷新页面再提交。"
    response = answer(status, code, sentence)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def answer_storage(error: DBAPIError) -> Response:
    """Say what the database refused, and keep the technical words for the log."""
    problem = storage_problem(error)
    log.warning("database refused %s %s: %s", request.method, request.path, error.orig)
    if problem is None:
        log.error("unexpected database error", exc_info=error)
        code, sentence = SENTENCES[500]
        return answer(500, code, sentence)
    return answer_problem(problem)


def storage_problem(error: DBAPIError) -> Problem | None:
    """Which of our sentences a database error deserves; None when it is a defect of ours."""
    if isinstance(error, IntegrityError):
        return Conflict()
    if isinstance(error, DataError):
        return Unstorable()
    sqlite_code = getattr(error.orig, "sqlite_errorcode", None)
    if sqlite_code is not None:
        # The low byte is the primary code: 5 busy, 6 locked, 13 full, 8 read-only, 10 I/O, 14 cannot open.
        primary = sqlite_code & 0xFF
        if primary in (8, 10, 14):
            return StorageFailed()
        return {5: Busy(), 6: Busy(), 13: DiskFull()}.get(primary)
    state = getattr(error.orig, "sqlstate", None) or "08000"
    if state in ("40001", "40P01", "55P03"):
        return Busy()
    if state == "53100":
        return DiskFull()
    return StorageFailed() if state[:2] in ("08", "53", "57", "25") else None


def answer(status: int, code: str, detail: str, extra: Mapping[str, Any] | None = None) -> Response:
    """One answer in the manner the asker reads."""
    if _for_program():
        response = problem_answer(status, reason=code, detail=detail, **(extra or {}))
    else:
        page = render_template("error.html", status=status, code=code, detail=detail, extra=extra or {})
        response = make_response(page, status)
    for name, value in HEADERS.get(status, {}).items():
        if status != 401 or _for_program():
            response.headers[name] = value
    return response


def _for_program() -> bool:
    return request.path.startswith("/api/")


def _to_sign_in() -> Response:
    back = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
    return make_response(redirect(url_for("pages.sign_in_form", next=back), 303))
