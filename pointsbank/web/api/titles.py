"""Titles: the kinds in force, nominations, and how each stands; `title_steps` has the rest."""

from typing import Any

from pointsbank import dates, titles
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.titles import (
    NominationBody,
    TitleKindPage,
    TitlePage,
    TitleSchema,
)
from pointsbank.staff import Permission
from pointsbank.titles import Title, TitleKind
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("titles", "称号")


@routes.get("/title-kinds", "列出在评的称号", Permission.SCHEME_VIEW)
@routes.json(TitleKindPage, query=PageQuery)
def list_title_kinds(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the kinds of title in force today."""
    with access.database().reading() as session:
        found = titles.kinds_on(session, village=village, day=dates.day_of(access.now()))
    return page_of(found, query, _kind_number)


@routes.get("/titles", "列出称号，提名早的在前", Permission.BOARD_VIEW)
@routes.json(TitlePage, query=PageQuery)
def list_titles(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List every title."""
    with access.database().reading() as session:
        found = titles.titles(session, village=village)
    return page_of([described(one) for one in found], query, _number)


@routes.post("/titles", "提名一户或者户里的个人", Permission.BOARD_DECIDE)
@routes.json(TitleSchema, body=NominationBody, status=201)
def nominate_title(body: dict[str, Any], village: str) -> dict[str, Any]:
    """Write a nomination down."""
    with access.database().writing() as session:
        return described(titles.nominate(session, village=village, **body, **access.by_and_at()))


@routes.get("/titles/<key:title_id>", "查看一个称号", Permission.BOARD_VIEW)
@routes.json(TitleSchema)
def show_title(village: str, title_id: str) -> dict[str, Any]:
    """Show one title."""
    with access.database().reading() as session:
        return described(titles.title(session, village=village, title_id=title_id))


def described(one: Title) -> dict[str, Any]:
    """Return a title as the API says it.

    Example:
        described(one)["state"]  # "standing"
    """
    plain = ("id", "number", "person", "agreed_on", "state", "since", "nominated_on")
    days = ("given_on", "review_on", "deadline", "barred_until")
    return {
        **{name: getattr(one, name) for name in (*plain, *days)},
        "title": one.kind.name,
        "participant": one.participant.code,
    }


def _number(one: dict[str, Any]) -> list[str]:
    return [f"{one['number']:09}"]


def _kind_number(one: TitleKind) -> list[str]:
    return [f"{one.number:09}"]
