"""Reads the rows of a scheme's table. Pure: a table in, items out, every bad cell named."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.period import PERIOD
from pointsbank.labels.scheme_column import SCHEME_COLUMN
from pointsbank.labels.score_column import SCORE_COLUMN
from pointsbank.points import Points, show
from pointsbank.scoring import further_terms, shapes
from pointsbank.scoring.amounts_apart import one_amount
from pointsbank.scoring.item_shape import CellProblem, ItemShape, sign_problems, unreadable
from pointsbank.scoring.periods import scoring_periods
from pointsbank.scoring.values import MINUS, PLUS, VETO, Item
from pointsbank.spreadsheets import (
    Column,
    Numbering,
    Parsed,
    RowProblem,
    Table,
    choice,
    code,
    heading,
    in_one_line,
    parse_rows,
    points,
    spelt,
    text,
    title,
    unequal_still,
    whole_number_between,
    written_points,
)
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt, row_in_words

_AMOUNTS = {key: SCHEME_COLUMN.name(key) for key in ("points", "cap_points")}
_MEASURE = re.compile(r"每?[\u4e00-\u9fffA-Za-z]{1,6}(?:[·/][\u4e00-\u9fffA-Za-z]{1,6})?")
_NO_MEASURE = re.compile("累计|达标|达到|阶梯|比例|封顶|最[高多]|一次性|区间|以上|以下|不限|按")
_REACHED = re.compile("累计.*[0-9]|[达满].{0,3}[0-9]|[0-9].{0,4}以上")
_CAPPED_IN_TITLE = re.compile(
    "每.{0,3}(?:最[高多]|不超过|封顶|限[0-9一二两三])|(?:最[高多]|封顶).{0,6}[分次]"
)
_CAPPED = re.compile("最[高多]|不超过|上限|封顶|限[0-9一二两三]|累计")


def _direction_heading(line: str) -> str | None:
    """Return the direction that a line between the rows, or the name of a sheet, names: 二、扣分项."""
    plus, minus = ("加" in line or "奖" in line), ("扣" in line or "减" in line)
    if plus == minus or len(line) > 12:
        return None
    return "加分" if plus else "扣分"


_NOT_BESIDE = dict.fromkeys(
    ("户号", "户主", "户主姓名", "姓名", "日期", "发生日期"), "评分表，请到“评分”去导入"
)

# Published tables call the same columns item_id, kind, item and subject.
_COMMON = spelt(
    (
        Column(("编号", "code", "item_id"), "code", True, code, unique=True, may_be_missing=True),
        Column(("类别", "category"), "category", False, text(60), "", heading=heading),
        Column(
            ("条目", "title", "item"),
            "title",
            True,
            title(200),
            not_beside=_NOT_BESIDE,
            counted_in=("条", "项"),
        ),
        Column(
            ("方向", "direction", "kind"),
            "direction",
            True,
            choice(DIRECTION.choices()),
            show=DIRECTION.name,
            may_be_missing=True,
            heading=_direction_heading,
        ),
        Column(("分值", "points"), "points", False, written_points, is_amount=True, show=show),
        Column(("单位", "per"), "unit", False, text(20), ""),
        Column(("周期", "cap_period"), "cap_period", False, choice(PERIOD.choices()), "", show=PERIOD.name),
        Column(("上限", "cap_points"), "cap_points", False, points, is_amount=True, show=show),
        Column(("次数上限", "cap_times"), "cap_times", False, whole_number_between(1, 100_000)),
        Column(("佐证", "evidence"), "evidence", False, text(200), ""),
        Column(("适用", "applies_to", "subject"), "applies_to", False, text(100), ""),
        Column(("依据", "legal_basis"), "legal_basis", False, text(200), ""),
        Column(("形状", "shape"), "shape", False, choice(shapes.SHAPE.choices()), "", show=shapes.SHAPE.name),
        Column(("评分期", "scored_in"), "scored_in", False, text(100), ""),
        Column(("重复加倍", "double_on_repeat"), "double_months", False, whole_number_between(0, 120), 0),
    ),
    SCHEME_COLUMN,
)
_IN_WORDS = ("评分细则", "计分标准", "计分办法", "备注")
_STANDARD = Column(("评分标准",), "standard", False, in_one_line, "", also=_IN_WORDS, looked_at=True)
_APART = spelt(
    (
        Column(("加分", "plus"), "plus", False, written_points, is_amount=True, show=show),
        Column(("扣分", "minus"), "minus", False, written_points, is_amount=True, show=show),
    ),
    SCORE_COLUMN,
)
WRITTEN_COLUMNS = (
    *_COMMON,
    *shapes.columns(
        common=[name for column in (*_COMMON, *further_terms.COLUMNS) for name in (column.key, *column.names)]
    ),
    *further_terms.COLUMNS,
)
"""The columns of a scheme's table that is written here; those that are read are more."""
SCHEME_COLUMNS = (*WRITTEN_COLUMNS, *_APART, _STANDARD)


