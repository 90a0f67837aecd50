"""One table from what went wrong to what is answered: problem+json for programs, a page for people."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError

from pointsbank import card_visits, failures, staff, storage_faults, watermark
from pointsbank.errors import Invalid, NotAllowed, NotFound, Problem, Refused
from pointsbank.outcomes import OutcomeUnknown
from pointsbank.schemas.json_text import JsonInvalid, JsonTooLarge
from pointsbank.web import access, limits
from pointsbank.web.api import problems
from pointsbank.web.api.routes import NotJson
from pointsbank.web.stopping import stop_serving
from pointsbank.web.typed_values import words_sent
from pointsbank.web.ways_out import ways_out

STATUSES: Mapping[type[Problem], int] = {
    Invalid: 422,
    NotAllowed: 403,
    NotFound: 404,
    Refused: 409,
    JsonInvalid: 400,
    access.NotSignedIn: 401,
    JsonTooLarge: 413,
    NotJson: 415,
    staff.problems.TooManyAttempts: 429,
    card_visits.problems.TooManyVisits: 429,
    failures.Busy: 503,
    failures.StorageFailed: 503,
    failures.DiskFull: 507,
    failures.DatabaseTorn: 503,
    storage_faults.DatabaseUnusable: 503,
    watermark.problems.LogBehindWatermark: 503,
    watermark.problems.DatabaseExchanged: 503,
    OutcomeUnknown: 503,
}
"""HTTP status of a refusal: its own or that of the class it comes from, else 500."""
HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": 'Bearer realm="pointsbank"'},
    429: {"Retry-After": "60"},
    503: {"Retry-After": "2"},
}

FIRST: Mapping[type[Problem], str] = {
    access.NotSignedIn: "pages.sign_in_form",
    staff.problems.PasswordMustChange: "pages.account",
    staff.problems.SecondFactorNeeded: "pages.second_factor",
}
"""The page that comes before the one that was wanted."""

FRONT = "pages.open_front"
"""What home is to who is not signed in: the public board."""

SENTENCES: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "请求的格式不对，请返回上一页重新提交。"),
    401: ("not_signed_in", "请先登录。"),
    403: ("not_allowed", "您没有这项权限，请联系管理员。"),
    404: ("page_unknown", "没有这个页面，请从首页重新进入。"),
    405: ("method_not_allowed", "这个地址不能这样使用，请从首页重新进入。"),
    413: (
        "too_large",
        "提交的内容太大。请先登录，再提交64MB以内的照片或8MB以内的表格。",
    ),
    415: ("media_type_wrong", "内容的类型不对，请按说明提交。"),
    422: ("invalid", "填写的内容有误，请检查后重新提交。"),
    429: ("too_many_requests", "请求太频繁，请稍等一会儿再试。"),
}


_TOO_LARGE_SIGNED_IN = (
    "too_large",
    "提交的内容太大，没有收下，填的字也没有收到：照片合起来要在64MB以内，表格在8MB以内，请换小的再填、再提交。",
)
"""What who is signed in already is told of a body that is too large."""


def status_of(problem: type[Problem]) -> int:
    """Return the HTTP status of a kind of problem."""
    return next((STATUSES[kind] for kind in problem.__mro__ if kind in STATUSES), 500)


def register(app: Flask) -> None:
    """Answer every failure of this application through the table."""
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(InternalServerError, answer_unexpected)
    app.register_error_handler(DBAPIError, answer_storage)
    app.register_error_handler(PoolTimeout, lambda error: answer_problem(failures.Busy()))
    app.register_error_handler(UnicodeError, lambda error: answer_problem(failures.Unstorable()))
    app.register_error_handler(OverflowError, lambda error: answer_problem(failures.Unstorable()))


def answer_problem(problem: Problem) -> Response:
    """Say a refusal of ours."""
    if isinstance(problem, access.NotSignedIn) and request.endpoint == "pages.home":
        try:
            return make_response(current_app.view_functions[FRONT]())
        except Problem as refused:
            # Nothing answers what an answer raises.
            return answer_problem(refused)
    first = next((page for kind, page in FIRST.items() if isinstance(problem, kind)), None)
    if first is not None and not _for_program() and not words_sent():
        return _lead_to(first)
    extra: dict[str, Any] = {name: problem.fields.get(name) for name in ("errors", "reference")}
    extra["fixed_by"] = problem.fixed_by
    if not _for_program():
        extra["first"] = first
        extra["ways"] = ways_out(problem)
    if isinstance(problem, OutcomeUnknown) and not _for_program():
        extra["again"] = _as_sent()
    rows = getattr(problem, "problems", None)
    if rows:
        extra["errors"] = [{"field": f"{r.row}.{r.column}", "detail": r.sentence} for r in rows]
    return answer(status_of(type(problem)), problem.code, _detail(problem), extra)


def _detail(problem: Problem) -> str:
    """Return its sentence: who only looks is not told that a sale failed which has just led him here."""
    if request.method in ("GET", "HEAD"):
        return problem.detail.replace(failures.NOT_DONE, failures.NOT_SHOWN)
    return problem.detail


def answer_http(error: HTTPException) -> Response:
    """Say what werkzeug, flask-wtf or webargs refused."""
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    if _for_program():
        code, sentence = problems.SENTENCES.get(status, problems.OTHERWISE)
    elif isinstance(error, CSRFError):
        code, sentence = (
            "form_expired",
            "这个页面放得太久，或者浏览器没有保存登录信息，请返回后刷新页面，再提交。",
        )
    else:
        code, sentence = SENTENCES.get(status, ("http_error", "请求没有完成，请从首页重新进入。"))
        if status == 413 and access.visit().signed_in:
            code, sentence = _TOO_LARGE_SIGNED_IN
    response = answer(status, code, sentence)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def answer_storage(error: DBAPIError) -> Response:
    """Answer what the database refused; the technical words go to the log."""
    if request.path == "/healthz":
        # Who looks after the server asks here, and is told the cause.
        cause = storage_faults.explain(error, access.database().url, in_use=True)
        if cause is not None:
            return answer_problem(cause)
    problem = failures.storage_problem(error, doing())
    if isinstance(problem, failures.DatabaseTorn):
        stop_serving(problem)
    return answer_problem(problem)


def answer_unexpected(error: InternalServerError) -> Response:
    """Log an exception that nobody expected and answer with the reference under which it is logged.

    A village's page for everybody, or for who holds a card, takes an address alone: what breaks it is stored.
    """
    cause = error.original_exception or error
    if isinstance(cause, failures.UNREADABLE) and _writes_nothing() and _is_of_the_board():
        return answer_problem(failures.unreadable(cause, doing()))
    return answer_problem(failures.internal(cause, doing()))


def _writes_nothing() -> bool:
    """Return whether this request can write nothing; the check of a poster is sent, and writes nothing."""
    return request.method in ("GET", "HEAD") or request.endpoint == "pages.check_poster"


def _is_of_the_board() -> bool:
    """Return whether this request is for a village's page that is open to who has not signed in."""
    view = current_app.view_functions.get(request.endpoint or "")
    needed = access.declared(view, request.method) if view is not None else None
    return needed == access.CARD or (needed == access.PUBLIC and "village" in (request.view_args or {}))


