"""The document and its page: valid, complete, and shown without breaking our own policy."""

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from typing import Any

import jsonschema_rs
import pytest
from marshmallow import ValidationError
from schemathesis.specs.openapi import definitions

from pointsbank.errors import every_problem
from pointsbank.schemas.fields import Text
from pointsbank.web.api.completing import pattern_of
from tests.api.scene import Village


@pytest.fixture
def document(served: Village) -> Any:
    """The document as anybody may fetch it."""
    return served.get("/api/openapi.json", by=None).json


def operations(document: Any) -> list[Any]:
    """Every operation of the document."""
    return [
        each for path in document["paths"].values() for name, each in path.items() if name != "parameters"
    ]


def test_the_document_is_valid_openapi_3_1(document: Any) -> None:
    definitions.OPENAPI_31_VALIDATOR.validate(document)

    assert document["openapi"] == "3.1.0"


def test_every_refusal_is_described_as_problem_json(document: Any) -> None:
    for operation in operations(document):
        for status, answer in operation["responses"].items():
            named = document["components"]["responses"].get(answer.get("$ref", "").rpartition("/")[2], answer)
            kept = (
                {"application/problem+json"}
                if status >= "400"
                else {"application/json", "application/pdf", "application/octet-stream"}
            )
            assert len(named["content"]) == 1 and kept.issuperset(named["content"])


def test_every_operation_has_a_name_of_its_own_and_a_sentence(document: Any) -> None:
    names = [operation["operationId"] for operation in operations(document)]

    assert len(set(names)) == len(names)
    assert all(operation["summary"] for operation in operations(document))


def test_everything_but_the_document_asks_for_a_token(document: Any) -> None:
    assert document["security"] == [{"token": []}]
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_what_is_sent_is_closed_and_what_is_told_is_open(document: Any) -> None:
    shapes = document["components"]["schemas"]

    assert all(shapes[name]["additionalProperties"] is False for name in shapes if name.endswith("Body"))
    assert not any("additionalProperties" in shapes[name] for name in ("Goods", "ScanAnswer", "Problem"))


def test_the_page_asks_only_this_server_and_holds_no_script_of_its_own(served: Village) -> None:
    page = served.get("/api/docs", by=None)
    files = re.findall(r'(?:src|href)="([^"#]+)"', page.text)

    assert page.status_code == 200 and "'unsafe-inline'" not in page.headers["Content-Security-Policy"]
    assert all(file.startswith("/") and not file.startswith("//") for file in files)
    assert all(served.get(file, by=None).status_code == 200 for file in files if file.startswith("/api/"))
    assert not re.search(r"<script(?![^>]* src=)|<style| on[a-z]+=| style=", page.text)


def test_the_manual_shows_every_operation_with_a_call_who_may_and_an_answer(
    document: Any, served: Village
) -> None:
    paths = document["paths"].items()
    operations = {
        one["operationId"]: path for path, each in paths for verb, one in each.items() if "operationId" in one
    }
    shown = {}
    for tag in document["tags"]:
        page = served.get(f"/api/docs/{tag['name']}", by=None).text
        shown |= {part.partition('"')[0]: part for part in page.split('<section class="sheet" id="')[1:]}

    assert shown.keys() == operations.keys()
    for name, page in shown.items():
        assert f"<code>{operations[name]}</code>" in page and "curl -s" in page and "答复 2" in page, name
        assert "谁能用" in page or "不用令牌" in page, name


def test_a_call_of_the_manual_is_what_the_program_takes(served: Village) -> None:
    page = unescape(served.get("/api/docs/till", by=None).text.partition('id="quote"')[2])

    assert 'curl -s "$SITE/api/v1/villages/chayuan/redemptions/quote"' in page
    assert "谁能用：超市店员、管理员（till）" in page and "lines[].goods" in page
    assert """-d '{"scan_ticket": "k7Zq2vYw9xQeR4tU", "lines":""" in page


@pytest.mark.parametrize("name", ["nosuch", "swagger-ui.css", "..%2f__init__.py"])
def test_the_manual_has_no_other_page(name: str, served: Village) -> None:
    assert served.get(f"/api/docs/{name}", by=None).status_code == 404


def test_the_manual_tells_every_reason(document: Any, served: Village) -> None:
    page = served.get("/api/docs/reasons", by=None).text

    assert all(
        reason in page
        for reason in document["components"]["schemas"]["Problem"]["properties"]["reason"]["enum"]
    )


def test_every_refusal_of_the_program_is_listed_with_its_sentence(document: Any) -> None:
    reason = document["components"]["schemas"]["Problem"]["properties"]["reason"]
    ours = {problem.code: problem.sentence for problem in every_problem()}

    assert ours.items() <= reason["x-reasons"].items() and "insufficient_points" in ours
    assert reason["enum"] == sorted(reason["x-reasons"])
    # What no rule raises: the web server's own refusals, and a permission that somebody lacks.
    others = {"http_error", "method_not_allowed", "not_allowed", "not_found", "too_many_requests"}
    assert set(reason["enum"]) - set(ours) == others


