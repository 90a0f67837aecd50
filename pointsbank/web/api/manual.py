"""Pages of the API's manual, read from its document: operations with a call to copy, answers, refusals."""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import Flask

from pointsbank.staff import Permission, Role
from pointsbank.web import access

_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "true或false",
    "array": "列表",
    "object": "对象",
}
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
_FORMATS = {"date": "日期", "date-time": "时间"}
_UNBOUNDED = 999_999_999
"""A limit so high that it need not be said."""
_DEEPEST = 3
"""So many levels of a body are shown: none of ours has more."""


class Field(NamedTuple):
    """One field of an address, a body or an answer; `name` has dots where it lies within another."""

    name: str
    kind: str
    is_required: bool
    about: str


class Answer(NamedTuple):
    """What an operation answers: its status, in which case, and an example; no example where it is a file."""

    status: int
    about: str
    example: str


class Operation(NamedTuple):
    """One operation: how it is called, who may, what it takes and what comes back."""

    name: str
    title: str
    verb: str
    path: str
    permission: str
    roles: tuple[str, ...]
    places: tuple[Field, ...]
    query: tuple[Field, ...]
    body: tuple[Field, ...]
    returned: tuple[Field, ...]
    call: str
    answers: tuple[Answer, ...]
    refusals: tuple[int, ...]


class Part(NamedTuple):
    """Operations about one thing: a page of the manual."""

    name: str
    title: str
    operations: tuple[Operation, ...]


class Refusal(NamedTuple):
    """A status that any operation may answer, with one of its sentences as example."""

    status: int
    example: str


def parts(described: Mapping[str, Any], app: Flask) -> tuple[Part, ...]:
    """Return the manual's parts in the document's order."""
    needed = _permissions(app)
    found: dict[str, list[Operation]] = {tag["name"]: [] for tag in described["tags"]}
    for path, methods in described["paths"].items():
        for verb, operation in methods.items():
            if verb != "parameters":
                shared = methods.get("parameters", ())
                whole = {**operation, "parameters": [*shared, *operation.get("parameters", ())]}
                made = _operation(described, verb.upper(), path, whole, needed[verb.upper(), path])
                found[operation["tags"][0]].append(made)
    return tuple(
        Part(tag["name"], tag["description"], tuple(found[tag["name"]])) for tag in described["tags"]
    )


def refusals(described: Mapping[str, Any]) -> tuple[Refusal, ...]:
    """Return what every operation may answer instead, each status once."""
    each = described["components"]["responses"].items()
    made = (
        (HTTPStatus[name], answer["content"]["application/problem+json"]["example"]) for name, answer in each
    )
    return tuple(sorted(Refusal(int(status), _written(example)) for status, example in made))


def reasons(described: Mapping[str, Any]) -> Mapping[str, str]:
    """Return every reason for a refusal with its sentence."""
    found: Mapping[str, str] = described["components"]["schemas"]["Problem"]["properties"]["reason"][
        "x-reasons"
    ]
    return found


def _operation(
    described: Mapping[str, Any], verb: str, path: str, operation: Mapping[str, Any], needed: Any
) -> Operation:
    """Return one operation as the page shows it."""
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    shapes = described["components"]["schemas"]
    good = [(int(status), one) for status, one in operation["responses"].items() if status < "300"]
    returned: Mapping[str, Any] = next(
        (one["content"]["application/json"] for _, one in good if _is_json(one)), {}
    )
    return Operation(
        name=operation["operationId"],
        title=operation["summary"],
        verb=verb,
        path=path,
        permission=needed if isinstance(needed, str) else "",
        roles=_roles(needed),
        # The village stands in nearly every address, and is said once.
        places=tuple(
            _place(one) for one in operation["parameters"] if one["in"] == "path" and one["name"] != "village"
        ),
        query=tuple(_place(one) for one in operation["parameters"] if one["in"] == "query"),
        body=tuple(_fields(shapes, sent.get("schema", {}))),
        returned=tuple(_fields(shapes, returned.get("schema", {}))),
        call=_call(verb, path, operation, sent.get("example")),
        answers=tuple(_answer(status, one) for status, one in good),
        refusals=tuple(sorted(int(status) for status in operation["responses"] if status >= "300")),
    )


def _is_json(answer: Mapping[str, Any]) -> bool:
    return "application/json" in answer.get("content", {})


