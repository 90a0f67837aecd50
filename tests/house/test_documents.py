"""Documents send people to what is there: links, commands, options, addresses, words on pages."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from flask import Flask

from pointsbank.cli import pointsbank
from tests.house.permissions import application
from tests.house.reference import commands, options
from tests.house.source import ROOT, modules
from tests.house.test_citations import DOCUMENTS
from tests.house.test_interface_words import astray

NOW = [path for path in DOCUMENTS if path.name != "CHANGELOG.md"]
"""Documents that say what is; the list of changes says what was."""

OTHER_PROGRAMS = {
    "--exit-on-error",
    "--single-transaction",
    "--no-owner",
    "--data-only",
    "--disable-triggers",
}
"""Options of PostgreSQL's own programs."""

_LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
_COMMAND = re.compile(r"\bpointsbank ((?:[a-z_]+(?:-[a-z_]+)* ?)+)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
_PROGRAM = re.compile(r'^if __name__ == "__main__"', re.MULTILINE)
_ADDRESS = re.compile(r"`(?:GET |POST )?(/[^` ]*|…/[^` ]+)`")
_OF_THE_API = re.compile(r"\$API(/[^ \n]+)")


def heads(document: Path) -> set[str]:
    """Return the anchors of a document's headings."""
    found = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in found}


def broken_links(document: Path, text: str) -> Iterator[str]:
    """Yield links to files and headings that are not there."""
    for path, head in _LINK.findall(text):
        target = document.parent / path if path else document
        if not target.exists() or (head and head not in heads(target)):
            yield f"{path}#{head}"


def unknown_commands(text: str) -> Iterator[str]:
    """Yield what is written as a command and is none; words behind a command are its arguments."""
    for words in _COMMAND.findall(text):
        command: click.Command = pointsbank
        for word in words.split():
            if not isinstance(command, click.Group):
                break
            if word not in command.commands:
                yield words.strip()
                break
            command = command.commands[word]


@cache
def known_options() -> frozenset[str]:
    """Return every option of our commands, scripts and tests."""
    ours = {name for _, command in commands() for option in options(command) for name in option.opts}
    programs = [module.text for module in modules("tests") if _PROGRAM.search(module.text)]
    texts = [module.text for module in modules("scripts")] + [(ROOT / "tests/conftest.py").read_text("utf-8")]
    return frozenset(
        ours | {"--help", "--version"} | {word for text in texts + programs for word in _OPTION.findall(text)}
    )


def unknown_options(text: str) -> set[str]:
    """Return options that no command or script of ours has."""
    return set(_OPTION.findall(text)) - known_options() - OTHER_PROGRAMS


def unknown_addresses(text: str, app: Flask) -> Iterator[str]:
    """Yield addresses that no route serves; `…`, <name> and CAPITALS stand for any part."""
    rules = [re.sub("<[^>]+>", "*", rule.rule) for rule in app.url_map.iter_rules()]
    for address in [*_ADDRESS.findall(text), *("…" + part for part in _OF_THE_API.findall(text))]:
        parts = re.sub(r"<[^>]+>|{[^}]+}|\b[A-Z]{3,}\b", "*", address)
        pattern = "".join(
            ".*" if part == "…" else "[^/]*" if part == "*" else re.escape(part)
            for part in re.split("([…*])", parts)
        )
        if not any(re.fullmatch(pattern, rule) for rule in rules) and not _filled(address, app):
            yield address


def _filled(address: str, app: Flask) -> bool:
    """Whether an address with its parts filled in (`…/participants/0101/statement`) is served."""
    path = address.replace("…", "/api/v1/villages/chayuan", 1) if address.startswith("…") else address
    return any(re.fullmatch(re.sub("<[^>]+>", "[^/]+", rule.rule), path) for rule in app.url_map.iter_rules())


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application over an empty folder."""
    return application(Path(tmp_path_factory.mktemp("documents")))


def test_links_lead_somewhere() -> None:
    found = {path.name: list(broken_links(path, path.read_text("utf-8"))) for path in DOCUMENTS}

    assert {name: links for name, links in found.items() if links} == {}


def test_commands_and_options_are_there() -> None:
    found = {
        path.name: [*unknown_commands(path.read_text("utf-8")), *unknown_options(path.read_text("utf-8"))]
        for path in NOW
    }

    assert {name: words for name, words in found.items() if words} == {}


def test_addresses_are_served(app: Flask) -> None:
    found = {path.name: list(unknown_addresses(path.read_text("utf-8"), app)) for path in NOW}

    assert {name: addresses for name, addresses in found.items() if addresses} == {}


def test_words_in_chinese_quotes_stand_on_a_page() -> None:
    found = [
        one
        for one in astray((path.name, path.read_text("utf-8")) for path in NOW)
        if re.search("[一-龥]", one)
    ]

    assert found == []


def test_every_example_of_how_code_should_feel_is_code_of_ours() -> None:
    """Of each pair the second is the repository's, line by line; the first is what it was."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    ours = {line.strip() for module in modules("pointsbank") for line in module.text.splitlines()}

    assert len(blocks) == 12
    assert [line for block in blocks[1::2] for line in block.splitlines() if line.strip() not in ours] == []


def test_every_folder_of_tests_is_explained() -> None:
    table = (ROOT / "tests/README.md").read_text("utf-8").split("## The cast")[0]
    packages = {path.name for path in (ROOT / "pointsbank").iterdir()}
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "_."}

    assert {name for name in folders - packages if f"`{name}`" not in table} == set()


def test_what_is_not_there_would_be_found(app: Flask) -> None:
    readme = ROOT / "README.md"

    assert list(broken_links(readme, "[a](docs/none.md) [b](README.md#no-such-head)"))
    assert list(unknown_commands("pointsbank card find CODE")) == ["card find"]
    assert unknown_options("pointsbank db restore FILE --newer") == {"--newer"}
    assert list(unknown_addresses("`/v/<village>/shelf` and `GET …/request/<id>`", app)) == [
        "/v/<village>/shelf",
        "…/request/<id>",
    ]
    assert list(unknown_addresses("$API/participants/0101/statements \n", app))