def test_every_operation_says_how_it_may_fail_and_when_to_come_back(document: Any) -> None:
    answers = document["components"]["responses"]

    assert all({"405", "429", "500", "503", "507"} <= one["responses"].keys() for one in operations(document))
    assert "Allow" in answers["METHOD_NOT_ALLOWED"]["headers"]
    assert all(
        "Retry-After" in answers[name]["headers"] for name in ("TOO_MANY_REQUESTS", "SERVICE_UNAVAILABLE")
    )


def test_every_example_is_one_that_its_schema_allows(document: Any) -> None:
    """Requests, answers and refusals; in Chinese where people read them."""
    shown, untold = [], []
    shapes, examples = dict[str, Any](), dict[str, Any]()
    for place, shape, example in contents(document):
        shown.append(json.dumps(example, ensure_ascii=False))
        # What `examples` has no word for: add one there, by the name of the field.
        untold += [place] if "文字" in shown[-1] else []
        name = f"{len(shapes)} {place}"
        shapes[name], examples[name] = shape, example
    # One schema of them all: to make a judge reads the whole document.
    judge = jsonschema_rs.validator_for({**document, "properties": shapes}, validate_formats=True)
    wrong = [(list(error.instance_path), error.message) for error in judge.iter_errors(examples)]

    assert wrong == [] and untold == []
    assert len(shown) > 120 and "王建国" in "".join(shown)


def contents(document: Any) -> Iterator[tuple[str, Any, Any]]:
    """Each JSON body and each part of an address: where it stands, its schema, its example."""
    bodies = [(name, answer) for name, answer in document["components"]["responses"].items()]
    for operation in operations(document):
        if "requestBody" in operation:
            bodies.append((operation["operationId"], operation["requestBody"]))
        bodies += [(operation["operationId"], one) for one in operation["responses"].values()]
    for place, body in bodies:
        for kind, content in body.get("content", {}).items():
            if "json" in kind:
                yield place, content["schema"], content["example"]
    for address, path in document["paths"].items():
        lots = (each.get("parameters", ()) for name, each in path.items() if name != "parameters")
        for part in chain(path.get("parameters", ()), *lots):
            if "example" in part:
                yield f"{address} {part['name']}", part["schema"], part["example"]


def test_amounts_are_said_without_dividing(document: Any) -> None:
    """Who divides by 0.01 in floating point refuses 0.29."""
    schemas = document["components"]["schemas"]

    assert "multipleOf" not in json.dumps(document)
    assert schemas["Goods"]["properties"]["points"]["x-decimals"] == 2
    assert "最多两位小数" in schemas["LineBody"]["properties"]["points"]["description"]


def test_whatever_stands_in_an_address_can_be_read(document: Any) -> None:
    reads = {path for path, methods in document["paths"].items() if "get" in methods}
    told = {"village", "code", "goods", "month", "setting", "name", "sheet", "request_id", "index"}
    for path in document["paths"]:
        parts = path.split("/")
        for end, part in enumerate(parts, start=1):
            if part.startswith("{"):
                # Walks through a group are read as the list `inspection_rounds`, settings all together,
                # a table of grades by its period, a kind of long print among all kinds.
                named = part.strip("{}")
                assert "/".join(parts[:end]) in reads or named in ("setting", "round", "table", "kind"), path
                told.add(part.strip("{}"))

    assert {
        "redemption",
        "meeting",
        "score",
        "notice",
        "objection",
        "item",
        "group",
        "number",
        "token",
    } <= told


def test_a_link_leads_to_an_operation_with_what_the_answer_holds(document: Any) -> None:
    known = {
        each["operationId"]: {part["name"] for part in path.get("parameters", ())}
        for path in document["paths"].values()
        for name, each in path.items()
        if name != "parameters"
    }
    links = [
        (answer, link)
        for operation in operations(document)
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    for answer, link in links:
        example = answer["content"]["application/json"]["example"]
        assert link["parameters"].keys() == known[link["operationId"]]
        for expression in [*link["parameters"].values(), *link.get("x-request-body", {}).values()]:
            value = example
            for step in expression.partition("#/")[2].split("/") if "#/" in expression else ():
                value = value[step]

    followed = {link["operationId"] for _, link in links}
    assert {"redeem", "reverse_redemption", "enter_score", "close_meeting", "settle"} <= followed


@pytest.mark.parametrize("options", [{}, {"empty": True}, {"lines": True}], ids=str)
def test_the_pattern_of_a_text_is_as_strict_as_its_reader(options: Any) -> None:
    field = Text(maximum=40, **options)
    odd = ["", " ", "\u3000", "王建国", " 王 建国 ", "a\tb", "\tab\n", "a\nb", "a\r\nb", "a\x00", "a\u200bb"]
    odd += ["\ufeffa", "a\u2028b", "a\u202eb", "\u00a0a", "a\u00a0b", "\xad", "a\x7f", "\x1fa", "曾䶮"]
    for text in odd:
        try:
            field.read(text)
            taken = True
        except ValidationError:
            taken = False
        assert bool(re.search(pattern_of(field), text)) == taken, (text, taken)
