"""What the API says about itself: /api/openapi.json for programs, /api/docs for those who write them."""

from functools import cache
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Blueprint, Flask, Response, current_app, render_template
from flask_smorest import Api

import pointsbank
from pointsbank.schemas import json_text
from pointsbank.schemas.problems import ProblemSchema
from pointsbank.web.access import PageUnknown, public, settings
from pointsbank.web.api import manual
from pointsbank.web.api.completing import HEADERS, completed, strictness
from pointsbank.web.api.routes import REFUSALS, WRITE_REFUSALS

_ABOUT = """积分银行的程序接口。所有地址都在 /api/v1 下，用 `Authorization: Bearer <令牌>` 表明身份，\
令牌由 `pointsbank staff token 账号` 生成。

积分是最多两位小数的数字；时间是UTC，日期和月份按北京时间；列表的 `next` 原样放进 `cursor` 即可翻页。\
凡是动积分或库存的请求都带 `request_id`：没有收到答复时，用同一个 `request_id` 再发一次，不会重复记账。"""


class PointsbankApi(Api):  # type: ignore[misc]  # flask-smorest carries no types
    """flask-smorest's registry; refusals are problem+json, and errors are left to web/errors."""

    # Each route names its refusals; none of them is another.
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Nothing: smorest's own handler would take over the HTML pages as well."""

    def _register_pagination_header(self) -> None:
        """Nothing: our pages carry their cursor in the body."""

    def _register_responses(self) -> None:
        """Describe every refusal as what it is: application/problem+json."""
        content = {"application/problem+json": {"schema": ProblemSchema}}
        for status in REFUSALS + WRITE_REFUSALS:
            response: dict[str, Any] = {"description": status.phrase, "content": content}
            if status in HEADERS:
                response["headers"] = HEADERS[status]
            self.spec.components.response(status.name, response, lazy=True)


def document(app: Flask) -> PointsbankApi:
    """Return the registry that describes each blueprint in the OpenAPI document."""
    made = PointsbankApi(
        app,
        spec_kwargs={
            "title": "积分银行 pointsbank",
            "version": pointsbank.__version__,
            "openapi_version": "3.1.0",
            "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_name_of),
            "info": {"description": _ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "servers": [{"url": "/"}],
            "security": [{"token": []}],
        },
    )
    made.ma_plugin.converter.add_attribute_function(_without_null)
    made.ma_plugin.converter.add_attribute_function(strictness)
    made.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    return made


def _name_of(schema: Any) -> str:
    """Return a schema's name in the document."""
    found = resolve_schema_cls(schema)
    return (found[0] if isinstance(found, list) else found).__name__.replace("Schema", "")


def _without_null(converter: Any, field: Any, *, ret: dict[str, Any]) -> dict[str, Any]:
    """Leave a default of None out of the document: it says no more than that the field is optional."""
    if ret.get("default", ...) is None:
        del ret["default"]
    return {}


def pages(api: PointsbankApi) -> Blueprint:
    """Return the blueprint of the document and of the pages that show it."""
    blueprint = Blueprint("api_document", __name__, url_prefix="/api")

    @cache
    def described() -> dict[str, Any]:
        return completed(api.spec.to_dict())

    @cache
    def written() -> str:
        return json_text.write(described())

    @cache
    def parts() -> tuple[manual.Part, ...]:
        return manual.parts(described(), current_app)

    @blueprint.get("/openapi.json")
    @public
    def openapi() -> Response:
        return Response(written(), content_type="application/json")

    @blueprint.get("/docs")
    @public
    def docs() -> str:
        return render_template(
            "api/docs.html",
            parts=parts(),
            info=described()["info"],
            site=settings().public_url or "http://127.0.0.1:8000",
            refusals=manual.refusals(described()),
        )

    @blueprint.get("/docs/reasons")
    @public
    def reasons() -> str:
        return render_template("api/reasons.html", reasons=manual.reasons(described()))

    @blueprint.get("/docs/<name>")
    @public
    def part(name: str) -> str:
        found = next((one for one in parts() if one.name == name), None)
        if found is None:
            raise PageUnknown()
        return render_template("api/part.html", part=found)

    return blueprint
