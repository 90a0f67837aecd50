"""Goods from a table: new ones with their opening stock; known ones get new words and prices, never stock.

Every row is judged by what is locked, and goes one of four ways: it is new, it changes what one person may,
it changes nothing, or its words wait for a second person. A row that would lower a price or loosen a limit
refuses the table.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, spreadsheets, villages
from pointsbank.labels.goods_column import GOODS_COLUMN
from pointsbank.market.basket import MAXIMUM_PIECES
from pointsbank.market.describing import (
    Described,
    GoodsWords,
    with_pieces,
    words_need_two,
    words_of,
    write_words,
)
from pointsbank.market.goods import (
    DESCRIBED,
    Goods,
    NewGoods,
    described_columns,
    goods_list,
    write_new,
)
from pointsbank.market.lowering import lowers
from pointsbank.market.monthly_limits import loosens_limit
from pointsbank.market.prices import add_prices, check_price
from pointsbank.market.shelf import MAXIMUM_STOCK, lock_shelves
from pointsbank.market.twins import swapped, twins
from pointsbank.points import Points, show
from pointsbank.spreadsheets import Column, Imported, Numbering, Parsed, Table, heading, spelt
from pointsbank.spreadsheets.problems import BadRows, RowProblem, RowsInDoubt


def _price(text: str) -> Points:
    """Read a price > 0."""
    return check_price(spreadsheets.points(text))


def _optional_limit(text: str) -> int | None:
    """Read a monthly limit; 0 and 不限 mean, as an empty cell does, that there is none."""
    if text.strip() in ("不限", "不限量", "无限制"):
        return None
    return spreadsheets.whole_number_between(0, MAXIMUM_PIECES)(text) or None


_stock = spreadsheets.whole_number_between(0, MAXIMUM_STOCK)

# Published price lists call the same columns goods_id and opening_stock.
_CODE = ("code", "goods_id")
_UNSAID = ("spec", "stock", "limit_per_month", "category")
_TAKEN = ("户号", "户主", "户主姓名", "兑换人", "领取人", "兑换户", "领取时间", "兑换时间", "兑换日期")
_NOT_BESIDE = {
    **dict.fromkeys(_TAKEN, "兑换登记表，它不是商品表"),
    **dict.fromkeys(("方向", "周期", "加减分", "佐证"), "积分细则，请到“积分细则”去导入"),
}

GOODS_COLUMNS = spelt(
    (
        Column(
            ("编号", "code", "goods_id"), "code", True, spreadsheets.code, unique=True, may_be_missing=True
        ),
        Column(
            ("名称", "name"),
            "name",
            True,
            spreadsheets.title(60),
            not_beside=_NOT_BESIDE,
            counted_in=("种", "样"),
        ),
        Column(("规格", "spec"), "spec", False, spreadsheets.text(60), ""),
        Column(
            ("积分", "points"),
            "points",
            True,
            _price,
            is_amount=True,
            show=show,
            doubtful=("价格", "单价", "售价"),
        ),
        Column(
            ("库存", "stock", "opening_stock"), "stock", False, _stock, 0, is_amount=True, blank_means="0"
        ),
        Column(
            ("每户每月限量", "limit_per_month"),
            "limit_per_month",
            False,
            _optional_limit,
            is_amount=True,
            blank_means="不限",
        ),
        Column(("类别", "category"), "category", False, spreadsheets.text(60), "", heading=heading),
        Column(("状态",), "state", False, spreadsheets.text(60), "", looked_at=True),
    ),
    GOODS_COLUMN,
)


@dataclass(frozen=True, slots=True)
class WordsToConfirm:
    """A row whose words take two people: the goods as they are, and what they would be called."""

    row: int
    goods: Goods
    new: GoodsWords

    def __str__(self) -> str:
        """Return e.g. 第2行：M01 大米（1斤）改为大米（10斤）."""
        return f"第{self.row}行：{self.goods.code} {words_of(self.goods)}改为{self.new}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsImported(Imported):
    """What an import of goods did, and the words that it left as they are, for two people to change."""

    to_confirm: list[WordsToConfirm] = field(default_factory=list)


@dataclass(slots=True)
class _Plan:
    """What the rows of a table come to."""

    news: list[NewGoods] = field(default_factory=list)
    words: list[Described] = field(default_factory=list)
    prices: dict[str, tuple[str, Points]] = field(default_factory=dict)
    to_confirm: list[WordsToConfirm] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    refused: list[RowProblem] = field(default_factory=list)


def import_goods(
    session: Session,
    *,
    village: str,
    table: Table,
    by: str,
    at: datetime,
    confirmed: bool = False,
) -> GoodsImported:
    """Take in a table of goods, all rows or none; the same table again changes nothing.

    A changed price holds from `at`. Of known goods stays as it is what the table has no column for. A lower
    price and a looser limit are refused here, for they take two people. Other words of goods of which there
    are pieces do too: they are left as they are and returned, and the rest of their rows goes through. Stock
    is taken from the table for new goods only.

    Raises BadRows with every bad row, its column and what to do; RowsInDoubt, where a sum is not that of its
    rows, or a code stands beside the name of other goods, and nobody `confirmed` that it is meant so; and
    those of `described_columns`, `NewGoods` and `ledger.record_many`; VillageUnknown. IntegrityError if
    another desk offers the same goods meanwhile.

    Example:
        table = read_table("goods.csv", data)
        import_goods(session, village="chayuan", table=table, by=committee, at=now).added  # 12
    """
    parsed = spreadsheets.parse_rows(table, GOODS_COLUMNS, collect=True)
    known = {one.code: one for one in goods_list(session, village=village, at=at, also_inactive=True)}
    numbered, problems = _number(parsed, known)
    if problems:
        raise BadRows([*parsed.problems, *problems])
    doubled = [*parsed.problems, *twins(parsed.rows, known.values()), *spreadsheets.ended(parsed.rows, known)]
    asked = [*parsed.asked, *swapped(parsed.rows, known.values())]
    known = {row["code"]: known[row["code"]] for row in parsed.rows if row["code"] in known}
    if known:
        lock_shelves(session, village=village, ids=[one.id for one in known.values()])
        # Read anew under the lock: somebody may have raised a price since, which the table would lower.
        now = goods_list(session, village=village, at=at, also_inactive=True)
        known = {one.code: one for one in now if one.code in known}
    pieces = with_pieces(session, known.values(), village=village)
    plan = _Plan(refused=doubled)
    if other := spreadsheets.another_village(parsed.titles, villages.get(session, village).name):
        plan.warnings.append(f"表上面写的是{other}，请核对是不是选错了文件。")
    for row in parsed.rows:
        before = known.get(row["code"])
        if before is None:
            _plan_new(plan, row)
        else:
            # What a file has no column for it does not speak of: no limit is lifted, no words are taken away.
            unsaid = {key: getattr(before, key) for key in _UNSAID if key not in parsed.has and not row[key]}
            _plan_known(plan, row | unsaid, before, pieces=before.id in pieces)
    if plan.refused:
        raise BadRows(plan.refused)
    if asked and not confirmed:
        raise RowsInDoubt(asked)
    _write(session, plan, village=village, by=by, at=at)
    return GoodsImported(
        added=plan.done["added"],
        changed=plan.done["changed"],
        unchanged=plan.done["unchanged"],
        ignored_columns=parsed.ignored_columns,
        warnings=plan.warnings,
        found=[*parsed.found, *numbered],
        to_confirm=plan.to_confirm,
    )


def _number(parsed: Parsed, known: Mapping[str, Goods]) -> tuple[list[str], list[RowProblem]]:
    """Give codes to the rows of a list without any; return what was done, and rows that are two of one."""
    if "code" in parsed.has:
        return [], []
    numbering = Numbering("SP", {one.code: (one.name, one.spec) for one in known.values()})
    return numbering.number(parsed.rows, lambda row: (row["name"], row["spec"]), "名称和规格")


def _plan_new(plan: _Plan, row: Mapping[str, Any]) -> None:
    """Plan goods that there are not yet."""
    described = described_columns(**{key: row[key] for key in DESCRIBED})
    plan.news.append(NewGoods(row["code"], row["points"], row["stock"], described))
    plan.done["added"] += 1


def _plan_known(plan: _Plan, row: Mapping[str, Any], before: Goods, *, pieces: bool) -> None:
    """Plan what a row changes of goods that there are; `pieces`: whether some are there to sell."""
    if before.stock != row["stock"]:
        plan.warnings.append(f"第{row['row']}行：{before.name}已有库存{before.stock}件，不随导入改变。")
    plan.refused += _loosening(before, row)
    after = described_columns(**{key: row[key] for key in DESCRIBED})
    old, new = words_of(before), GoodsWords(after["name"], after["spec"])
    waits = words_need_two(old, new, pieces=pieces)
    if waits:
        plan.to_confirm.append(WordsToConfirm(row["row"], before, new))
        after |= {"name": old.name, "spec": old.spec}
    dearer = row["points"] != before.points
    if dearer:
        plan.prices[before.id] = (before.code, row["points"])
    if any(after[key] != getattr(before, key) for key in DESCRIBED):
        plan.words.append(Described(before, after))
    elif not dearer:
        plan.done["waiting" if waits else "unchanged"] += 1
        return
    plan.done["changed"] += 1


def _write(session: Session, plan: _Plan, *, village: str, by: str, at: datetime) -> None:
    """Write what was planned. All together: one by one a thousand take seconds, in which nobody sells."""
    records = write_new(session, plan.news, village=village, by=by, at=at)
    records += write_words(session, plan.words, village=village, at=at)
    records += add_prices(session, plan.prices, village=village, valid_from=at, by=by, at=at)
    # Behind the last goods: a till that sells some of them locks goods first, then the log.
    if records:
        ledger.record_many(session, records, village=village, by=by, at=at)


def _loosening(before: Goods, row: Mapping[str, Any]) -> Iterator[RowProblem]:
    """Yield what is wrong with a row for which it takes two people."""
    if lowers(before.points, row["points"]):
        old = show(before.points)
        sentence = (
            f"{before.name}现在是{old}积分，降价要两个人：请照{old}导入，再到“商品”页改积分价，由另一位确认。"
        )
        yield RowProblem(row["row"], "积分", sentence)
    limit = before.limit_per_month
    if loosens_limit(limit, row["limit_per_month"]):
        sentence = (
            f"{before.name}现在每户每月限{limit}件，放宽要两个人：请照{limit}导入，"
            "再到“商品”页改限量，由另一位确认。"
        )
        yield RowProblem(row["row"], "每户每月限量", sentence)
