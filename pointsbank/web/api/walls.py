"""Papers on walls: put up, hanging until a day, taken down; corrections where the error hung."""

from typing import Any

from pointsbank import publicity, walls
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.listings import ListingSchema
from pointsbank.schemas.walls import (
    WallCopyPage,
    WallCopySchema,
    WallDownBody,
    WallListingBody,
    WallPlaceBody,
    WallPosterBody,
)
from pointsbank.staff import Permission
from pointsbank.walls import WallCopy
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.listings import OF_ONE, described
from pointsbank.web.api.routes import Routes

routes = Routes("walls", "墙上的纸")


@routes.get("/wall-copies", "列出墙上的纸，先撤的在前", Permission.NOTICE_VIEW)
@routes.json(WallCopyPage, query=PageQuery)
def list_wall_copies(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List every paper that hangs or hung."""
    with access.database().reading() as session:
        found = walls.copies(session, village=village, at=access.now())
    found.sort(key=_key)
    return page_of(found, query, _key)


@routes.get("/wall-copies/<key:copy>", "查看墙上的一张纸", Permission.NOTICE_VIEW)
@routes.json(WallCopySchema)
def show_wall_copy(village: str, copy: str) -> WallCopy:
    """Show one paper."""
    with access.database().reading() as session:
        return walls.one_copy(session, village=village, copy=copy, at=access.now())


@routes.post("/wall-copies/posters", "登记张贴某月的海报", Permission.NOTICE_HANG)
@routes.json(WallCopySchema, body=WallPosterBody, status=201)
def put_up_poster(body: dict[str, Any], village: str) -> WallCopy:
    """Record that a month's poster hangs."""
    with access.database().writing() as session:
        return walls.put_up_poster(session, village=village, **body, **access.by_and_at())


@routes.post(f"{OF_ONE}/wall-copies", "登记张贴一条黑榜的单张", Permission.NOTICE_HANG)
@routes.json(WallCopySchema, body=WallListingBody, status=201)
def put_up_listing(body: dict[str, Any], village: str, listing: str) -> WallCopy:
    """Record that the paper of a listing hangs."""
    with access.database().writing() as session:
        return walls.put_up_listing(session, village=village, listing=listing, **body, **access.by_and_at())


@routes.post("/wall-copies/<key:copy>/taken-down", "登记一张纸撤下", Permission.NOTICE_HANG)
@routes.json(WallCopySchema, body=WallDownBody)
def take_down_copy(body: dict[str, Any], village: str, copy: str) -> WallCopy:
    """Record that a paper came off."""
    with access.database().writing() as session:
        return walls.take_down(session, village=village, copy=copy, **body, **access.by_and_at())


@routes.post("/scores/<key:score>/wall-copies", "登记评分更正贴在原处", Permission.NOTICE_HANG)
@routes.json(WallCopySchema, body=WallPlaceBody, status=201)
def hang_correction_copy(body: dict[str, Any], village: str, score: str) -> WallCopy:
    """Record that a correction, by its new version, hangs where the error hung."""
    with access.database().writing() as session:
        return publicity.hang_correction_copy(
            session, village=village, score=score, **body, **access.by_and_at()
        )


@routes.post(f"{OF_ONE}/corrections", "登记黑榜的更正声明贴在原处", Permission.NOTICE_HANG)
@routes.json(WallCopySchema, body=WallPlaceBody, status=201)
def hang_listing_correction(body: dict[str, Any], village: str, listing: str) -> WallCopy:
    """Record that it hangs, where a listing hung, that it was wrong."""
    with access.database().writing() as session:
        return publicity.hang_listing_correction(
            session, village=village, listing=listing, **body, **access.by_and_at()
        )


@routes.post(f"{OF_ONE}/corrections/declined", "登记本户不用贴更正", Permission.NOTICE_HANG)
@routes.json(ListingSchema, body=Nothing)
def decline_listing_correction(body: dict[str, Any], village: str, listing: str) -> dict[str, Any]:
    """Record that the household would rather that no correction hangs."""
    with access.database().writing() as session:
        return described(
            publicity.decline_listing_correction(
                session, village=village, listing=listing, **access.by_and_at()
            )
        )


def _key(one: WallCopy) -> list[str]:
    return [one.take_down_on.isoformat(), one.id]
