"""What a list shows, value by value: headings that sort, cells, orders and filters with what was chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, cast
from urllib.parse import urlencode

from flask import current_app, request, url_for
from markupsafe import Markup, escape
from sqlmodel import Session
from werkzeug.routing import UnicodeConverter

from pointsbank.lists import Asked, Column, Filter, Household, List, OfGroup, Row
from pointsbank.web.reachable import may_open

_LONG = 16
"""Characters of a value that a narrow column shows; a longer one is read whole when pointed at."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: where a click on it leads, and how it is sorted now (`aria-sort`), if it can be."""

    title: str
    href: str
    sorted: str
    numeric: bool
    place: str
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter with what was chosen; `choices` is None where something is typed; `finds`: a household.

    `unset`: in words what is seen where none of the choices is taken.
    """

    name: str
    title: str
    typed: str
    value: str
    choices: list[tuple[str, str]] | None
    finds: bool
    unset: str


class Addresses:
    """Makes the page's address with some arguments changed, or left out for None."""

    def __init__(self, endpoint: str, parts: Mapping[str, str]) -> None:
        """Build the address once: a page of a list has twenty that differ only in their arguments."""
        self.bare = url_for(endpoint, **cast("dict[str, Any]", parts))
        kept = request.args.to_dict().items()
        self._kept = {key: value for key, value in kept if key not in {*parts, "format", "open"}}

    def __call__(self, **changed: str | None) -> str:
        """Return the address of the same list, changed."""
        arguments = {key: value for key, value in {**self._kept, **changed}.items() if value}
        if not arguments:
            return self.bare
        return f"{self.bare}{'&' if '?' in self.bare else '?'}{urlencode(arguments)}"


def heading(column: Column, sort: str, address: Addresses) -> Heading:
    """Return a heading; a second click turns the order round."""
    state = ""
    if column.sort and sort.removeprefix("-") == column.key:
        state = "descending" if sort.startswith("-") else "ascending"
    # Of numbers the largest are wanted first.
    first, second = (f"-{column.key}", column.key) if column.kind.numeric else (column.key, f"-{column.key}")
    href = address(cursor=None, sort=second if sort == first else first) if column.sort else ""
    return Heading(
        column.title, href, state, column.kind.numeric, column.place, on_paper=column.paper is not None
    )


def written(wanted: List, rows: Sequence[Row], sort: str) -> List:
    """Return the list as a page draws it: without columns for files alone, or in which nothing stands.

    Such columns push others out.
    """
    sorted_by = sort.removeprefix("-")
    return replace(
        wanted,
        columns=tuple(
            one
            for one in wanted.columns
            if one.on_screen and (one.key == sorted_by or any(row[one.key] not in (None, "") for row in rows))
        ),
    )


def orders(column: Column) -> list[tuple[str, str]]:
    """Return both orders of a column, each with its words."""
    up, down = ("从小到大", "从大到小") if column.kind.numeric else ("从前往后", "从后往前")
    return [(column.key, f"{column.title}：{up}"), (f"-{column.key}", f"{column.title}：{down}")]


def drawn_rows(wanted: List, rows: Sequence[Row], village: str) -> list[Markup]:
    """Return each row's cells as the table holds them; its first one, on a phone, leads to where it leads.

    Fifty rows of fifteen cells: drawn by the template, value by value, they took half of a page's time.
    """
    leads_to = _way(wanted, village)
    frames = [_frames(one) for one in wanted.columns]
    pairs = list(zip(wanted.columns, frames, strict=True))
    return [Markup("".join(_cell(one, frame, row, leads_to) for one, frame in pairs)) for row in rows]


def _way(wanted: List, village: str) -> Callable[[Row], str]:
    """Return what says where a row leads, escaped; nowhere where whoever asks may not open the page."""
    if wanted.opens is None or not may_open(f"pages.{wanted.opens[0]}"):
        return lambda _row: ""
    endpoint, parts = wanted.opens
    # An address is built once: of each row only its own part is put in, as the map of addresses writes it.
    written_in_path = UnicodeConverter(current_app.url_map).to_url
    marks: dict[str, Any] = {part: f"\ue000{number}" for number, part in enumerate(parts)}
    pattern = str(escape(url_for(f"pages.{endpoint}", village=village, **marks)))
    places = [(written_in_path(marks[part]), key) for part, key in parts.items()]

    def address(row: Row) -> str:
        if not all(row[key] for _, key in places):
            return ""
        found = pattern
        for mark, key in places:
            found = found.replace(mark, str(escape(written_in_path(row[key]))))
        return found

    return address


@cache
def _frames(column: Column) -> tuple[str, str]:
    """Return how a cell of a column begins: of any value, and of one below nothing."""
    numeric, paper = "num" if column.kind.numeric else "", "" if column.paper is not None else " no-paper"
    begun = f'<td data-place="{column.place}" class="{numeric}'
    ended = f'{paper}" data-name="{escape(column.title)}"'
    return begun + ended, f"{begun} minus{ended}"


_escaped = lru_cache(maxsize=4096)(lambda text: str(escape(text)))


def _cell(column: Column, frames: tuple[str, str], row: Row, leads_to: Callable[[Row], str]) -> str:
    """Return one value as it is shown, and as it stands on paper."""
    value = row[column.key]
    text = "" if value is None else column.kind.shown(value)
    shown = _escaped(text)
    paper = row[column.paper] if column.paper else text
    frame = frames[column.kind.numeric and text.startswith("−")]
    if len(text) > _LONG:
        frame += f' title="{shown}"'
    if paper != text:
        shown = f'<span class="no-paper">{shown}</span><span class="on-paper">{_escaped(paper)}</span>'
    elif column.void and row["status"] in column.void:
        shown = f"<s>{shown}</s>"
    if column.place == "main" and (href := leads_to(row)):
        shown = f'<a href="{href}">{shown}</a>'
    return f"{frame}>{shown}</td>\n"


def choice(session: Session, one: Filter, asked: Asked) -> Choice:
    """Return a filter as it is shown; who leads a group is offered no other."""
    choices = one.choices(session, asked.village)
    if choices is not None and asked.groups is not None and isinstance(one, OfGroup):
        choices = [each for each in choices if each[0] in asked.groups]
    finds = isinstance(one, Household)
    value = asked.filters.get(one.name, "")
    return Choice(one.name, one.title, one.typed, value, choices, finds, one.unset_words)
