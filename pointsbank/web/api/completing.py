"""Completes the API's document: reasons from the register, strict patterns, examples, links between acts."""

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from pointsbank import lists, sheets
from pointsbank.errors import every_problem
from pointsbank.schemas.base import Schema
from pointsbank.schemas.fields import DECIMALS, Month, RequestId, Text
from pointsbank.web.api import examples
from pointsbank.web.api.links import LINKS
from pointsbank.web.api.problems import ELSEWHERE

JSON, PROBLEM = "application/json", "application/problem+json"

_SECONDS = {"schema": {"type": "integer", "minimum": 0}, "description": "多少秒之后再试。"}
_TEXT = {"schema": {"type": "string"}}
HEADERS: Mapping[int, Mapping[str, Any]] = {
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": {**_TEXT, "description": "要用 Bearer 令牌。"}},
    HTTPStatus.METHOD_NOT_ALLOWED: {"Allow": {**_TEXT, "description": "这个地址接受的请求方式。"}},
    HTTPStatus.TOO_MANY_REQUESTS: {"Retry-After": _SECONDS},
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": _SECONDS},
}
"""Headers that a refusal carries, by its status."""

_ROUND = r"[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*"
_HIDDEN = r"\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_LINES = r"\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff"

_ID = {"type": "string", "pattern": "^[a-z2-7]{16}$"}
_INDEX = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_IDS = (
    *("redemption", "stocktake", "claim", "ceremony", "meeting", "notice", "score", "objection", "approval"),
    *("township", "token", "inspection", "round", "question", "title_id"),
)
PLACES: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    **{name: lambda: _ID for name in _IDS},
    "index": lambda: _INDEX,
    "month": lambda: Month.document,
    "number": lambda: {"type": "string", "pattern": "^[0-9]{9}$"},
    "request_id": lambda: {"type": "string", "pattern": RequestId().metadata["pattern"]},
    "year": lambda: {"type": "string", "pattern": "^20[0-9]{2}$"},
    "name": lambda: {"type": "string", "enum": [one.name for one in lists.every()]},
    "sheet": lambda: {"type": "string", "enum": [one.name for one in sheets.every()]},
}
"""What a part of an address looks like, where it is more than a short text; nothing else is found."""


def strictness(converter: Any, field: Any, *, ret: dict[str, Any]) -> dict[str, Any]:
    """Say in the document what a field takes that its type does not say: decimals, no hidden characters."""
    more: dict[str, Any] = {}
    if field.allow_none and "enum" in ret and None not in ret["enum"]:
        more["enum"] = [*ret["enum"], None]
    if ret.items() >= DECIMALS.items():
        more["description"] = f"{ret.get('description', '')}十进制数，最多两位小数。"
    if isinstance(field, Text) and isinstance(field.root, Schema) and "pattern" not in ret:
        more["pattern"] = pattern_of(field)
    return more


def pattern_of(field: Text) -> str:
    """Return the pattern of what a text may be: space around it is taken away, what is hidden refused."""
    hidden = _LINES if field.lines else _HIDDEN
    if field.empty:
        return f"^{_ROUND}[^{hidden}]*{_ROUND}$"
    return rf"^{_ROUND}[^\s{hidden}][^{hidden}]*{_ROUND}$"


def completed(described: dict[str, Any]) -> dict[str, Any]:
    """Return the document with what no single route knows."""
    shapes = described["components"]["schemas"]
    sentences = {problem.code: problem.sentence for problem in every_problem()} | ELSEWHERE
    reason = shapes["Problem"]["properties"]["reason"]
    reason["enum"], reason["x-reasons"] = sorted(sentences), dict(sorted(sentences.items()))
    for name, answer in described["components"]["responses"].items():
        answer["content"][PROBLEM]["example"] = examples.refusal(HTTPStatus[name], sentences)
    for path in described["paths"].values():
        for place in path.get("parameters", ()):
            _complete_place(place)
    for operation in operations(described):
        _complete(operation, shapes)
    return described


def operations(described: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every operation of the document."""
    for path in described["paths"].values():
        yield from (each for name, each in path.items() if name != "parameters")


def _complete_place(place: dict[str, Any]) -> None:
    """Say what a part of an address looks like, and give an example."""
    known = PLACES.get(place["name"])
    if known is not None:
        place["schema"] = dict(known())
    place["example"] = examples.of_place(place["name"], place["schema"])


def _complete(operation: dict[str, Any], shapes: Mapping[str, Any]) -> None:
    """Give an operation its examples, and its links to what comes next."""
    contents = [operation.get("requestBody", {}).get("content", {})]
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            contents.append(answer.get("content", {}))
            answer.update(LINKS.get((operation["operationId"], status), {}))
    for content in contents:
        if JSON in content:
            content[JSON]["example"] = examples.of(content[JSON]["schema"], shapes)
