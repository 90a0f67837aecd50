"""What one person did to the shelf that a second did not see: new goods with their price, other words.

Nobody signs second for the first price of goods, nor for what empty ones are called. So the others are told
where they begin their day: who put a dear thing under a new code at a small price is seen by all who did not.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from pointsbank import ledger

SHOWN = timedelta(days=30)
_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class ShelfNews:
    """One entry of the log about goods: what it says, by whom (id), when."""

    sentence: str
    by: str
    at: datetime


def shelf_news(session: Session, *, village: str, reader: str, at: datetime) -> list[ShelfNews]:
    """Return what others than the reader (id) did in the last 30 days, newest first, at most five.

    Example:
        market.shelf_news(session, village="cy", reader=zhao.id, at=now)[0].sentence
        # "新上架 N01 大米（10斤）1 分（期初5件），自 2026-09-01 10:00 起"
    """
    entries = ledger.log_entries(
        session, village=village, kinds=["price_set", "goods_described"], since=at - SHOWN, limit=100
    )
    news = [
        ShelfNews(ledger.describe(one.kind, one.words, str), one.actor or "", one.recorded_at)
        for one in entries
        if one.actor != reader and (one.kind == "goods_described" or (one.words or {}).get("added"))
    ]
    return news[:_AT_MOST]
