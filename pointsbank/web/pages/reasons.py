"""The list of every sentence with which something is refused, made from the register of refusals."""

from flask import render_template

from pointsbank.errors import Invalid, NotAllowed, NotFound, Problem, Refused, all_problems
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


@page.get("/reasons", Permission.HOME)
def reasons() -> str:
    """Show every refusal by family: code, sentence, who can mend it, HTTP status."""
    families: dict[str, list[dict[str, object]]] = {title: [] for title in FAMILIES.values()}
    for problem in all_problems():
        title = next(title for family, title in FAMILIES.items() if issubclass(problem, family))
        status = errors.status_of(problem)
        families[title].append({"problem": problem, "sentence": _shortened(problem), "status": status})
    return render_template("reasons.html", families=families)


def _shortened(problem: type[Problem]) -> str:
    """Return the sentence of a refusal with … for what is filled in when it is raised."""
    return problem.sentence.format_map(dict.fromkeys(problem.placeholders, "…"))
