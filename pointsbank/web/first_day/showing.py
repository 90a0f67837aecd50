"""Shows the first day on pages: a strip on top of each page that belongs to a step, until all are done."""

from typing import Any

from flask import Flask, g, request, url_for
from sqlmodel import Session

from pointsbank.web import access, limits
from pointsbank.web.first_day.facts import facts_of
from pointsbank.web.first_day.register import Course, course, step_on
from pointsbank.web.first_day.step import Step


def register(app: Flask) -> None:
    """Let every template ask for the strip of the page it draws, and for the way to a step."""
    app.context_processor(lambda: {"first_day_strip": strip, "step_href": step_href})


def of_village(reading: Session, village: str) -> Course:
    """Return how far a village has come, seen from the page of this request."""
    return course(facts_of(reading, village=village, public_url=access.settings().public_url), **_page())


def strip() -> Course | None:
    """Return the course to be shown on top of this page; None where nothing is left, or it is no step's.

    Only who may take the step sees it. Nothing is read for other pages.
    """
    here = access.visit()
    if access.settings().practice or g.get(limits.FAILURE_PAGE):
        return None
    step = step_on(**_page())
    if here.village is None or here.groups is not None or step is None or not access.allowed(step.permission):
        return None
    with access.database().reading() as reading:
        found = of_village(reading, here.village.id)
    return found if found.missing else None


def step_href(step: Step, village: str) -> str:
    """Return the address on which a step is taken."""
    arguments: dict[str, Any] = {"village": village, **step.arguments}
    return url_for(f"pages.{step.endpoint}", **arguments)


def _page() -> dict[str, Any]:
    arguments = {name: str(value) for name, value in (request.view_args or {}).items()}
    return {"endpoint": (request.endpoint or "").removeprefix("pages."), "arguments": arguments}
