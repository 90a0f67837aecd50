"""The blueprint of all API routes: unknown and repeated fields are refused, decimals stay exact."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import wraps
from http import HTTPStatus
from typing import Any, ClassVar, NoReturn, TypeVar, cast

from flask import Request, Response
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import BaseConverter

from pointsbank.errors import Invalid
from pointsbank.schemas import json_text
from pointsbank.schemas.base import Nothing, ReplayableAnswer, refuse_fields
from pointsbank.web.access import Needed, declare


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
    sentence = "请用 JSON 提交，并把 Content-Type 写成 application/json。"
    fixed_by = "管理员"


class StrictParser(FlaskParser):
    """Reads requests for webargs: our JSON, no field twice, no unknown field."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {"json": RAISE, "query": RAISE}  # noqa: RUF012 - as webargs declares it

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

    def handle_error(self, error: ValidationError, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse with all wrong fields at once.

        Raises:
            FieldsInvalid: always; its `errors` name each field without the location that webargs adds.
        """
        # webargs puts what it read from (json, query) above the fields' own messages.
        messages = cast("dict[str, Any]", error.messages)
        refuse_fields(next(iter(messages.values())))


class Routes(Blueprint):  # type: ignore[misc]  # flask-smorest carries no types
    """A blueprint of a village's routes in /api/v1, whose answers keep decimals exact."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(
        self, name: str, description: str, *, prefix: str = "/api/v1/villages/<key:village>"
    ) -> None:
        """Take the name, what the document says about these routes, and what their addresses begin with."""
        super().__init__(name, __name__, url_prefix=prefix, description=description)
        self._prepare_doc_cbks.append(_describe_refusals)

    def get(
        self, rule: str, summary: str, needed: Needed, *, in_group: bool = False
    ) -> Callable[[View], View]:
        """Declare a route that reads; the summary is printed in the API document.

        Args:
            in_group: as `access.declare`.
        """
        return self._declared("GET", rule, summary, needed, in_group)

    def post(
        self, rule: str, summary: str, needed: Needed, *, in_group: bool = False
    ) -> Callable[[View], View]:
        """Declare a route that writes; the summary is printed in the API document.

        Args:
            in_group: as `access.declare`.
        """
        return self._declared("POST", rule, summary, needed, in_group)

    def _declared(
        self, method: str, rule: str, summary: str, needed: Needed, in_group: bool
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            described: View = self.doc(summary=summary, operationId=view.__name__)(view)
            self.route(rule, methods=[method])(declare(described, needed, in_group=in_group))
            return described

        return decorate

    def json(
        self,
        schema: type[Schema],
        *,
        body: type[Schema] | None = None,
        query: type[Schema] | None = None,
        status: int = 200,
    ) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
        """Answer the view's value in this schema; pass it the fields of body or query as its first argument.

        The status is 200 whenever a `ReplayableAnswer` tells of the same request before.
        """
        writer, replayable = schema(), issubclass(schema, ReplayableAnswer)
        sent = (
            {field.data_key or name for name, field in body().fields.items()} if body is not None else set()
        )

        def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
            @wraps(view)
            def answer(*args: Any, **kwargs: Any) -> Response:
                with _naming(sent):
                    value = writer.dump(view(*args, **kwargs))
                return json_answer(value, 200 if replayable and value["status"] == "replayed" else status)

            described = self.response(status, schema)(answer)
            if replayable:
                note = "同一个 request_id 再次提交：返回第一次的结果，什么也没有再动。"
                described = self.alt_response(200, schema=schema, description=note, success=True)(described)
            # One object for all requests: to make a schema takes longer than to read a request by it.
            if query is not None:
                described = self.arguments(query(), location="query")(described)
            if body is not None:
                described = self.arguments(body(), required=body is not Nothing)(described)
            return described  # type: ignore[no-any-return]

        return decorate

    def file(self, kind: str) -> Callable[[View], View]:
        """Document that the view answers with a file of this media type."""
        file = {"type": "string", "format": "binary"}
        described: Callable[[View], View] = self.response(200, file, content_type=kind)
        return described

    def arguments_by_name(self) -> Callable[[View], View]:
        """Document that the view reads a JSON object whose members depend on a name in the address."""
        body = {"content": {JSON: {"schema": {"type": "object"}}}}
        described: Callable[[View], View] = self.doc(requestBody=body)
        return described


@contextmanager
def _naming(sent: Collection[str]) -> Iterator[None]:
    """Let a rule's refusal of what was sent name the field, where it says under which names that may come."""
    try:
        yield
    except Invalid as problem:
        name = next((one for one in problem.at if one in sent), None)
        if name is not None and not problem.fields.get("errors"):
            problem.fields["errors"] = [{"field": name, "detail": problem.detail}]
        raise


def json_answer(value: Any, status: int, content_type: str = JSON) -> Response:
    """Return a JSON answer."""
    return Response(json_text.write(value), status, content_type=content_type)


def _body(req: Request) -> bytes:
    """Return the request's body; raises JsonTooLarge."""
    req.max_content_length = json_text.MAXIMUM_BYTES
    try:
        return req.get_data(cache=False)
    except RequestEntityTooLarge:
        raise json_text.JsonTooLarge() from None


REFUSALS = [HTTPStatus(status) for status in (401, 403, 404, 405, 409, 422, 429, 500, 503, 507)]
WRITE_REFUSALS = [HTTPStatus(status) for status in (400, 413, 415)]


def _describe_refusals(doc: dict[str, Any], info: Any, *, method: str, **others: Any) -> dict[str, Any]:
    """Name in the document every way in which a route may refuse."""
    refusals = REFUSALS + (WRITE_REFUSALS if method == "post" else [])
    doc["responses"] = dict(sorted(({status: status.name for status in refusals} | doc["responses"]).items()))
    return doc
