"""All lists in one place: each to read, to narrow, to print and to take along as a file."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from pointsbank.staff import Permission
from pointsbank.web.listing import READING, open_lists, show_list
from pointsbank.web.page import Page, Tab

page = Page()


# Open to who may open some of them: neither to who sees totals alone, nor to who leads a group.
@page.get(
    "/v/<village>/lists",
    Permission.GOODS_VIEW,
    tab=Tab("清单", "各种清单，查找、打印、导出 Excel", after="paper", icon="table", group="paper"),
)
def every_list(village: str) -> str:
    """Show the lists that whoever asks may open."""
    return render_template("lists/every.html", lists=open_lists())


@page.get("/v/<village>/lists/<name>", READING)
def one_list(village: str, name: str) -> ResponseReturnValue:
    """Show one list, or send it as a file."""
    shown = show_list(name, village, endpoint="one_list", name=name)
    return shown if isinstance(shown, Response) else render_template("lists/one.html", shown=shown)
