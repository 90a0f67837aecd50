"""What one person did to the shelf that a second did not see: new goods with their price, other words.

Nobody signs second for the first price of goods, nor for what empty ones are called. So the others are told
where they begin their day, goods by goods: however often something is renamed, it stays one line, and new
goods with their prices stand above it. Whoever did it meanwhile neither brings nor sells any (`unseen`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.ledger import LogEntry

SHOWN = timedelta(days=30)
_PRICED, _DESCRIBED = "price_set", "goods_described"
_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class ShelfNews:
    """What others did to one kind of goods: what it is, by whom (id), when; and how much more they did.

    Attributes:
        goods: its code.
        is_new: it was put on the shelf; otherwise it got other words.
        further: other changes of the same goods, >= 0, which the log tells.
    """

    sentence: str
    by: str
    at: datetime
    goods: str
    is_new: bool
    further: int


def shelf_news(session: Session, *, village: str, reader: str, at: datetime) -> list[ShelfNews]:
    """Return what others than the reader (id) did in the last 30 days: new goods first, then newest first.

    Example:
        market.shelf_news(session, village="cy", reader=zhao.id, at=now)[0].sentence
        # "新上架 N01 大米（10斤）1分（期初5件），自 2026-09-01 10:00 起"
    """
    of_goods: dict[str, list[ShelfNews]] = {}
    for entry in _entries(session, village=village, since=at - SHOWN):
        if entry.actor != reader and entry.words is not None:
            for one in _of_each_goods(entry, entry.words):
                of_goods.setdefault(one.goods, []).append(one)
    lines = [_line(changes) for changes in of_goods.values()]
    return sorted(lines, key=lambda one: (one.is_new, one.at), reverse=True)


def _entries(session: Session, *, village: str, since: datetime) -> Iterator[LogEntry]:
    """Yield the entries about prices and words since a moment, newest first."""
    before = None
    while True:
        found = ledger.log_entries(
            session,
            village=village,
            kinds=[_PRICED, _DESCRIBED],
            before=before,
            since=since,
            limit=_TOGETHER,
        )
        yield from found
        if len(found) < _TOGETHER:
            return
        before = found[-1].index


def _of_each_goods(entry: LogEntry, words: dict[str, Any]) -> Iterator[ShelfNews]:
    """Yield what an entry says of each kind of goods that is new or has other words."""
    is_new = entry.kind == _PRICED
    prices = {line[0]: line for line in words.get("prices", ())}
    for line in words.get("added" if is_new else "goods", ()):
        alone = {"added": [line], "prices": [prices.get(line[0])]} if is_new else {"goods": [line]}
        sentence = ledger.describe(entry.kind, words | alone, str)
        yield ShelfNews(sentence, entry.actor or "", entry.recorded_at, line[1], is_new, 0)


def _line(changes: list[ShelfNews]) -> ShelfNews:
    """Return one line for changes of the same goods, newest first: how it came, and what it is called now."""
    newest = changes[0]
    first = next((one for one in changes if one.is_new), newest)
    now = f"；后来 {newest.sentence}" if first is not newest else ""
    further = len(changes) - 1 - bool(now)
    return ShelfNews(first.sentence + now, newest.by, newest.at, newest.goods, first.is_new, further)
