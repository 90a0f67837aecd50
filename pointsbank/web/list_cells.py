"""What a list shows, value by value: headings that sort, cells, orders and filters with what was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from flask import current_app, request, url_for
from sqlmodel import Session

from pointsbank.lists import Asked, Column, Filter, Household, List, OfGroup, Row
from pointsbank.staff import Permission
from pointsbank.web import access


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
class CellShown:
    """One value: on the screen, on paper, where it stands on a phone, and where it leads."""

    text: str
    paper: str
    title: str
    numeric: bool
    minus: bool
    struck: bool
    place: str
    on_paper: bool
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter with what was chosen; `choices` is None where something is typed; `finds`: a household."""

    name: str
    title: str
    typed: str
    value: str
    choices: list[tuple[str, str]] | None
    finds: bool


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes the page's address with some arguments changed, or left out for None."""

    endpoint: str
    parts: Mapping[str, str]

    def __call__(self, **changed: str | None) -> str:
        """Return the address of the same list, changed."""
        arguments: dict[str, Any] = {
            **request.args.to_dict(),
            "format": None,
            "open": None,
            **changed,
            **self.parts,
        }
        return url_for(self.endpoint, **{key: value for key, value in arguments.items() if value})

    def bare(self) -> str:
        """Return the page's address without arguments."""
        return url_for(self.endpoint, **cast("dict[str, Any]", self.parts))


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
    """Return the list without columns in which nothing stands on this page: they push others out."""
    sorted_by = sort.removeprefix("-")
    return replace(
        wanted,
        columns=tuple(
            one
            for one in wanted.columns
            if one.key == sorted_by or any(row[one.key] not in (None, "") for row in rows)
        ),
    )


def orders(column: Column) -> list[tuple[str, str]]:
    """Return both orders of a column, each with its words."""
    up, down = ("从小到大", "从大到小") if column.kind.numeric else ("从前往后", "从后往前")
    return [(column.key, f"{column.title}：{up}"), (f"-{column.key}", f"{column.title}：{down}")]


def shown_row(wanted: List, row: Row, village: str) -> list[CellShown]:
    """Return one row's cells; its first one, on a phone, leads to where the row leads."""
    href = ""
    if wanted.opens is not None:
        endpoint, parts = wanted.opens
        named = {part: row[key] for part, key in parts.items()}
        opens = all(named.values()) and _may_open(f"pages.{endpoint}")
        href = url_for(f"pages.{endpoint}", village=village, **named) if opens else ""
    return [_cell(one, row, href) for one in wanted.columns]


def _may_open(endpoint: str) -> bool:
    """Return whether whoever asks may open a page, so that no row leads to a refusal."""
    view = current_app.view_functions[endpoint]
    needed = access.declared(view, "GET")
    if access.groups() is not None and not access.is_in_group(view, "GET"):
        return False
    return isinstance(needed, Permission) and access.allowed(needed)


def _cell(column: Column, row: Row, href: str) -> CellShown:
    """Return one value as it is shown."""
    value = row[column.key]
    text = "" if value is None else column.kind.shown(value)
    return CellShown(
        text=text,
        paper=row[column.paper] if column.paper else text,
        title=column.title,
        numeric=column.kind.numeric,
        minus=column.kind.numeric and text.startswith("−"),
        struck=bool(column.void) and row["status"] in column.void,
        place=column.place,
        on_paper=column.paper is not None,
        href=href if column.place == "main" else "",
    )


def choice(session: Session, one: Filter, asked: Asked) -> Choice:
    """Return a filter as it is shown; who leads a group is offered no other."""
    choices = one.choices(session, asked.village)
    if choices is not None and asked.groups is not None and isinstance(one, OfGroup):
        choices = [each for each in choices if each[0] in asked.groups]
    finds = isinstance(one, Household)
    return Choice(one.name, one.title, one.typed, asked.filters.get(one.name, ""), choices, finds)
