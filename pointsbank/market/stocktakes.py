"""Stocktakes to look at: what was counted, what the books said then, who signed.

A stocktake's row goes from open to signed to posted, or to discarded, and back from signed to open. Counts
are added and never changed: of several for the same goods the last one holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from pointsbank.errors import NotFound, Refused
from pointsbank.market.models import GoodsRow, StocktakeCountRow, StocktakeReturnRow, StocktakeRow

Part = TypeVar("Part", StocktakeCountRow, StocktakeReturnRow)
Parts = dict[str, list[Part]]

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


class CountIsBlind(Refused):
    """Whoever counts is not shown what the books say before the counts are frozen."""

    code = "count_is_blind"
    sentence = "清点人签字以前，盘点表上不印账面件数：先数，后对。签字以后再打印带账面的表。"
    fixed_by = "店员"


@dataclass(frozen=True, slots=True)
class GoodsCount:
    """Pieces of one kind of goods as counted, and what the books said at that moment (`book`)."""

    goods: str
    book: int
    counted: int

    @property
    def difference(self) -> int:
        """Pieces on the shelf beyond the books; < 0 where pieces are missing."""
        return self.counted - self.book


@dataclass(frozen=True, slots=True)
class CountedLine(GoodsCount):
    """The last count of some goods, with their name and who counted them."""

    name: str
    spec: str
    counted_by: str
    counted_at: datetime


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
        """Pieces found beyond the books."""
        return sum(max(0, line.difference) for line in self.lines)

    @property
    def missing(self) -> int:
        """Pieces that the books have and the shelf has not."""
        return sum(max(0, -line.difference) for line in self.lines)


def stocktakes(
    session: Session, *, village: str, before: tuple[datetime, str] | None = None, limit: int = 50
) -> list[Stocktake]:
    """Return the village's stocktakes, latest first.

    Args:
        before: where the page before ended: the moment its last stocktake was begun, and its id.

    Example:
        stocktakes(session, village="chayuan", limit=1)[0].status  # "open"
    """
    query = select(StocktakeRow).where(StocktakeRow.in_village(village))
    begun_at, id = col(StocktakeRow.begun_at), col(StocktakeRow.id)
    if before is not None:
        moment, last = before
        query = query.where(or_(begun_at < moment, and_(begun_at == moment, id < last)))
    rows = session.exec(query.order_by(begun_at.desc(), id.desc()).limit(limit)).all()
    return _views(session, rows, village=village)


def stocktake_by_id(session: Session, *, village: str, stocktake: str) -> Stocktake:
    """Return one stocktake; raises StocktakeUnknown.

    Example:
        stocktake_by_id(session, village="chayuan", stocktake=step.id).missing  # 2
    """
    return _views(session, [_find(session, village=village, stocktake=stocktake)], village=village)[0]


def stocktake_at_work(session: Session, *, village: str) -> Stocktake | None:
    """Return the one stocktake that has not ended, or None.

    Example:
        stocktake_at_work(session, village="chayuan")  # None
    """
    query = select(StocktakeRow).where(StocktakeRow.in_village(village), col(StocktakeRow.ended_at).is_(None))
    return next(iter(_views(session, session.exec(query).all(), village=village)), None)


def stocktake_number(session: Session, *, village: str, stocktake: Stocktake) -> int:
    """Return which of the village's stocktakes it is, the first being 1; discarded ones count.

    Example:
        stocktake_number(session, village="chayuan", stocktake=one)  # 3
    """
    begun_at, id = col(StocktakeRow.begun_at), col(StocktakeRow.id)
    query = select(func.count(id)).where(
        StocktakeRow.in_village(village),
        or_(
            begun_at < stocktake.begun_at,
            and_(begun_at == stocktake.begun_at, id <= stocktake.id),
        ),
    )
    return session.exec(query).one()


def check_book_shown(status: str) -> None:
    """Refuse to print what the books say for whoever still counts.

    Raises:
        CountIsBlind: nobody has signed the counts.

    Example:
        >>> check_book_shown("signed")
    """
    if status == OPEN:
        raise CountIsBlind()


def lock_stocktake(session: Session, *, village: str, stocktake: str) -> StocktakeRow:
    """Lock a stocktake that has not ended; raises StocktakeUnknown, StocktakeEnded."""
    row = _find(session, village=village, stocktake=stocktake, lock=True)
    if row.status not in (OPEN, SIGNED):
        raise StocktakeEnded()
    return row


def parts_of(session: Session, table: type[Part], stocktakes: Sequence[str], *, village: str) -> Parts[Part]:
    """Return the counts of these stocktakes, or the signatures taken off, by stocktake and in their order."""
    query = select(table).where(table.in_village(village), col(table.stocktake_id).in_(stocktakes))
    found: Parts[Part] = {id: [] for id in stocktakes}
    for part in session.exec(query.order_by(col(table.number))):
        found[part.stocktake_id].append(part)
    return found


def latest(counts: Sequence[StocktakeCountRow]) -> dict[str, StocktakeCountRow]:
    """Return the last count of each kind of goods, by the goods' id."""
    return {count.goods_id: count for count in counts}


def mark_of(status: str, counts: int, returns: int) -> str:
    """Return a text that changes with every step, so that a signer signs what they saw.

    >>> mark_of("open", 3, 0)
    'open-3-0'
    """
    return f"{status}-{counts}-{returns}"


def _find(session: Session, *, village: str, stocktake: str, lock: bool = False) -> StocktakeRow:
    """Return a stocktake's row, locked if asked for; raise StocktakeUnknown."""
    key = (village, stocktake)
    row = session.get(StocktakeRow, key, with_for_update=lock) if stocktake.isalnum() else None
    if row is None:
        raise StocktakeUnknown()
    return row


def _views(session: Session, rows: Sequence[StocktakeRow], *, village: str) -> list[Stocktake]:
    """Return these stocktakes with their lines and what was taken off."""
    ids = [row.id for row in rows]
    counts = parts_of(session, StocktakeCountRow, ids, village=village)
    returns = parts_of(session, StocktakeReturnRow, ids, village=village)
    wanted = {count.goods_id for of_one in counts.values() for count in of_one}
    query = select(GoodsRow).where(GoodsRow.in_village(village), col(GoodsRow.id).in_(sorted(wanted)))
    goods = {row.id: row for row in session.exec(query)}
    return [_view(row, counts[row.id], returns[row.id], goods) for row in rows]


def _view(
    row: StocktakeRow,
    counts: list[StocktakeCountRow],
    returns: list[StocktakeReturnRow],
    goods: dict[str, GoodsRow],
) -> Stocktake:
    """Return one stocktake with its lines and what was taken off."""
    lines = [
        count.into(CountedLine, goods=goods[id].code, name=goods[id].name, spec=goods[id].spec)
        for id, count in latest(counts).items()
    ]
    return row.into(
        Stocktake,
        index=row.log_index,
        lines=tuple(sorted(lines, key=lambda line: line.goods)),
        returns=tuple(one.into(SignatureReturned) for one in returns),
        mark=mark_of(row.status, len(counts), len(returns)),
    )
