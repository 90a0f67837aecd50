"""What the second person saw of some goods: kept in the terms of a request, compared when it is confirmed."""

from collections.abc import Mapping
from typing import Any

from pointsbank import market
from pointsbank.errors import Refused
from pointsbank.market import Goods, GoodsWords


class GoodsRedescribed(Refused):
    """The goods are not called as the request says."""

    code = "goods_redescribed"
    sentence = (
        "{code}现在是{now}，和申请里写的名称、规格不一样，这份申请不能再确认；"
        "还要办的，请按现在的名称、规格重新申请。"
    )
    fixed_by = "本人"


def seen(goods: Goods) -> dict[str, Any]:
    """Return what the terms of a request keep of the goods that it is about.

    Example:
        seen(rice)  # {"name": "大米", "spec": "5公斤"}
    """
    return {"name": goods.name, "spec": goods.spec}


def words_seen(terms: Mapping[str, Any], goods: Goods) -> GoodsWords:
    """Return what goods were called when the request was made; what they are called, if it does not say."""
    return GoodsWords(terms.get("name", goods.name), terms.get("spec", goods.spec))


def check_seen(terms: Mapping[str, Any], goods: Goods) -> None:
    """Compare goods whose row is locked with what the request says of them.

    Raises:
        GoodsRedescribed: they are called otherwise, or the request, an old one, does not say what it saw.
    """
    # Without a name it was made by an older program: nobody knows what was seen, so it is made anew.
    if {"name": terms.get("name"), "spec": terms.get("spec")} != seen(goods):
        raise GoodsRedescribed(code=goods.code, now=str(market.words_of(goods)))
