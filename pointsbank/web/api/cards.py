"""The cards of a village as they stand, their batches, handing a batch out, and loss."""

from typing import Any

from pointsbank import approvals, roster
from pointsbank.roster import Card, CardBatch
from pointsbank.schemas.approvals import ApprovalSchema
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.places import (
    BatchHandOutBody,
    BatchPage,
    BatchSchema,
    CardPage,
    CardQuery,
    CardSchema,
    LossBody,
    VoidedSchema,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.approvals import one_request
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


@routes.post("/participants/<key:code>/card-loss", "挂失一张积分卡，马上失效", Permission.CARDS_LOSE)
@routes.json(CardPage, body=LossBody)
def lose_card(body: dict[str, Any], village: str, code: str) -> dict[str, Any]:
    """Revoke a card in use of a household; return the household's cards as they stand then."""
    with access.database().writing() as session:
        roster.lose(session, village=village, code=code, number=body["number"], **access.by_and_at())
        cards = roster.known_cards(session, village=village, participant=code, limit=200)
    return {"items": cards, "next": None}


@routes.get("/card-batches", "列出积分卡的批次，新的在前", Permission.CARDS_ISSUE)
@routes.json(BatchPage, query=PageQuery)
def list_batches(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the batches of cards, the newest first, each with how its cards stand."""
    after, limit = position(query["cursor"]), query["limit"]
    with access.database().reading() as session:
        below = None if after is None else int(after)
        found = roster.batches(session, village=village, limit=limit + 1, below=below)
    more = len(found) > limit
    return {"items": found[:limit], "next": cursor(str(found[limit - 1].number)) if more else None}


@routes.get("/card-batches/<key:batch>", "查看一批积分卡", Permission.CARDS_ISSUE)
@routes.json(BatchSchema)
def show_batch(village: str, batch: str) -> CardBatch:
    """Show one batch by its number, and how its cards stand."""
    with access.database().reading() as session:
        return roster.batch(session, village=village, number=roster.read_batch(batch))


@routes.post(
    "/card-batches/<key:batch>/hand-out", "签字：这一批的卡已交给各户，要第二个人确认", Permission.CARDS_ISSUE
)
@routes.json(ApprovalSchema, body=BatchHandOutBody, status=201)
def request_batch(body: dict[str, Any], village: str, batch: str) -> dict[str, Any]:
    """Sign as the first that cards of a batch were given to their households: all that are left, or some."""
    given = body["numbers"]
    numbers = None if given is None else [roster.read_number(one) or one for one in given]
    with access.database().writing() as session:
        who: Any = {"village": village, **access.by_and_at()}
        made = approvals.request_batch(session, batch=roster.read_batch(batch), numbers=numbers, **who)
    return one_request(village, made.id)


@routes.post("/card-batches/<key:batch>/void", "作废这一批没有发放的卡，使用中的不动", Permission.CARDS_ISSUE)
@routes.json(VoidedSchema, body=Nothing)
def void_card_batch(body: dict[str, Any], village: str, batch: str) -> dict[str, Any]:
    """Make the printed cards of a batch useless; nobody's card in use ends."""
    with access.database().writing() as session:
        number = roster.read_batch(batch)
        count = roster.void_batch(session, village=village, number=number, **access.by_and_at())
    return {"batch": number, "voided": count}
