"""Listings: how each stands, the letter, carrying over, helpers, the end of the black board.

Nobody is proposed, countersigned or voted on here: those take a person's own sign-in (`cli` alike).
"""

from typing import Any

from pointsbank import boards, dates, helping
from pointsbank.boards import Listing, Resolution
from pointsbank.helping import Helper
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.listings import (
    BlackBoardEndBody,
    BlackBoardSchema,
    CarryOverBody,
    HelpEndedBody,
    HelperBody,
    HelperPage,
    HelperSchema,
    LetterBody,
    ListingPage,
    ListingSchema,
    VisitBody,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("listings", "上榜记录、帮教")

OF_ONE = "/listings/<key:listing>"


@routes.get("/listings", "列出上榜记录，月份早的在前", Permission.MEETING_VIEW)
@routes.json(ListingPage, query=PageQuery)
def list_listings(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List every entry of the boards, with what became of it."""
    with access.database().reading() as session:
        found = [described(one) for one in boards.listings(session, village=village)]
    found.sort(key=lambda one: (one["month"], one["id"]))
    return page_of(found, query, lambda one: [one["month"], one["id"]])


@routes.get(OF_ONE, "查看一条上榜记录", Permission.MEETING_VIEW)
@routes.json(ListingSchema)
def show_listing(village: str, listing: str) -> dict[str, Any]:
    """Show one entry."""
    with access.database().reading() as session:
        return described(boards.listing(session, village=village, listing_id=listing))


@routes.post(f"{OF_ONE}/letters", "登记告知书送到", Permission.BOARD_DECIDE)
@routes.json(ListingSchema, body=LetterBody, status=201)
def deliver_listing_letter(body: dict[str, Any], village: str, listing: str) -> dict[str, Any]:
    """Record that the letter reached the household; its days begin."""
    with access.database().writing() as session:
        made = boards.deliver(session, village=village, listing=listing, **body, **access.by_and_at())
        return described(made)


@routes.post(f"{OF_ONE}/carry-over", "没有整改的黑榜，提名到以后的月份", Permission.BOARD_DECIDE)
@routes.json(ListingSchema, body=CarryOverBody, status=201)
def carry_listing_over(body: dict[str, Any], village: str, listing: str) -> dict[str, Any]:
    """Propose an uncorrected listing for a later month: told and voted on anew."""
    with access.database().writing() as session:
        made = boards.carry_over(session, village=village, listing=listing, **body, **access.by_and_at())
        return described(made)


@routes.get("/helpers", "列出帮教人", Permission.FILE_VIEW)
@routes.json(HelperPage, query=PageQuery)
def list_helpers(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List who helps which household; what was said stands on its page alone."""
    with access.database().reading() as session:
        found = [_helper(one) for one in helping.helpers(session, village=village)]
    return page_of(found, query, lambda one: [one["listing"], one["number"]])


@routes.post(f"{OF_ONE}/helpers", "安排帮教人", Permission.BOARD_DECIDE)
@routes.json(HelperSchema, body=HelperBody, status=201)
def assign_helper(body: dict[str, Any], village: str, listing: str) -> dict[str, Any]:
    """Name who helps the household."""
    with access.database().writing() as session:
        made = helping.assign_helper(session, village=village, listing=listing, **body, **access.by_and_at())
        return _helper(made)


@routes.post(f"{OF_ONE}/visits", "登记帮教人的一次走访", Permission.BOARD_DECIDE)
@routes.json(HelperSchema, body=VisitBody, status=201)
def record_helper_visit(body: dict[str, Any], village: str, listing: str) -> dict[str, Any]:
    """Write down one visit."""
    with access.database().writing() as session:
        helping.record_visit(session, village=village, listing=listing, **body, **access.by_and_at())
        return _helper(helping.helpers(session, village=village, listing=listing)[-1])


@routes.post(f"{OF_ONE}/outcome", "登记帮教结果", Permission.BOARD_DECIDE)
@routes.json(HelperSchema, body=HelpEndedBody)
def end_help(body: dict[str, Any], village: str, listing: str) -> dict[str, Any]:
    """Write down what came of the visits."""
    with access.database().writing() as session:
        made = helping.end_help(session, village=village, listing=listing, **body, **access.by_and_at())
        return _helper(made)


@routes.post("/black-board/end", "登记取消黑榜的决议，榜上的马上撤下", Permission.SETTINGS_CHANGE)
@routes.json(BlackBoardSchema, body=BlackBoardEndBody)
def end_black_board(body: dict[str, Any], village: str) -> Resolution:
    """Record the resolution that ends the black board."""
    with access.database().writing() as session:
        return boards.end_black_board(session, village=village, **body, **access.by_and_at())


def described(one: Listing) -> dict[str, Any]:
    """Return a listing as the API says it, with its state of today."""
    plain = ("id", "month", "first_month", "board", "rule", "fact")
    days = ("notified_on", "earliest_on", "decided_on", "expires_on")
    today = dates.day_of(access.now())
    return {
        **{name: getattr(one, name) for name in (*plain, *days)},
        "participant": one.participant.code,
        "status": one.status_on(today),
        "shown": one.shown_on(today),
    }


def _helper(one: Helper) -> dict[str, Any]:
    """Return who helps as the API says it: nothing of what was said."""
    plain = {name: getattr(one, name) for name in ("number", "name", "assigned_on", "ended_on", "outcome")}
    return plain | {"listing": one.listing_id, "visits": len(one.visits)}
