"""Reads the classes that pages use, that the theme declares, and that docs/look.md names."""

import re
from functools import cache
from pathlib import Path

from tests.house.source import ROOT, modules
from tests.house.templates import sources

STATIC = ROOT / "pointsbank" / "web" / "static"
GUIDE = ROOT / "docs" / "look.md"

_CLASS = re.compile(r'class="((?:{{.*?}}|{%.*?%}|[^"{])*)"', re.DOTALL)
_EXPRESSION = re.compile(r"{{(.*?)}}", re.DOTALL)
_COMPARED = re.compile(r"(?:[!=]=\s*'[^']*'|in \([^)]*\)|'[^']*'\s*:)")
_LITERAL = re.compile(r"'([^']*)'")
_IN_SCRIPT = re.compile(r'(?:className = |classList\.(?:toggle|add|remove)\()"([^"]+)"')


def used_in(text: str) -> set[str]:
    """Return the classes that a template may write: also those between which an expression chooses."""
    found = set[str]()
    for value in _CLASS.findall(text):
        for expression in _EXPRESSION.findall(value):
            for literal in _LITERAL.findall(_COMPARED.sub("", expression)):
                found |= set(literal.split())
        found |= set(re.sub(r"{{.*?}}|{%.*?%}", " ", value, flags=re.DOTALL).split())
    return found


@cache
def used() -> dict[str, set[str]]:
    """Return the classes of every template, script and module that writes some, by its place."""
    texts = {f"templates/{name}": text for name, text in sources().items()}
    texts |= {module.place: module.text for module in modules("pointsbank/web")}
    found = {place: used_in(text) for place, text in texts.items()}
    for script in sorted(STATIC.glob("*.js")):
        words = _IN_SCRIPT.findall(script.read_text("utf-8"))
        found[f"static/{script.name}"] = {name for word in words for name in word.split()}
    return {place: names for place, names in found.items() if names}


def declared_in(css: str) -> set[str]:
    """Return the classes that a style's selectors name."""
    selectors = re.sub(r"{[^{}]*}", "{}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return set(re.findall(r"\.([a-z][\w-]*)", selectors))


def theme() -> str:
    """Return the theme's text, with what stands before it on pages for villagers."""
    return "".join((STATIC / name).read_text("utf-8") for name in ("open.css", "theme.css"))


def named(guide: Path = GUIDE) -> set[str]:
    """Return the classes that the guide explains, each written `.name`."""
    return set(re.findall(r"`\.([a-z][\w-]*)`", guide.read_text("utf-8")))