class ItemsRead(NamedTuple):
    """The items of a table, headers of columns that are not read, warnings, what was found, titles."""

    items: list[Item]
    ignored_columns: list[str]
    warnings: list[str]
    found: list[str]
    titles: list[str]


def read_items(table: Table, known: Sequence[Item] = (), *, confirmed: bool = False) -> ItemsRead:
    """Return the items of a table.

    Args:
        known: items of the version before, whose numbers those of a table without numbers get.
        confirmed: somebody has looked at what `RowsInDoubt` asks about.

    Raises:
        BadRows: cells that are wrong, each named by row and column.
        RowsInDoubt: a sum of the table is not that of its rows; not if `confirmed`.
    """
    parsed = parse_rows(table, SCHEME_COLUMNS, collect=True)
    numbered, problems = _numbered(parsed, known)
    problems += [*parsed.problems, *one_amount(parsed.rows)]
    new, warnings = list[Item](), list[str]()
    for row in parsed.rows:
        found = [*_directed(row), *_problems(row)]
        problems += [RowProblem(row["row"], column, sentence) for column, sentence in found]
        if not found:
            new.append(_item(row))
            warnings += _row_warnings(row)
    if problems:
        raise BadRows(problems)
    signed = ((row["row"], _signed(row)) for row in parsed.rows)
    if (asked := unequal_still(parsed.asked, "points", signed)) and not confirmed:
        raise RowsInDoubt(asked)
    warnings += [*_steps_apart(parsed.rows), *_alike(parsed.rows), *_without_category(parsed.rows)]
    return ItemsRead(
        new, parsed.ignored_columns, warnings, [*parsed.found, *numbered, _shapes_counted(new)], parsed.titles
    )


def _numbered(parsed: Parsed, known: Sequence[Item]) -> tuple[list[str], list[RowProblem]]:
    """Give codes to the rows of a table without any; return what was done, and what is wrong."""
    if "code" in parsed.has:
        return [], []
    numbering = Numbering("TM", {item.code: (item.category, item.title) for item in known})
    return numbering.number(parsed.rows, lambda row: (row["category"], row["title"]), "类别和条目")


def _directed(row: dict[str, Any]) -> list[CellProblem]:
    """Give a row the direction that the sign of its points says, where no column does; or ask for it."""
    if row["direction"] is not None:
        return []
    signs = {getattr(row["points"], "sign", "")}
    if row["points"] is None:
        bounds = [row[key] for key in ("least", "most") if row[key] is not None]
        signs = {"-" if amount < 0 else "" for amount in bounds}
    sign = signs.pop() if len(signs) == 1 else ""
    row["direction"] = MINUS if sign == "-" else PLUS
    if sign:
        return []
    return [("方向", "看不出是加分还是扣分。请加上“方向”这一列，或者把分值写成 +5、-5。")]


