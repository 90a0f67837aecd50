"""The basket: what is wanted against what is on the shelf, decided on values alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.points import Points, show

MAXIMUM_PIECES = 9_999
MAXIMUM_LINES = 50


class BasketInvalid(Invalid):
    """Nothing was chosen, to take along or to bring back; or the basket is longer than any counter."""

    code = "basket_invalid"
    sentence = "{reason}"
    fixed_by = "店员"
    at = ("lines",)


NOTHING_CHOSEN = "还没有选商品，请先填要兑换的件数。"
NOTHING_BACK = "还没有选要退的商品，请先填退几件。"
TOO_MANY_KINDS = "一次最多兑换50种商品，请分几次兑换。"


class QuantityInvalid(Invalid):
    """A number of pieces is not a whole number from 1 to 9999."""

    code = "quantity_invalid"
    sentence = "件数应为1至9999的整数，请重新填写。"
    fixed_by = "店员"
    at = ("quantity", "lines")


class GoodsUnknown(NotFound):
    """There are no such goods in this village's shop."""

    code = "goods_unknown"
    sentence = "没有编号为“{goods}”的商品，请核对后重新选择。"
    fixed_by = "店员"


class GoodsInactive(Refused):
    """The goods are not offered at present."""

    code = "goods_inactive"
    sentence = "{goods}已下架，请换一种商品。"
    fixed_by = "村委"


class PriceChanged(Refused):
    """The price is no longer the one that was shown."""

    code = "price_changed"
    sentence = "{goods}的积分价已改为{points}，请按新的积分价核对后再确认。"
    fixed_by = "店员"


class SoldOut(Refused):
    """There are fewer pieces on the shelf than wanted."""

    code = "sold_out"
    sentence = "{goods}只剩{left}件，请减少数量或换一种商品。"
    fixed_by = "店员"


class LimitReached(Refused):
    """The household has had its share of these goods this month."""

    code = "limit_reached"
    sentence = "{goods}每户每月限{limit}件，本月还可兑换{left}件，请减少数量。"
    fixed_by = "村民"


@dataclass(frozen=True, slots=True)
class BasketLine:
    """Pieces of goods (by code), and the price of one piece as it was shown, in hundredths."""

    goods: str
    quantity: int
    points: Points


@dataclass(frozen=True, slots=True)
class Offer:
    """Goods as they are now; `taken` is the pieces this household has had of them this month.

    `priced_by` is who (id) set their first price.
    """

    id: str
    code: str
    name: str
    active: bool
    stock: int
    moves: int
    limit_per_month: int | None
    price: Points | None
    taken: int
    priced_by: str | None


@dataclass(frozen=True, slots=True)
class Taking:
    """Pieces to be taken off the shelf, and the price of one, in hundredths."""

    offer: Offer
    quantity: int
    price: Points


@dataclass(frozen=True, slots=True)
class PricedBasket:
    """A basket that may be sold: what leaves the shelf, ascending by id as it is locked, and the cost."""

    takings: tuple[Taking, ...]
    total: Points

    @property
    def words(self) -> str:
        """The basket in words, for the household's statement."""
        return "、".join(f"{taking.offer.name}×{taking.quantity}" for taking in self.takings)


def check_quantity(quantity: object) -> int:
    """Return a number of pieces; raises QuantityInvalid for what is not a whole number from 1 to 9,999."""
    if isinstance(quantity, bool) or not isinstance(quantity, int) or not 1 <= quantity <= MAXIMUM_PIECES:
        raise QuantityInvalid()
    return quantity


def check_lines(lines: Sequence[BasketLine]) -> None:
    """Refuse what cannot be a basket at all.

    Raises:
        BasketInvalid: There are no lines, or more than 50.
        QuantityInvalid: A line's pieces are not a whole number from 1 to 9,999.
        GoodsUnknown: A line's code is one that no goods can have.
    """
    if not 1 <= len(lines) <= MAXIMUM_LINES:
        raise BasketInvalid(reason=TOO_MANY_KINDS if lines else NOTHING_CHOSEN)
    for line in lines:
        check_quantity(line.quantity)
        check_code(line.goods)


def check_code(code: str) -> str:
    """Return a code that can be looked up; raises GoodsUnknown for one that no goods can have."""
    if not 0 < len(code) <= 32 or not code.isprintable():
        raise GoodsUnknown(goods="".join(letter for letter in code[:32] if letter.isprintable()))
    return code


def price_basket(lines: Sequence[BasketLine], offers: Mapping[str, Offer]) -> PricedBasket:
    """Check each line against its offer and add up what the basket costs.

    Raises the first refusal in the order of the basket: GoodsUnknown, GoodsInactive, PriceChanged, SoldOut,
    LimitReached. Lines of the same goods are added before stock and limit are compared.
    """
    wanted: dict[str, int] = {}
    for line in lines:
        offer = offers.get(line.goods)
        if offer is None:
            raise GoodsUnknown(goods=line.goods[:32])
        wanted[line.goods] = wanted.get(line.goods, 0) + line.quantity
        _check(line, offer, wanted[line.goods])
    takings = [Taking(offers[code], pieces, _price(offers[code])) for code, pieces in wanted.items()]
    takings.sort(key=lambda taking: taking.offer.id)
    return PricedBasket(tuple(takings), Points(sum(taking.quantity * taking.price for taking in takings)))


def _check(line: BasketLine, offer: Offer, wanted: int) -> None:
    """Check one line against its offer; `wanted` is the pieces of all lines of these goods so far."""
    problem = why_not(offer, wanted)
    # Who was shown another price has to know that first, whatever else stands against the sale.
    if offer.active and offer.price is not None and line.points != offer.price:
        problem = PriceChanged(goods=offer.name, points=show(offer.price))
    if problem is not None:
        raise problem


def why_not(offer: Offer, pieces: int) -> Refused | None:
    """Return why so many pieces of an offer cannot be had, whatever there is to spend, or None.

    Example:
        >>> salt = Offer("k2", "S03", "食盐", True, 5, 1, 3, Points(200), taken=2, priced_by=None)
        >>> why_not(salt, 1), why_not(salt, 2).code, why_not(salt, 6).code
        (None, 'limit_reached', 'sold_out')
    """
    if not offer.active or offer.price is None:
        return GoodsInactive(goods=offer.name)
    if pieces > offer.stock:
        return SoldOut(goods=offer.name, left=offer.stock)
    limit = offer.limit_per_month
    if limit is not None and offer.taken + pieces > limit:
        return LimitReached(goods=offer.name, limit=limit, left=max(0, limit - offer.taken))
    return None


def _price(offer: Offer) -> Points:
    """Return the price of an offer that was checked to have one."""
    assert offer.price is not None
    return offer.price
