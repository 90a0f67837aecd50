"""Which price one person does not set alone: a lower one, at which whoever lowers it could buy the shelf."""

from datetime import datetime

from sqlmodel import Session

from pointsbank.market.goods import goods_by_code
from pointsbank.market.shelf import lock_shelf
from pointsbank.points import Points


def lowers(old: Points | None, new: Points) -> bool:
    """Return whether a price is below the one that holds until then, so that two people set it.

    Dearer goods give nobody anything, and everybody sees them hang there; a lowered price is spent before
    anybody looks, and no count of the shelf ever differs. The first price of new goods has none before it:
    what is sold under a new code is missed under the old one when two people count.

    Args:
        old: the price in hundredths at the moment from which the new one holds; None for new goods.

    Example:
        >>> lowers(Points(4000), Points(3999)), lowers(Points(4000), Points(1))
        (True, True)
        >>> lowers(Points(4000), Points(4000)), lowers(Points(4000), Points(6000)), lowers(None, Points(1))
        (False, False, False)
    """
    return old is not None and new < old


def locked_price(session: Session, *, village: str, goods: str, at: datetime) -> Points:
    """Lock the goods with this code and return the price that holds for them at a moment, also a later one.

    Raises:
        GoodsUnknown: there are none, or they have no price by then.

    Example:
        locked_price(session, village="cy", goods="M01", at=now)  # Points(4000)
    """
    lock_shelf(session, village=village, goods=goods)
    return goods_by_code(session, village=village, code=goods, at=at).points
