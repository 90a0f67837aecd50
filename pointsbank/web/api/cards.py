"""The cards of a village as they stand, for who issues them."""

from typing import Any

from pointsbank import roster
from pointsbank.roster import Card
from pointsbank.schemas.places import CardPage, CardQuery, CardSchema
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import cursor, position
from pointsbank.web.api.routes import Routes

routes = Routes("cards", "积分卡")


@routes.get("/cards", "列出积分卡，按卡号", Permission.CARDS_ISSUE)
@routes.json(CardPage, query=CardQuery)
def list_cards(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List cards by number: all, one household's, or those of one status."""
    after, limit = position(query.pop("cursor")), query.pop("limit")
    with access.database().reading() as session:
        found = roster.known_cards(session, village=village, after=after, limit=limit + 1, **query)
    return {"items": found[:limit], "next": cursor(found[limit - 1].number) if len(found) > limit else None}


@routes.get("/cards/<key:number>", "查看一张积分卡", Permission.CARDS_ISSUE)
@routes.json(CardSchema)
def show_card(village: str, number: str) -> Card:
    """Show one card by its number."""
    with access.database().reading() as session:
        return roster.card_by_number(session, village=village, number=number)
