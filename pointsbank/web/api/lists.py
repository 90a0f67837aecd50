"""Every list that a village has: which there are, and the rows of each, page by page."""

from collections.abc import Iterable
from typing import Any

from pointsbank import lists
from pointsbank.schemas.base import PageQuery, refuse_fields
from pointsbank.schemas.lists import ListsPage, RowsPage, RowsQuery
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import cursor, page_of, position
from pointsbank.web.api.routes import Routes
from pointsbank.web.listing import READING, asked_for, list_for_visitor, note_household

routes = Routes("lists", "清单")


@routes.get("/lists", "列出可以读取的清单，各有哪些列、怎样筛选", Permission.GOODS_VIEW)
@routes.json(ListsPage, query=PageQuery)
def list_lists(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the lists that whoever asks may read."""
    rows = [
        {
            "name": one.name,
            "title": one.title,
            "about": one.about,
            "columns": [
                {"key": column.key, "title": column.title} for column in list_for_visitor(one.name).columns
            ],
            "needs": _named(one.needs.items()),
            "filters": _named((each.name, each.title) for each in one.filters),
        }
        for one in lists.every()
        if access.allowed(one.permission)
    ]
    return page_of(rows, query, lambda row: [row["name"]])


@routes.get("/lists/<key:name>", "读取一份清单的行", READING)
@routes.json(RowsPage, query=RowsQuery)
def list_rows(query: dict[str, Any], village: str, name: str) -> dict[str, Any]:
    """Give the rows of a list, as its page and its file have them."""
    wanted = list_for_visitor(name)
    place, limit = position(query.pop("cursor")), query.pop("limit")
    given = {name: value for name, value in query.items() if value is not None}
    known = {"sort", *wanted.needs, *(one.name for one in wanted.filters)}
    if foreign := sorted(given.keys() - known):
        refuse_fields({name: ["这份清单没有这个参数，请去掉。"] for name in foreign})
    asked = asked_for(wanted, village, given, {}, on_paper=False)
    with access.database().reading() as session:
        lists.check_asked(session, wanted, asked)
        page = lists.read_page(session, wanted, asked, after=place, limit=limit)
    note_household(wanted, asked)
    items = [
        {one.key: None if row[one.key] is None else one.kind.json(row[one.key]) for one in wanted.columns}
        for row in page.rows
    ]
    return {"items": items, "next": cursor(page.next)}


def _named(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "title": title} for name, title in pairs]
