"""The blueprint of all API routes: unknown and repeated fields are refused, decimals stay exact."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, NoReturn, TypeVar, cast

from flask import Request, Response
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import BaseConverter

from pointsbank.errors import Invalid
from pointsbank.schemas import json_text
from pointsbank.schemas.base import Nothing, refuse_fields


class Key(BaseConverter):
    """A code or an id in an address: short, no control characters; anything else is no address of ours."""

    regex = r"[^/\x00-\x1f\x7f]{1,64}"
    document: ClassVar = {
        "type": "string",
        "minLength": 1,
        "maxLength": 64,
        "pattern": r"^[^/\x00-\x1f\x7f]+$",
    }


View = TypeVar("View", bound=Callable[..., Any])

JSON = "application/json"


class NotJson(Invalid):
    """The body says it is something other than JSON."""

    code = "media_type_wrong"
    sentence = "请用JSON提交，并把 Content-Type 写成 application/json。"
    fixed_by = "管理员"


_UNKNOWN_REFUSED: dict[str, str | None] = {"json": RAISE, "query": RAISE}


class StrictParser(FlaskParser):
    """Reads requests for webargs: our JSON, no field twice, no unknown field."""

    DEFAULT_UNKNOWN_BY_LOCATION = _UNKNOWN_REFUSED

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Read the body as a JSON value.

        Raises:
            NotJson: the content type is not JSON in UTF-8.
            JsonTooLarge: the body is longer than 64 KiB.
            JsonInvalid: the body is not JSON, or JSON that two readers could read differently.
        """
        data = _body(req)
        if not data and isinstance(schema, Nothing):
            return {}
        if req.mimetype != JSON or req.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
            raise NotJson()
        return json_text.read(data)

    def load_querystring(self, req: Request, schema: Schema) -> dict[str, str]:
        """Read the query string.

        Raises:
            FieldsInvalid: a field is given twice, so that two readers could read different values.
        """
        twice = {
            name: ["这一项写了两次，请只写一次。"] for name, values in req.args.lists() if len(values) > 1
        }
        if twice:
            refuse_fields(twice)
        return req.args.to_dict()

    def handle_error(
        self,
        error: ValidationError,
        req: Request,
        schema: Schema,
        *,
        error_status_code: int | None,
        error_headers: Any,
    ) -> NoReturn:
        """Refuse with all wrong fields at once.

        Raises:
            FieldsInvalid: always; its `errors` name each field without the location that webargs adds.
        """
        # webargs puts what it read from (json, query) above the fields' own messages.
        messages = cast("dict[str, Any]", error.messages)
        refuse_fields(next(iter(messages.values())))


class Routes(Blueprint):  # type: ignore[misc]  # flask-smorest carries no types
    """A blueprint under /api/v1 whose answers keep decimals exact."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, description: str) -> None:
        """Take the name and what the document says about these routes."""
        super().__init__(name, __name__, url_prefix="/api/v1", description=description)
        self._prepare_doc_cbks.append(_describe_refusals)

    def get(self, rule: str, summary: str) -> Callable[[View], View]:
        """Declare a route that reads; the summary is printed in the API document."""
        return self._described("GET", rule, summary)

    def post(self, rule: str, summary: str) -> Callable[[View], View]:
        """Declare a route that writes; the summary is printed in the API document."""
        return self._described("POST", rule, summary)

    def _described(self, method: str, rule: str, summary: str) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            described: View = self.doc(summary=summary, operationId=view.__name__)(view)
            self.route(rule, methods=[method])(described)
            return described

        return decorate

    def arguments(self, schema: type[Schema], location: str = "json") -> Callable[[View], View]:
        """Pass the request's fields, read by this schema, to the view as its first argument."""
        needed = location == "json" and schema is not Nothing
        # One object for all requests: to make a schema takes longer than to read a request by it.
        read: Callable[[View], View] = super().arguments(schema(), location=location, required=needed)
        return read

    def response(
        self, status: int, schema: type[Schema], *, replayed: bool = False
    ) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
        """Answer the view's value in this schema.

        Args:
            status: the HTTP status, unless the value's own `status` says "replayed": then 200.
            replayed: document the second answer, for a request made before.
        """
        writer = schema()
        describe = super().response(status, schema)

        def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
            @wraps(view)
            def answer(*args: Any, **kwargs: Any) -> Response:
                value = writer.dump(view(*args, **kwargs))
                return json_answer(value, 200 if replayed and value["status"] == "replayed" else status)

            described = describe(answer)
            if replayed:
                note = "同一个 request_id 再次提交：返回第一次的结果，什么也没有再动。"
                described = self.alt_response(200, schema=schema, description=note, success=True)(described)
            return described  # type: ignore[no-any-return]

        return decorate

    def response_pdf(self) -> Callable[[View], View]:
        """Document that the view answers with a PDF file."""
        body = {"type": "string", "format": "binary"}
        described: Callable[[View], View] = super().response(200, body, content_type="application/pdf")
        return described

    def arguments_by_name(self) -> Callable[[View], View]:
        """Document that the view reads a JSON object whose members depend on a name in the address."""
        body = {"content": {JSON: {"schema": {"type": "object"}}}}
        described: Callable[[View], View] = self.doc(requestBody=body)
        return described


def json_answer(value: Any, status: int, content_type: str = JSON) -> Response:
    """Return a JSON answer that no cache may keep."""
    answer = Response(json_text.write(value), status, content_type=content_type)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _body(req: Request) -> bytes:
    """Return the request's body; raises JsonTooLarge."""
    req.max_content_length = json_text.MAXIMUM_BYTES
    try:
        return req.get_data(cache=False)
    except RequestEntityTooLarge:
        raise json_text.JsonTooLarge() from None


_REFUSALS = (
    "UNAUTHORIZED",
    "FORBIDDEN",
    "NOT_FOUND",
    "UNPROCESSABLE_ENTITY",
    "TOO_MANY_REQUESTS",
    "SERVICE_UNAVAILABLE",
)
_WRITE_REFUSALS = ("BAD_REQUEST", "CONFLICT", "REQUEST_ENTITY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE")
_STATUS = {
    "BAD_REQUEST": "400",
    "UNAUTHORIZED": "401",
    "FORBIDDEN": "403",
    "NOT_FOUND": "404",
    "CONFLICT": "409",
    "REQUEST_ENTITY_TOO_LARGE": "413",
    "UNSUPPORTED_MEDIA_TYPE": "415",
    "UNPROCESSABLE_ENTITY": "422",
    "TOO_MANY_REQUESTS": "429",
    "SERVICE_UNAVAILABLE": "503",
}


def _describe_refusals(doc: dict[str, Any], info: Any, *, method: str, **others: Any) -> dict[str, Any]:
    """Name in the document every way in which a route may refuse."""
    names = _REFUSALS + (_WRITE_REFUSALS if method == "post" else ())
    responses = {
        str(int(code)): described for code, described in doc.get("responses", {}).items() if code != "default"
    }
    refusals = {_STATUS[name]: name for name in names}
    doc["responses"] = dict(sorted({**refusals, **responses}.items()))
    return doc
