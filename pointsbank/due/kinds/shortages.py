"""Goods that are sold out, or of which less is left than a month takes."""

from sqlmodel import Session

from pointsbank import market
from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.staff import Permission

_NAMED = 3


def _waiting(session: Session, asked: Asked) -> Due | None:
    found = market.shortages(session, village=asked.village, at=asked.at)
    if not found:
        return None
    named = "、".join(
        f"{one.name}剩{one.stock}" if one.stock else f"{one.name}已换完" for one in found[:_NAMED]
    )
    more = "等" if len(found) > _NAMED else ""
    sentence = f"{len(found)}种商品换完了，或者不够一个月换：{named}{more}"
    return Due(len(found), sentence, "goods", late=not found[0].stock)


KIND = Kind("shortages", Permission.STOCK_MOVE, "goods", _waiting)
