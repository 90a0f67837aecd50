"""The document and its page: valid, complete, and shown without breaking our own policy."""

import re
from typing import Any

import pytest
from schemathesis.specs.openapi import definitions

from pointsbank.errors import every_problem
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
                {"application/problem+json"} if status >= "400" else {"application/json", "application/pdf"}
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
    files = re.findall(r'(?:src|href)="([^"]+)"', page.text)

    assert page.status_code == 200 and "'unsafe-inline'" not in page.headers["Content-Security-Policy"]
    assert all(file.startswith("/") and not file.startswith("//") for file in files)
    assert all(served.get(file, by=None).status_code == 200 for file in files if file.startswith("/api/"))
    assert not re.search(r"<script(?![^>]* src=)|<style| on[a-z]+=| style=", page.text)


@pytest.mark.parametrize("name", ["index.css", "oauth2-redirect.html", "..%2f__init__.py", "nosuch"])
def test_no_other_file_of_the_package_is_served(name: str, served: Village) -> None:
    assert served.get(f"/api/docs/{name}", by=None).status_code == 404


def test_every_refusal_of_the_program_is_listed_with_its_sentence(document: Any) -> None:
    reasons = document["components"]["schemas"]["Problem"]["properties"]["reason"]["x-reasons"]

    assert reasons == {problem.code: problem.sentence for problem in every_problem()}
    assert "insufficient_points" in reasons
