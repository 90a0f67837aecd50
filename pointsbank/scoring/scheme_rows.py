"""What the rows of a scheme's table say. Pure: a table in, items out, every bad cell named."""

from collections.abc import Callable, Mapping
from typing import Any

from pointsbank.errors import Problem
from pointsbank.labels.direction import DIRECTION
from pointsbank.labels.period import PERIOD
from pointsbank.points import Points
from pointsbank.scoring.periods import scoring_periods
from pointsbank.scoring.shapes import read_steps
from pointsbank.scoring.values import MINUS, VETO, Item
from pointsbank.spreadsheets import (
    Column,
    RowProblem,
    Table,
    choice,
    code,
    parse_rows,
    points,
    text,
    whole_number_between,
)
from pointsbank.spreadsheets.problems import BadRows

_SHAPES = {
    "固定": "fixed",
    "区间": "range",
    "按量": "per_unit",
    "满分扣减": "full_mark",
    "阶梯": "ladder",
    "比例": "rate",
    "一次": "once",
}

# Published tables call the same columns item_id, kind, item and subject.
COLUMNS = (
    Column(("编号", "code", "item_id"), "code", True, code),
    Column(("类别", "category"), "category", False, text(60), ""),
    Column(("条目", "title", "item"), "title", True, text(200)),
    Column(("方向", "direction", "kind"), "direction", True, choice(DIRECTION.choices())),
    Column(("分值", "points"), "points", False, points),
    Column(("最低", "min"), "least", False, points),
    Column(("最高", "max"), "most", False, points),
    Column(("单位", "per"), "unit", False, text(20), ""),
    Column(("周期", "cap_period"), "cap_period", False, choice(PERIOD.choices()), ""),
    Column(("上限", "cap_points"), "cap_points", False, points),
    Column(("次数上限", "cap_times"), "cap_times", False, whole_number_between(1, 100_000)),
    Column(("佐证", "evidence"), "evidence", False, text(200), ""),
    Column(("适用", "applies_to", "subject"), "applies_to", False, text(100), ""),
    Column(("依据", "legal_basis"), "legal_basis", False, text(200), ""),
    Column(
        ("形状", "shape"), "shape", False, choice(_SHAPES | {name: name for name in _SHAPES.values()}), ""
    ),
    Column(("档位", "steps"), "steps", False, text(300), ""),
    Column(("每处扣", "per_fault"), "per_fault", False, points),
    Column(("评分期", "scored_in"), "scored_in", False, text(100), ""),
    Column(("重复加倍", "double_on_repeat"), "double_months", False, whole_number_between(0, 120), 0),
)


def read_items(table: Table) -> tuple[list[Item], list[str], list[str]]:
    """The items, the columns nobody asked for, and warnings; raises BadRows naming every bad cell."""
    parsed = parse_rows(table, COLUMNS)
    new, problems, warnings, codes = [], [], list[str](), set[str]()
    for row in parsed.rows:
        if row["code"] in codes:
            problems.append(
                RowProblem(row["row"], "编号", f"编号“{row['code']}”出现了两次，请改成不同的编号。")
            )
        codes.add(row["code"])
        found = list(_problems(row))
        problems += [RowProblem(row["row"], column, sentence) for column, sentence in found]
        if not found:
            new.append(_item(row))
            if row["cap_period"] and not _is_limited(row):
                warnings.append(f"第{row['row']}行填了周期，没有填上限，按不限次数处理。")
    if problems:
        raise BadRows(problems)
    return new, parsed.ignored_columns, warnings


def _shape(row: Mapping[str, Any]) -> str:
    """The shape named, or the one the filled columns speak of."""
    if row["shape"]:
        return str(row["shape"])
    if row["least"] is not None and row["most"] is not None:
        return "range"
    return "per_unit" if row["unit"] else "fixed"


