"""Stocktakes: the shelf is counted, two people sign, the books follow the shelf."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, market, staff
from pointsbank.market import Stocktake, StocktakeStep
from pointsbank.schemas.base import PageQuery, RequestBody
from pointsbank.schemas.stocktakes import (
    CountAnswer,
    CountBody,
    SignatureBody,
    StepAnswer,
    StocktakeBody,
    StocktakePage,
    StocktakeSchema,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import cursor, position
from pointsbank.web.api.routes import Routes

routes = Routes("stocktakes", "盘点：清点、两人签字、按差数调整库存")

ONE = "/stocktakes/<key:stocktake>"


@routes.get("/stocktakes", "列出盘点，最新的在前", Permission.GOODS_VIEW)
@routes.json(StocktakePage, query=PageQuery)
def list_stocktakes(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the village's stocktakes, latest first; raises CursorInvalid."""
    before, limit = _place(position(query["cursor"])), query["limit"]
    with access.database().reading() as session:
        found = market.stocktakes(session, village=village, before=before, limit=limit + 1)
        items = _described(session, found[:limit])
    last = found[limit - 1] if len(found) > limit else None
    return {"items": items, "next": cursor(last and [last.begun_at.isoformat(), last.id])}


@routes.post("/stocktakes", "开始盘点；同一时间只有一次", Permission.STOCK_COUNT)
@routes.json(StepAnswer, body=StocktakeBody, status=201)
def begin_stocktake(body: dict[str, Any], village: str) -> StocktakeStep:
    """Begin to count the shelf."""
    return _step(market.begin_stocktake, body, village=village)


@routes.get(ONE, "查看一次盘点：清点的件数、差数和签字", Permission.GOODS_VIEW)
@routes.json(StocktakeSchema)
def show_stocktake(village: str, stocktake: str) -> dict[str, Any]:
    """Show one stocktake."""
    with access.database().reading() as session:
        found = market.stocktake_by_id(session, village=village, stocktake=stocktake)
        return _described(session, [found])[0]


@routes.post(f"{ONE}/counts", "记下一种商品点到的件数；再点一次以后一次为准", Permission.STOCK_COUNT)
@routes.json(CountAnswer, body=CountBody, status=201)
def count_goods(body: dict[str, Any], village: str, stocktake: str) -> dict[str, Any]:
    """Write down what was counted of one kind of goods; the answer says what the books had."""
    with access.database().writing() as session:
        done = market.count_goods(
            session,
            village=village,
            stocktake=stocktake,
            request_id=body["request_id"],
            pieces={body["goods"]: body["pieces"]},
            **access.by_and_at(),
        )
    [count] = done.counts
    return {"id": done.id, "status": done.status, **asdict(count), "difference": count.difference}


@routes.post(f"{ONE}/signatures", "签字：第一个定下件数，第二个（另一个人）入账", Permission.STOCK_SIGN)
@routes.json(StepAnswer, body=SignatureBody, status=201)
def sign_stocktake(body: dict[str, Any], village: str, stocktake: str) -> StocktakeStep:
    """Sign first, which freezes the counts, or second, which posts the differences."""
    return _step(market.sign_stocktake, body, village=village, stocktake=stocktake)


@routes.post(f"{ONE}/recount", "退回清点：去掉第一个签字，可以重新清点", Permission.STOCK_SIGN)
@routes.json(StepAnswer, body=RequestBody, status=201)
def send_back(body: dict[str, Any], village: str, stocktake: str) -> StocktakeStep:
    """Remove the first signature, so that goods can be counted again."""
    return _step(market.send_back, body, village=village, stocktake=stocktake)


@routes.post(f"{ONE}/discard", "作废一次还没有签字的盘点，库存不动", Permission.STOCK_COUNT)
@routes.json(StepAnswer, body=RequestBody, status=201)
def discard_stocktake(body: dict[str, Any], village: str, stocktake: str) -> StocktakeStep:
    """Give a stocktake up while nobody has signed it."""
    return _step(market.discard_stocktake, body, village=village, stocktake=stocktake)


def _step(act: Callable[..., StocktakeStep], body: dict[str, Any], **address: str) -> StocktakeStep:
    """Carry out one step of a stocktake."""
    with access.database().writing() as session:
        return act(session, **address, **body, **access.by_and_at())


def _place(given: Any) -> tuple[datetime, str] | None:
    """Where the page before ended, as a cursor of ours has it."""
    if given is None:
        return None
    try:
        began, id = given
        return datetime.fromisoformat(began), str(id)
    except (TypeError, ValueError):
        raise ledger.problems.CursorInvalid() from None


def _described(session: Session, found: Sequence[Stocktake]) -> list[dict[str, Any]]:
    """Stocktakes with the names of those who counted and signed."""
    people = {line.counted_by for one in found for line in one.lines}
    people |= {who for one in found for who in (one.signed_by, one.ended_by) if who}
    names = staff.actors(session, ids=people)
    return [_one(one, names) for one in found]


def _one(one: Stocktake, names: dict[str, str]) -> dict[str, Any]:
    """One stocktake as a program sees it."""
    lines = [
        asdict(line)
        | {"difference": line.difference, "counted_by": names.get(line.counted_by, line.counted_by)}
        for line in one.lines
    ]
    summary = {name: getattr(one, name) for name in ("id", "status", "note", "begun_at", "index", "mark")}
    summary |= {"goods": len(lines), "surplus": one.surplus, "missing": one.missing}
    summary |= {"lines": lines, "returns": len(one.returns)}
    summary["first_signature"] = _signer(one.signed_by, one.signed_at, names)
    summary["second_signature"] = (
        _signer(one.ended_by, one.ended_at, names) if one.index is not None else None
    )
    return summary


def _signer(who: str | None, at: datetime | None, names: dict[str, str]) -> dict[str, Any] | None:
    """A signature, or None where there is none yet."""
    return None if who is None else {"name": names.get(who, who), "at": at}
