"""Reads what people see: the words on pages, and the sentences that send people to them."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

from pointsbank import labels
from pointsbank.paths import shipped
from pointsbank.web.page import Tab
from pointsbank.web.pages import declared
from tests.house.catalogue import everything

NAMING_TAGS = {
    "a",
    "button",
    "h1",
    "h2",
    "h3",
    "label",
    "legend",
    "option",
    "strong",
    "summary",
    "th",
    "title",
}
"""The elements whose text is the name of something on a page."""

_JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
_LITERAL = re.compile(r"'([^'\n]*)'")


class _Names(HTMLParser):
    """Collects the texts of naming elements, each part between two expressions by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        self.found |= {value for name, value in attributes if name in ("aria-label", "placeholder") and value}

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if NAMING_TAGS & set(self._open):
            self.found |= {part.strip() for part in data.split("\0")}


@cache
def names_on_pages() -> frozenset[str]:
    """Return the words on tabs, buttons, links, headings and fields."""
    names = {tab.label for tab in _tabs()}
    for page in shipped("templates").rglob("*.html"):
        text = page.read_text("utf-8")
        # The names of fields and titles reach their elements through macros and blocks.
        for expression in _JINJA.findall(text):
            names |= set(_LITERAL.findall(expression))
        parser = _Names()
        parser.feed(_JINJA.sub("\0", text))
        names |= parser.found
    return frozenset(name for name in names if name)


@cache
def words_of_lists() -> frozenset[str]:
    """Return every word that a table's cell may hold for a code."""
    return frozenset(word for family in labels.families().values() for word in family.choices())


def sentences() -> Iterator[tuple[str, str]]:
    """Yield place and text of every entry of the catalogue."""
    return ((found.place, found.text) for found in everything())


def _tabs() -> list[Tab]:
    return [tab for page in declared() for tab in page.tabs]
