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
from pointsbank.scoring.item_shape import CellProblem, sign_problems, unreadable
from pointsbank.scoring.licences_apart import licences_apart
from pointsbank.scoring.periods import scoring_periods
from pointsbank.scoring.scheme_warnings import (
    limits_of_nothing,
    row_warnings,
    steps_apart,
    titles_alike,
    without_category,
)
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
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt

_AMOUNTS = {key: SCHEME_COLUMN.name(key) for key in ("points", "cap_points")}
_MEASURE = re.compile(r"每?[\u4e00-\u9fffA-Za-z]{1,6}(?:[·/][\u4e00-\u9fffA-Za-z]{1,6})?")
_NO_MEASURE = re.compile("累计|达标|达到|阶梯|比例|封顶|最[高多]|一次性|区间|以上|以下|不限|按")


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
    problems += [*parsed.problems, *one_amount(parsed.rows), *licences_apart(parsed.rows)]
    new, warnings = list[Item](), list[str]()
    for row in parsed.rows:
        found = [*_directed(row), *_problems(row)]
        problems += [RowProblem(row["row"], column, sentence) for column, sentence in found]
        if not found:
            new.append(_item(row))
            warnings += row_warnings(row)
    if problems:
        raise BadRows(problems)
    signed = ((row["row"], _signed(row)) for row in parsed.rows)
    if (asked := unequal_still(parsed.asked, "points", signed)) and not confirmed:
        raise RowsInDoubt(asked)
    warnings += [*steps_apart(parsed.rows), *titles_alike(parsed.rows), *without_category(parsed.rows)]
    warnings += limits_of_nothing(new)
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


def _shapes_counted(items: Sequence[Item]) -> str:
    """Return how many items there are of each shape, for some were inferred."""
    counted = Counter(
        "一票否决" if item.direction == VETO else shapes.SHAPE.name(item.shape) for item in items
    )
    return "条目的形状：" + "、".join(f"{name}{count}个" for name, count in counted.items()) + "。"


def _problems(row: Mapping[str, Any]) -> list[CellProblem]:
    """Return what is wrong with a row taken as a whole."""
    if row["direction"] == VETO:
        return [*further_terms.further_problems(row, None), *_veto_problems(row)]
    found = [
        *further_terms.further_problems(row, shapes.meant(row)),
        *_unit_problems(row),
        *sign_problems(row, _AMOUNTS),
        *shapes.meant(row).problems(row),
    ]
    if (row["cap_points"] is not None or row["cap_times"] is not None) and not row["cap_period"]:
        found.append(("周期", "填了上限就要写明周期：日、周、月、季度、半年、年或累计。"))
    if row["cap_points"] == 0:
        found.append(("上限", "上限应大于0，不限就留空。"))
    if row["direction"] == MINUS and getattr(row["points"], "sign", "") == "+":
        found.append(("分值", "写的是加分，方向却是扣分，请核对方向和正负号。"))
    if row["double_months"] and row["direction"] != MINUS:
        found.append(("重复加倍", "只有扣分条目可以重复加倍，请留空。"))
    if row["scored_in"]:
        found += unreadable("评分期", scoring_periods, row["scored_in"])
    return found


def _veto_problems(row: Mapping[str, Any]) -> Iterator[CellProblem]:
    """Yield a 形状 that no veto can have: that of rows by which no deed is scored."""
    if row["shape"] and shapes.SHAPES[row["shape"]].not_scored:
        name = shapes.SHAPE.name(row["shape"])
        yield "形状", f"一票否决不能是{name}：请把方向改为加分或扣分，或者把形状留空。"


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
    shape = shapes.meant(row)
    terms = {**shape.terms(row), **further_terms.further_terms(row)}
    return Item(id="", **cells | {"shape": shape.code, "points": _plain(row["points"]), "terms": terms})


def _signed(row: Mapping[str, Any]) -> int:
    """Return the points of a row, below 0 where it deducts."""
    amount = abs(int(row["points"] or 0))
    return -amount if row["direction"] == MINUS else amount


def _plain(amount: Points | None) -> Points | None:
    """Return an amount without its sign."""
    return None if amount is None else Points(abs(amount))
