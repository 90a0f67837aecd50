"""Stocktakes as they stand: what was counted, what the books said then, who signed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlmodel import Session

from pointsbank.database import execute, table_of
from pointsbank.errors import NotFound, Refused
from pointsbank.market.models import GoodsRow, StocktakeCountRow, StocktakeReturnRow, StocktakeRow

GOODS, STOCKTAKE = table_of(GoodsRow), table_of(StocktakeRow)
COUNT, RETURN = table_of(StocktakeCountRow), table_of(StocktakeReturnRow)

OPEN, SIGNED, POSTED, DISCARDED = "open", "signed", "posted", "discarded"


class StocktakeUnknown(NotFound):
    """There is no such stocktake in this village."""

    code = "stocktake_unknown"
    sentence = "没有找到这次盘点，请从盘点页重新进入。"
    fixed_by = "店员"


class StocktakeEnded(Refused):
    """The stocktake was posted or discarded: nothing about it changes any more."""

    code = "stocktake_ended"
    sentence = "这次盘点已入账或已作废，不能再改；还要清点请开始新的盘点。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One kind of goods as it was last counted, beside what the books said at that moment."""

    goods: str
    name: str
    spec: str
    book: int
    counted: int
    counted_by: str
    counted_at: datetime

    @property
    def difference(self) -> int:
        """What is on the shelf beyond the books; below nothing where pieces are missing."""
        return self.counted - self.book


@dataclass(frozen=True, slots=True)
class SignatureReturned:
    """A first signature that was taken off, and by whom."""

    signed_by: str
    signed_at: datetime
    returned_by: str
    returned_at: datetime


@dataclass(frozen=True, slots=True)
class Stocktake:
    """A stocktake: its lines by goods, its signatures; `ended_by` signed second or discarded it."""

    id: str
    status: str
    note: str
    begun_by: str
    begun_at: datetime
    signed_by: str | None
    signed_at: datetime | None
    ended_by: str | None
    ended_at: datetime | None
    index: int | None
    lines: tuple[CountedLine, ...]
    returns: tuple[SignatureReturned, ...]
    mark: str

    @property
    def surplus(self) -> int:
        """The pieces found beyond the books."""
        return sum(max(0, line.difference) for line in self.lines)

    @property
    def missing(self) -> int:
        """The pieces the books have and the shelf has not."""
        return sum(max(0, -line.difference) for line in self.lines)


def stocktakes(
    session: Session, *, village: str, before: tuple[datetime, str] | None = None, limit: int = 50
) -> list[Stocktake]:
    """The village's stocktakes, latest first; `before` is where the page before ended: begun when, and id."""
    query = select(STOCKTAKE).where(STOCKTAKE.c.village_id == village)
    if before is not None:
        began, id = before
        same = and_(STOCKTAKE.c.begun_at == began, STOCKTAKE.c.id < id)
        query = query.where(or_(STOCKTAKE.c.begun_at < began, same))
    query = query.order_by(STOCKTAKE.c.begun_at.desc(), STOCKTAKE.c.id.desc()).limit(limit)
    return _views(session, execute(session, query).all(), village=village)


def stocktake_by_id(session: Session, *, village: str, stocktake: str) -> Stocktake:
    """One stocktake; raises StocktakeUnknown."""
    query = select(STOCKTAKE).where(STOCKTAKE.c.village_id == village, STOCKTAKE.c.id == stocktake)
    rows = execute(session, query).all() if stocktake.isalnum() else []
    if not rows:
        raise StocktakeUnknown()
    return _views(session, rows, village=village)[0]


def stocktake_at_work(session: Session, *, village: str) -> Stocktake | None:
    """The one stocktake that has not ended, if there is one."""
    query = select(STOCKTAKE).where(STOCKTAKE.c.village_id == village, STOCKTAKE.c.ended_at.is_(None))
    return next(iter(_views(session, execute(session, query).all(), village=village)), None)


def lock_stocktake(session: Session, *, village: str, stocktake: str) -> Row[Any]:
    """Lock a stocktake that has not ended; raises StocktakeUnknown, StocktakeEnded."""
    query = select(STOCKTAKE).where(STOCKTAKE.c.village_id == village, STOCKTAKE.c.id == stocktake)
    row = execute(session, query.with_for_update()).first() if stocktake.isalnum() else None
    if row is None:
        raise StocktakeUnknown()
    if row.status not in (OPEN, SIGNED):
        raise StocktakeEnded()
    return row


def counts_of(session: Session, *, village: str, stocktake: str) -> Sequence[Row[Any]]:
    """Everything counted in a stocktake, in the order it was counted."""
    return _of(session, COUNT, [stocktake], village=village)


def returns_of(session: Session, *, village: str, stocktake: str) -> Sequence[Row[Any]]:
    """The first signatures taken off in a stocktake, in their order."""
    return _of(session, RETURN, [stocktake], village=village)


def latest(counts: Sequence[Row[Any]]) -> dict[str, Row[Any]]:
    """Of what was counted the last word on each kind of goods, by the goods' id."""
    return {count.goods_id: count for count in counts}


def mark_of(status: str, counts: int, returns: int) -> str:
    """Changes with every step, so that a signer can be held to what they saw."""
    return f"{status}-{counts}-{returns}"


def _of(session: Session, table: Any, ids: Sequence[str], *, village: str) -> Sequence[Row[Any]]:
    """The rows that belong to these stocktakes, in order."""
    query = select(table).where(table.c.village_id == village, table.c.stocktake_id.in_(ids))
    return execute(session, query.order_by(table.c.stocktake_id, table.c.number)).all()


def _views(session: Session, rows: Sequence[Row[Any]], *, village: str) -> list[Stocktake]:
    """These stocktakes with their lines and what was taken off."""
    ids = [row.id for row in rows]
    counts, returns = defaultdict(list), defaultdict(list)
    for count in _of(session, COUNT, ids, village=village):
        counts[count.stocktake_id].append(count)
    for back in _of(session, RETURN, ids, village=village):
        returns[back.stocktake_id].append(back)
    wanted = {count.goods_id for of_one in counts.values() for count in of_one}
    query = select(GOODS).where(GOODS.c.village_id == village, GOODS.c.id.in_(sorted(wanted)))
    goods = {row.id: row for row in execute(session, query)}
    return [_view(row, counts[row.id], returns[row.id], goods) for row in rows]


def _view(
    row: Row[Any], counts: list[Row[Any]], returns: list[Row[Any]], goods: dict[str, Row[Any]]
) -> Stocktake:
    """One stocktake as the world may see it."""
    lines = [
        CountedLine(
            *(goods[id].code, goods[id].name, goods[id].spec),
            *(count.book, count.counted, count.counted_by, count.counted_at),
        )
        for id, count in latest(counts).items()
    ]
    return Stocktake(
        *(row.id, row.status, row.note, row.begun_by, row.begun_at),
        *(row.signed_by, row.signed_at, row.ended_by, row.ended_at, row.log_index),
        lines=tuple(sorted(lines, key=lambda line: line.goods)),
        returns=tuple(SignatureReturned(*tuple(back)[3:]) for back in returns),
        mark=mark_of(row.status, len(counts), len(returns)),
    )
