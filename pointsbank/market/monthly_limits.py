"""How many pieces of some goods a household may have a month; one person tightens that, two loosen it."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.market.describing import Described, locked_goods, write_words
from pointsbank.market.goods import DESCRIBED, Goods, check_limit, goods_by_code
from pointsbank.market.shelf import lock_shelf


def loosens_limit(old: int | None, new: int | None) -> bool:
    """Return whether a monthly limit is raised or taken away, so that two people set it.

    Args:
        old, new: pieces a household may have a month, > 0; None for as many as there are.

    Example:
        >>> loosens_limit(2, 3), loosens_limit(2, None)
        (True, True)
        >>> loosens_limit(2, 1), loosens_limit(2, 2), loosens_limit(None, 9), loosens_limit(None, None)
        (False, False, False, False)
    """
    return old is not None and (new is None or new > old)


def locked_limit(session: Session, *, village: str, goods: str, at: datetime) -> int | None:
    """Lock the goods with this code and return how many a household may have a month; raises GoodsUnknown.

    Example:
        locked_limit(session, village="cy", goods="M01", at=now)  # 2
    """
    lock_shelf(session, village=village, goods=goods)
    return goods_by_code(session, village=village, code=goods, at=at).limit_per_month


def set_limit(
    session: Session, *, village: str, goods: str, limit: int | None, by: str, at: datetime
) -> Goods:
    """Set how many pieces of the goods with this code a household may have a month; locks the goods.

    Raises:
        GoodsUnknown: there are none.
        LimitInvalid: the limit is not a whole number from 1 to 9999; and those of `ledger.record_many`.

    Example:
        set_limit(session, village="cy", goods="M01", limit=2, by=li.id, at=now).limit_per_month == 2
    """
    check_limit(limit)
    found, _ = locked_goods(session, village=village, goods=goods, at=at)
    after = {key: getattr(found, key) for key in DESCRIBED} | {"limit_per_month": limit}
    records = write_words(session, [Described(found, after)], village=village, at=at)
    if records:
        ledger.record_many(session, records, village=village, by=by, at=at)
    return goods_by_code(session, village=village, code=goods, at=at)
