"""Ceremonies: weddings and funerals that households announce; elders and a meeting see to them on pages."""

from typing import Any

from pointsbank import ceremonies, dates
from pointsbank.ceremonies import Ceremony
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.ceremonies import CeremonyBody, CeremonyPage, CeremonySchema
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("ceremonies", "红白事报备")


@routes.get("/ceremonies", "列出还没有办完的报备，日期早的在前", Permission.CEREMONY_VIEW)
@routes.json(CeremonyPage, query=PageQuery)
def list_ceremonies(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List what is to come; the list `ceremonies` has them all."""
    today = dates.day_of(access.now())
    with access.database().reading() as session:
        found = ceremonies.coming(session, village=village, today=today)
    return page_of(found, query, _day)


@routes.post("/ceremonies", "登记一次报备", Permission.CEREMONY_ANNOUNCE)
@routes.json(CeremonySchema, body=CeremonyBody, status=201)
def announce_ceremony(body: dict[str, Any], village: str) -> Ceremony:
    """Write down what a household announces."""
    with access.database().writing() as session:
        return ceremonies.announce(session, village=village, **body, **access.by_and_at())


@routes.get("/ceremonies/<key:ceremony>", "查看一次报备", Permission.CEREMONY_VIEW)
@routes.json(CeremonySchema)
def show_ceremony(village: str, ceremony: str) -> Ceremony:
    """Show one announcement."""
    with access.database().reading() as session:
        return ceremonies.ceremony(session, village=village, ceremony_id=ceremony)


def _day(one: Ceremony) -> list[str]:
    return [one.held_on.isoformat(), f"{one.number:09}"]
