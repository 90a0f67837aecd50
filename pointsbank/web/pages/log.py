"""The village's log, entry by entry: what was decided and done, by whom, and when."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from pointsbank.staff import Permission
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, Tab

page = Page()


@page.get(
    "/v/<village>/log",
    Permission.LEDGER_VIEW,
    tab=Tab("日志", "谁在何时决定了什么", after="paper", icon="clock"),
)
def log(village: str) -> ResponseReturnValue:
    """Show the log, newest first, or only one kind of entry; or send it as a file."""
    shown = show_list("log", village, endpoint="log")
    return shown if isinstance(shown, Response) else render_template("log.html", shown=shown)
