"""The bases of all schemas: unknown fields are refused, and every error names its field."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

import marshmallow
from marshmallow import EXCLUDE, RAISE, ValidationError, fields

from pointsbank.errors import Invalid
from pointsbank.schemas.fields import Choice, QueryNumber, RequestId, Text

MAXIMUM_PER_PAGE = 200


class FieldsInvalid(Invalid):
    """Some fields of a request are missing, unknown or wrong."""

    code = "fields_invalid"
    sentence = "有{count}处填写有误：{first}请改正后重新提交。"
    fixed_by = "管理员"


_MESSAGES = {"unknown": "没有这个字段，请去掉。", "type": "请提交一个 JSON 对象。"}


class Schema(marshmallow.Schema):
    """The base of every request: unknown fields are refused, in Chinese."""

    error_messages = _MESSAGES

    class Meta:
        """Unknown fields are refused, not ignored: a price sent along must not look accepted."""

        unknown = RAISE


class ResponseSchema(marshmallow.Schema):
    """The base of every answer: fields may be added later, so readers should ignore unknown ones."""

    class Meta:
        """The API document leaves further properties open."""

        unknown = EXCLUDE


class RequestBody(Schema):
    """A request that may be sent again: under the same id it is done once."""

    request_id = RequestId()


class ReplayableAnswer(ResponseSchema):
    """What was done, now or by the same request before."""

    status = Choice("completed", "replayed", required=True)


class Nothing(Schema):
    """A request that carries nothing but its address."""


class PageQuery(Schema):
    """Which part of a long list to give."""

    cursor = Text(maximum=600, load_default=None, note="上一页答复里的 next，原样带回。")
    limit = QueryNumber(minimum=1, maximum=MAXIMUM_PER_PAGE, load_default=50, note="一页多少条。")


def items_of(item: type[marshmallow.Schema]) -> type[marshmallow.Schema]:
    """Make the schema of a page of such items, with the cursor of the next page."""
    members: dict[str, fields.Field[Any]] = {
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.String(required=True, allow_none=True),
    }
    return ResponseSchema.from_dict(members, name=item.__name__ + "Page")


def read_fields(schema: marshmallow.Schema, given: Mapping[str, Any]) -> dict[str, Any]:
    """Read fields by a schema.

    Raises:
        FieldsInvalid: some are unknown, missing or wrong; its `errors` name each.
    """
    try:
        return dict(schema.load(given))
    except ValidationError as error:
        refuse_fields(error.messages)


def refuse_fields(messages: Any) -> NoReturn:
    """Refuse a request for its wrong fields, as marshmallow names them.

    Raises:
        FieldsInvalid: always; the sentence shows the first field, `errors` all of them.
    """
    found = list(complaints(messages))
    place = f"{found[0]['field']}：" if found[0]["field"] else ""
    raise FieldsInvalid(count=len(found), first=place + found[0]["detail"], errors=found)


def complaints(messages: Any, place: str = "") -> Iterator[dict[str, str]]:
    """Flatten marshmallow's nested messages into pairs of field and sentence.

    Example:
        >>> list(complaints({"lines": {0: {"points": ["请填数字。"]}}}))
        [{'field': 'lines.0.points', 'detail': '请填数字。'}]
    """
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            # Errors about a whole object, ours and marshmallow's, have the key "_schema".
            here = place if name == "_schema" else f"{place}.{name}" if place else str(name)
            yield from complaints(inner, here)
    elif isinstance(messages, Sequence) and not isinstance(messages, str):
        for inner in messages:
            yield from complaints(inner, place)
    else:
        yield {"field": place, "detail": str(messages)}
