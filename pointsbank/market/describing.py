"""What goods are called: a described article is part of its price, so old and new words are in the log.

One bag of rice at the price of a kilogramme becomes ten kilogrammes at that price by two words in a row that
has no price in it. Whoever lowers a price needs a second person, and so does whoever gives other words to
pieces that somebody can have now.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.ledger import LogRecord
from pointsbank.market.goods import DESCRIBED, Goods, described_columns, goods_by_code
from pointsbank.market.models import GoodsRow, StocktakeCountRow, StocktakeRow
from pointsbank.market.shelf import lock_shelf
from pointsbank.points import Points, show
from pointsbank.prepared import execute_many
from pointsbank.text import clean, clean_required

_NAMED = 3


@dataclass(frozen=True, slots=True)
class GoodsWords:
    """What a buyer reads beside the price: the name, and the spec with its unit, as in 大米 and 5公斤一袋."""

    name: str
    spec: str = ""

    def __str__(self) -> str:
        """Return e.g. 大米（5公斤）."""
        return f"{self.name}（{self.spec}）" if self.spec else self.name


@dataclass(frozen=True, slots=True)
class Described:
    """Goods before a change, and their describing columns after it."""

    before: Goods
    after: Mapping[str, Any]


def words_of(goods: Goods) -> GoodsWords:
    """Return what a buyer reads of these goods.

    Example:
        str(market.words_of(rice))  # "大米（5公斤）"
    """
    return GoodsWords(goods.name, goods.spec)


def clean_words(name: str, spec: str) -> GoodsWords:
    """Return words as goods keep them; raises those of `text.clean` and `text.clean_required`.

    Example:
        >>> str(clean_words(" 大米", "10斤 "))
        '大米（10斤）'
    """
    return GoodsWords(clean_required(name, maximum=60), clean(spec, maximum=60))


def words_need_two(old: GoodsWords, new: GoodsWords, *, pieces: bool) -> bool:
    """Return whether two people give goods these words: they have others, and there are pieces to sell.

    Every change, not only one that makes the goods more: whether 一袋 is more than 5公斤 no program knows.

    Args:
        pieces: whether some are on the shelf, or were counted and wait for the second signature.

    Example:
        >>> one, ten = GoodsWords("大米", "1斤"), GoodsWords("大米", "10斤")
        >>> words_need_two(one, ten, pieces=True), words_need_two(ten, one, pieces=True)
        (True, True)
        >>> words_need_two(one, ten, pieces=False), words_need_two(one, one, pieces=True)
        (False, False)
    """
    return pieces and old != new


def with_pieces(session: Session, goods: Iterable[Goods], *, village: str) -> set[str]:
    """Return the ids of those of these goods of which there are pieces, counted ones too.

    What a stocktake at work found of goods that the books have none of comes onto the shelf with the second
    signature, whatever the goods are called by then. Nothing else is held for anybody: a sale is one moment.

    Args:
        goods: read after their rows were locked, where something is decided by it.

    Example:
        with_pieces(session, [rice], village="cy") == {rice.id}
    """
    count, taking = StocktakeCountRow, StocktakeRow
    counted = (
        select(col(count.goods_id))
        .join(taking, taking.in_village_of(count) & (col(taking.id) == col(count.stocktake_id)))
        .where(count.in_village(village), col(taking.ended_at).is_(None), col(count.counted) > 0)
    )
    found = set(session.exec(counted))
    return {one.id for one in goods if one.stock > 0 or one.id in found}


def locked_goods(session: Session, *, village: str, goods: str, at: datetime) -> tuple[Goods, bool]:
    """Lock the goods with this code; return them as they are, and whether there are pieces of them.

    Raises:
        GoodsUnknown: there are none.

    Example:
        rice, pieces = market.locked_goods(session, village="cy", goods="M01", at=now)
    """
    lock_shelf(session, village=village, goods=goods)
    found = goods_by_code(session, village=village, code=goods, at=at)
    return found, bool(with_pieces(session, [found], village=village))


def describe_goods(
    session: Session,
    *,
    village: str,
    goods: str,
    by: str,
    at: datetime,
    words: GoodsWords | None = None,
    category: str | None = None,
) -> Goods:
    """Give goods (code) other words or another category, told in the log; what is None stays.

    Locks the goods. Whether it takes two people is for the caller: see `words_need_two`.

    Raises:
        GoodsUnknown: there are none.

    And those of `described_columns` (LimitInvalid, TextInvalid) and `ledger.record_many`.

    Example:
        ten = GoodsWords("大米", "10斤")
        describe_goods(session, village="cy", goods="M01", words=ten, by=li.id, at=now).spec  # "10斤"
    """
    found, _ = locked_goods(session, village=village, goods=goods, at=at)
    words = words or words_of(found)
    after = described_columns(
        name=words.name,
        spec=words.spec,
        category=found.category if category is None else category,
        limit_per_month=found.limit_per_month,
    )
    records = write_words(session, [Described(found, after)], village=village, at=at)
    if records:
        ledger.record_many(session, records, village=village, by=by, at=at)
    return goods_by_code(session, village=village, code=goods, at=at)


def set_active(session: Session, *, village: str, goods: str, active: bool, by: str, at: datetime) -> Goods:
    """Offer goods (code) again, or no longer; told in the log. What is so already is no change.

    Locks the goods. Nothing becomes of the pieces: they stay on the shelf and are counted.

    Raises:
        GoodsUnknown: there are none.

    And those of `ledger.record_many`.

    Example:
        market.set_active(session, village="cy", goods="M01", active=False, by=li.id, at=now).active  # False
    """
    found, _ = locked_goods(session, village=village, goods=goods, at=at)
    if found.active != active:
        change = update(GoodsRow).where(GoodsRow.in_village(village), col(GoodsRow.id) == found.id)
        session.exec(change.values(active=active))
        same = [getattr(found, key) for key in DESCRIBED]
        words = {
            "goods": [[found.id, found.code, found.points, same, same]],
            "described_at": at.astimezone(UTC).isoformat(),
            "active": active,
        }
        record = LogRecord("goods_described", words)
        ledger.record_many(session, [record], village=village, by=by, at=at)
    return goods_by_code(session, village=village, code=goods, at=at)


_DESCRIBE = (
    update(GoodsRow)
    .where(GoodsRow.in_village(bindparam("key_village")), col(GoodsRow.id) == bindparam("key_goods"))
    .values({key: bindparam(f"new_{key}") for key in DESCRIBED})
)


def write_words(
    session: Session, changes: Sequence[Described], *, village: str, at: datetime
) -> list[LogRecord]:
    """Write other words of goods that are locked; return the entry for the log, none where nothing differs.

    The caller writes the entry when it locks no more goods: the log's head is the last lock.
    """
    differing = [one for one in changes if _before(one) != _after(one)]
    if not differing:
        return []
    rows = [
        {"key_village": village, "key_goods": one.before.id}
        | {f"new_{key}": one.after[key] for key in DESCRIBED}
        for one in differing
    ]
    execute_many(session, _DESCRIBE, *rows)
    lines = [
        [one.before.id, one.before.code, one.before.points, _before(one), _after(one)] for one in differing
    ]
    words = {"goods": lines, "described_at": at.astimezone(UTC).isoformat()}
    return [LogRecord("goods_described", words)]


def _before(one: Described) -> list[Any]:
    return [getattr(one.before, key) for key in DESCRIBED]


def _after(one: Described) -> list[Any]:
    return [one.after[key] for key in DESCRIBED]


@ledger.describes("goods_described")
def _in_words(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. M01 大米（1斤）改为大米（10斤），每件40分."""
    named = "；".join(_one_in_words(*line) for line in words["goods"][:_NAMED])
    more = f"等{len(words['goods'])}种" if len(words["goods"]) > _NAMED else ""
    offered = {None: "", True: "，重新上架", False: "，下架"}[words.get("active")]
    return f"{named}{more}{offered}"


def _one_in_words(_id: str, code: str, points: int, old: Collection[Any], new: Collection[Any]) -> str:
    """Return what is different of one kind of goods."""
    (name, spec, category, limit), (new_name, new_spec, new_category, new_limit) = old, new
    before, after = GoodsWords(name, spec), GoodsWords(new_name, new_spec)
    parts = [
        f"{code} {before}改为{after}，每件{show(Points(points))}分" if before != after else f"{code} {before}"
    ]
    if category != new_category:
        parts.append(f"类别{category or '（无）'}改为{new_category or '（无）'}")
    if limit != new_limit:
        parts.append(f"每户每月限量{limit or '不限'}改为{new_limit or '不限'}")
    return "，".join(parts)