def _answer(status: int, answer: Mapping[str, Any]) -> Answer:
    """Return an answer with its example; English words of the standard are left out."""
    about = "" if answer["description"] in (HTTPStatus(status).phrase, "") else answer["description"]
    content = answer.get("content", {})
    if _is_json(answer):
        return Answer(status, about, _written(content["application/json"].get("example")))
    return Answer(status, about or f"文件：{'、'.join(content)}", "")


def _permissions(app: Flask) -> dict[tuple[str, str], Any]:
    """Return what each route of the API needs, by method and by its address as the document writes it."""
    return {
        (method, _ARGUMENT.sub(r"{\1}", rule.rule)): found
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if (found := access.declared(app.view_functions[rule.endpoint], method)) is not None
    }


def _roles(needed: Any) -> tuple[str, ...]:
    """Return the roles (codes) that have a permission; none where the name in the address decides."""
    if not isinstance(needed, str) or needed == access.PUBLIC:
        return ()
    return tuple(role.value for role in Role if role in Permission(needed).roles)


def _place(one: Mapping[str, Any]) -> Field:
    """Return a part of the address or of its query."""
    about = one.get("description", "") or (f"例如 {one['example']}" if "example" in one else "")
    return Field(one["name"], _kind(one["schema"]), bool(one.get("required")), about)


def _fields(
    shapes: Mapping[str, Any], schema: Mapping[str, Any], before: str = "", depth: int = 0
) -> Iterator[Field]:
    """Yield the fields of a body or an answer, those that lie within another after it."""
    shape = _shape(shapes, schema)
    for name, one in shape.get("properties", {}).items():
        inner = _shape(shapes, one)
        items = _shape(shapes, inner.get("items", {}))
        yield Field(
            before + name, _kind(inner), name in shape.get("required", ()), one.get("description", "")
        )
        if depth < _DEEPEST:
            yield from _fields(shapes, inner, f"{before}{name}.", depth + 1)
            yield from _fields(shapes, items, f"{before}{name}[].", depth + 1)


def _shape(shapes: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema itself where it only points to one; of two that it may be, the one that is not null."""
    if "anyOf" in schema:
        chosen = next(one for one in schema["anyOf"] if one.get("type") != "null")
        return {**_shape(shapes, chosen), "is_empty": True}
    if "$ref" in schema:
        found: Mapping[str, Any] = shapes[schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _kind(schema: Mapping[str, Any]) -> str:
    """Return what a field takes, in words: 文字，最多60字; 整数，0–100; active、away之一."""
    types = [schema.get("type", "object")] if isinstance(schema.get("type"), str) else schema.get("type", [])
    words = [_TYPES[one] for one in types if one in _TYPES] or ["对象"]
    chosen = [str(one) for one in schema.get("enum", ()) if one is not None]
    kind = f"{'、'.join(chosen)}之一" if chosen else _FORMATS.get(schema.get("format", ""), words[0])
    if schema.get("maxLength") and not chosen and kind == "文字":
        kind += f"，最多{schema['maxLength']}字"
    if "minimum" in schema and schema.get("maximum", _UNBOUNDED) < _UNBOUNDED:
        kind += f"，{schema['minimum']}–{schema['maximum']}"
    if "null" in types or schema.get("is_empty"):
        kind += "，可为null"
    return kind


def _call(verb: str, path: str, operation: Mapping[str, Any], body: Any) -> str:
    """Return a call that a terminal takes: the address filled in, what must be asked, the body."""
    asked = []
    for one in operation["parameters"]:
        example = one.get("example", one["schema"].get("example", one["schema"].get("default", "")))
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(example or one["schema"].get("enum", ["…"])[0]))
        elif one.get("required"):
            asked.append(f"{one['name']}={example}")
    address = path + ("?" + "&".join(asked) if asked else "")
    # curl sends a GET by itself, and a POST where it has a body.
    verb = "" if verb == ("GET" if body is None else "POST") else f"-X {verb} "
    lines = [f'curl -s {verb}"$SITE{address}"', '-H "Authorization: Bearer $TOKEN"']
    if body is not None:
        written = json.dumps(body, ensure_ascii=False).replace("'", "'\\''")
        lines += ["-H 'Content-Type: application/json'", f"-d '{written}'"]
    return " \\\n  ".join(lines)


def _written(example: Any) -> str:
    """Return an example as JSON that people read."""
    return json.dumps(example, ensure_ascii=False, indent=2)