def doing() -> str:
    """Return method and path of this request, for the log."""
    return f"{request.method} {request.path}"


def answer(status: int, code: str, detail: str, extra: Mapping[str, Any] | None = None) -> Response:
    """Return the answer: problem+json for a program, a page for a person."""
    if _for_program():
        response = problems.problem_answer(status, reason=code, detail=detail, **(extra or {}))
    else:
        extra = extra or {}
        again = extra.get("again")
        # What else a page shows is read from the database, which may be what has failed.
        setattr(g, limits.FAILURE_PAGE, True)
        page = render_template(
            "error.html",
            status=status,
            code=code,
            detail=detail,
            fixed_by=extra.get("fixed_by"),
            again=again,
            first=extra.get("first"),
            ways=extra.get("ways") or [],
            # What can be sent again as it was is not lost.
            words=[] if again or status == 413 else words_sent(),
        )
        response = make_response(page, status)
    for name, value in HEADERS.get(status, {}).items():
        if status != 401 or _for_program():
            response.headers[name] = value
    return response


def _as_sent() -> list[tuple[str, str]]:
    """Return the posted fields with their request id, to be sent again; what is secret is typed anew."""
    secret = g.get("secrets", frozenset({"password", "pin"}))
    fields = request.form.items(multi=True)
    return [(name, value) for name, value in fields if name not in secret]


def _for_program() -> bool:
    return request.path.startswith("/api/")


def _lead_to(page: str) -> Response:
    """Lead to a page that comes first; it knows what was wanted, and leads back."""
    here = request.script_root + request.full_path.rstrip("?")
    back = here if request.method == "GET" and request.path != "/" else None
    return make_response(redirect(url_for(page, next=back), 303))
