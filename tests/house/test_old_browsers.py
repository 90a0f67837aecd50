"""What a villager's telephone runs: nothing in the scripts of their pages is newer than browsers of 2017."""

import re
from itertools import chain

import pytest

from pointsbank import paths

TEMPLATES = paths.shipped("templates")
STATIC = paths.PACKAGE / "web" / "static"

# A browser that does not know one of the first runs nothing of the script; of the others it stops there.
_SYNTAX = (
    r"\?\.(?!\d)",
    r"\?\?",
    r"\|\|=",
    r"&&=",
    r"\bcatch \{",
    r"\(\?<",
    r"\b\d+n\b",
    r"\bfor await\b",
    r"\{ ?\.\.\.",
)
_CALLS = (
    r"\.(?:replaceChildren|replaceAll|at|flat|flatMap|matchAll|findLast|finally|requestSubmit|toSorted)\(",
    r":(?:is|where|has)\(",
    r"\b(?:globalThis|structuredClone|BigInt|fromEntries|allSettled|queueMicrotask|subtle)\b",
)
NEWER = re.compile("|".join(_SYNTAX + _CALLS))


def scripts_of_villagers() -> set[str]:
    """The scripts of the board and of a card's page, of every page's frame, and what these import."""
    pages = chain(
        TEMPLATES.glob("open/**/*.html"), TEMPLATES.glob("mine/**/*.html"), [TEMPLATES / "base.html"]
    )
    named = {one for page in pages for one in re.findall(r"filename='([\w-]+\.js)'", page.read_text("utf-8"))}
    return named | {one for name in named for one in re.findall(r'from "\./([\w-]+\.js)"', read(name))}


def read(name: str) -> str:
    """A script's text, without its comments."""
    return re.sub(r"^\s*//.*$", "", (STATIC / name).read_text("utf-8"), flags=re.MULTILINE)


def test_scripts_of_villagers_run_on_old_telephones() -> None:
    scripts = scripts_of_villagers()
    found = {name: NEWER.findall(read(name)) for name in scripts}

    assert {"poster.js", "own-entry.js", "sha256.js", "closing.js", "clearing.js"} <= scripts
    assert {name: newer for name, newer in found.items() if newer} == {}


@pytest.mark.parametrize(
    "newer", ["a?.b", "a ?? b", "} catch {", "{ ...a }", "b.replaceChildren()", "p :is(a)", "1n"]
)
def test_what_is_newer_is_found(newer: str) -> None:
    assert NEWER.search(newer)


def test_what_takes_a_household_off_the_screen_is_no_module() -> None:
    for page, name in (("base.html", "clearing.js"), ("mine/base.html", "closing.js")):
        assert f"<script defer src=\"{{{{ url_for('static', filename='{name}') }}}}\">" in (
            TEMPLATES / page
        ).read_text("utf-8")