def _is_limited(row: Mapping[str, Any]) -> bool:
    """Whether a row's period serves some limit."""
    return row["cap_points"] is not None or row["cap_times"] is not None or _shape(row) in ("once", "ladder")


def _problems(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with a row taken as a whole, by column."""
    if row["direction"] == VETO:
        return []
    found = [*_sign_problems(row), *_shape_problems(row)]
    if (row["cap_points"] is not None or row["cap_times"] is not None) and not row["cap_period"]:
        found.append(("周期", "填了上限就要写明周期：日、月、季度、半年、年或累计。"))
    if row["cap_points"] == 0:
        found.append(("上限", "上限应大于0，不限就留空。"))
    if row["double_months"] and row["direction"] != MINUS:
        found.append(("重复加倍", "只有扣分条目可以重复加倍，请留空。"))
    if row["scored_in"]:
        found += _unreadable("评分期", scoring_periods, row["scored_in"])
    return found


def _sign_problems(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Only a deduction may be written with a minus sign, and its sign is then left out."""
    if row["direction"] == MINUS:
        return []
    amounts = (
        ("分值", "points"),
        ("最低", "least"),
        ("最高", "most"),
        ("上限", "cap_points"),
        ("每处扣", "per_fault"),
    )
    return [
        (column, "加分条目不能填负数；要扣分请把方向改为“扣分”。")
        for column, key in amounts
        if row[key] is not None and row[key] < 0 and key != "per_fault"
    ]


def _shape_problems(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the row's shape needs and does not find."""
    shape, found = _shape(row), []
    if shape == "range":
        if row["least"] is None or row["most"] is None:
            found.append(("最低", "区间条目要同时填最低和最高。"))
        elif abs(row["least"]) > abs(row["most"]) and row["direction"] != MINUS:
            found.append(("最低", "最低不能大于最高，请核对。"))
        elif not row["most"] and not row["least"]:
            found.append(("最高", "最高应大于0，请核对。"))
    elif shape != "ladder" and not row["points"]:
        found.append(("分值", "请填写分值，应大于0。"))
    if shape == "full_mark" and not row["per_fault"]:
        found.append(("每处扣", "满分扣减条目要写明每处扣几分。"))
    if shape in ("ladder", "rate"):
        found += _unreadable("档位", read_steps, row["steps"])
        if row["steps"] and ("=" in row["steps"]) != (shape == "ladder"):
            found.append(("档位", "阶梯用等号写成 10=1;20=2，比例用斜杠写成 1000/100;5000/400。"))
    return found


def _unreadable(column: str, read: Callable[[str], object], cell: str) -> list[tuple[str, str]]:
    """The sentence of a cell that its reader refuses."""
    try:
        read(cell)
    except Problem as problem:
        return [(column, problem.detail)]
    return []


def _item(row: Mapping[str, Any]) -> Item:
    """The item of a row found sound; amounts lose their sign, which the direction says."""
    least, most = (_plain(row["least"]), _plain(row["most"])) if row["direction"] != VETO else (None, None)
    if least is not None and most is not None and least > most:
        least, most = most, least
    is_veto = row["direction"] == VETO
    return Item(
        id="",
        code=row["code"],
        category=row["category"],
        title=row["title"],
        direction=row["direction"],
        shape="fixed" if is_veto else _shape(row),
        points=None if is_veto else _plain(row["points"]),
        least=least,
        most=most,
        unit=row["unit"],
        cap_period=row["cap_period"],
        cap_points=_plain(row["cap_points"]),
        cap_times=row["cap_times"],
        evidence=row["evidence"],
        applies_to=row["applies_to"],
        legal_basis=row["legal_basis"],
        steps=row["steps"],
        per_fault=_plain(row["per_fault"]),
        scored_in=row["scored_in"],
        double_months=row["double_months"],
    )


def _plain(amount: Points | None) -> Points | None:
    """An amount without its sign."""
    return None if amount is None else Points(abs(amount))