def _row_warnings(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what of a row should be looked at: a period without a cap, a cap in words that were not read."""
    where = row_in_words(row["row"])
    if row["cap_period"] and not _is_limited(row):
        yield f"{where}填了周期，没有填上限，按不限次数处理。"
    if row["direction"] == VETO and not row["consequence"]:
        yield f"{where}是一票否决，没有写后果，不能登记：请填后果：参评、兑换、红榜或荣誉称号。"
    if _CAPPED_IN_TITLE.search(row["title"]) and not _is_limited(row):
        yield f"{where}的条目里写着上限，没有按它算：请填到“周期”和“上限”。"
    if _CAPPED.search(row["standard"]) and row["cap_points"] is None and row["cap_times"] is None:
        yield f"{where}写着“{row['standard'][:40]}”，这一格没有读：有上限的，请填到“周期”和“上限”。"


def _steps_apart(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield rows whose titles differ by one number alone: each would count, where only the highest may."""
    alike: dict[str, list[int]] = {}
    for row in rows:
        if _REACHED.search(row["title"]) and not row["shape"]:
            alike.setdefault(re.sub(r"[0-9.]+", "#", row["title"]), []).append(row["row"])
    for numbers in alike.values():
        if len(numbers) > 1:
            named = "、".join(row_in_words(number) for number in numbers)
            yield f"{named}只差一个数，像是一个阶梯：分开写会各计一次。请合成一行，形状填阶梯。"


def _alike(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield rows of one title: a table of scores that names it does not say which is meant."""
    titles: dict[str, list[int]] = {}
    for row in rows:
        titles.setdefault(row["title"], []).append(row["row"])
    for title_of, numbers in titles.items():
        if len(numbers) > 1:
            named = "、".join(row_in_words(number) for number in numbers)
            yield f"{named}都叫“{title_of[:30]}”：评分时按名称分不清，请改成不同的名称，或者一律用编号。"


def _without_category(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield how many rows have no category though one above has: no merged cell says that it is the same."""
    first = next((row["row"] for row in rows if row["category"]), None)
    blank = [row["row"] for row in rows if first is not None and not row["category"] and row["row"] > first]
    if blank:
        yield f"{row_in_words(blank[0])}等{len(blank)}行的类别空着，没有照上面一行填：同类的请写上类别。"


def _shapes_counted(items: Sequence[Item]) -> str:
    """Return how many items there are of each shape, for some were inferred."""
    counted = Counter(
        "一票否决" if item.direction == VETO else shapes.SHAPE.name(item.shape) for item in items
    )
    return "条目的形状：" + "、".join(f"{name}{count}个" for name, count in counted.items()) + "。"


def _shape(row: Mapping[str, Any]) -> ItemShape:
    """Return the shape named, or the one the filled columns speak of."""
    return shapes.SHAPES[row["shape"]] if row["shape"] else shapes.inferred(row)


def _is_limited(row: Mapping[str, Any]) -> bool:
    """Return whether a row's period serves some limit."""
    return row["cap_points"] is not None or row["cap_times"] is not None or _shape(row).uses_period


def _problems(row: Mapping[str, Any]) -> list[CellProblem]:
    """Return what is wrong with a row taken as a whole."""
    if row["direction"] == VETO:
        return further_terms.further_problems(row, None)
    found = [
        *further_terms.further_problems(row, _shape(row)),
        *_unit_problems(row),
        *sign_problems(row, _AMOUNTS),
        *_shape(row).problems(row),
    ]
    if (row["cap_points"] is not None or row["cap_times"] is not None) and not row["cap_period"]:
        found.append(("周期", "填了上限就要写明周期：日、月、季度、半年、年或累计。"))
    if row["cap_points"] == 0:
        found.append(("上限", "上限应大于0，不限就留空。"))
    if row["direction"] == MINUS and getattr(row["points"], "sign", "") == "+":
        found.append(("分值", "写的是加分，方向却是扣分，请核对方向和正负号。"))
    if row["double_months"] and row["direction"] != MINUS:
        found.append(("重复加倍", "只有扣分条目可以重复加倍，请留空。"))
    if row["scored_in"]:
        found += unreadable("评分期", scoring_periods, row["scored_in"])
    return found


def _unit_problems(row: Mapping[str, Any]) -> Iterator[CellProblem]:
    """Yield a 单位 that is no measure, by which the item would be taken for one of so much each."""
    unit = row["unit"]
    if unit and not row["shape"] and (_NO_MEASURE.search(unit) or not _MEASURE.fullmatch(unit)):
        sentence = (
            f"“{unit}”不是计量单位（如小时、人、元），填了单位就会按量计分。按次计固定分的请留空；"
            "按累计达到的数给分的，请合成一行，形状填阶梯，档位写成 10=2;20=3。"
        )
        yield "单位", sentence


def _item(row: Mapping[str, Any]) -> Item:
    """Return the item of a sound row; amounts lose their sign, which the direction says."""
    cells = {column.key: row[column.key] for column in _COMMON}
    cells["cap_points"] = _plain(row["cap_points"])
    if row["direction"] == VETO:
        terms = further_terms.further_terms(row)
        return Item(id="", **cells | {"shape": "fixed", "points": None, "terms": terms})
    shape = _shape(row)
    terms = {**shape.terms(row), **further_terms.further_terms(row)}
    return Item(id="", **cells | {"shape": shape.code, "points": _plain(row["points"]), "terms": terms})


def _signed(row: Mapping[str, Any]) -> int:
    """Return the points of a row, below 0 where it deducts."""
    amount = abs(int(row["points"] or 0))
    return -amount if row["direction"] == MINUS else amount


def _plain(amount: Points | None) -> Points | None:
    """Return an amount without its sign."""
    return None if amount is None else Points(abs(amount))
