"""The catalogue of refusals: every sentence the program may refuse with, and who can mend it."""

from flask import render_template

from pointsbank.errors import Invalid, NotAllowed, NotFound, Problem, Refused, every_problem
from pointsbank.staff import Permission
from pointsbank.web import errors
from pointsbank.web.page import Page

page = Page()

FAMILIES: dict[type[Problem], str] = {
    Invalid: "填写有误",
    NotAllowed: "没有权限",
    NotFound: "没有找到",
    Refused: "现在不能办理",
    Problem: "其他",
}


@page.get("/refusals", Permission.HOME)
def refusals() -> str:
    """Show every refusal by family, for whoever looks up what the screen said."""
    families: dict[str, list[type[Problem]]] = {title: [] for title in FAMILIES.values()}
    for problem in every_problem():
        families[next(title for family, title in FAMILIES.items() if issubclass(problem, family))].append(
            problem
        )
    return render_template("refusals.html", families=families, status_of=errors.status_of)
