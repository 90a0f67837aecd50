"""Which items may be entered at the counter: read from a scheme's table, said on every page."""

from typing import Any

import pytest

from pointsbank.scoring.cells import item_cells, scheme_table
from pointsbank.scoring.comparing import compare
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.scoring.shapes import label
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import BadRows

AT_COUNTER = {"柜台登记": "是", "每日上限": "10"}


def read(**cells: str) -> Any:
    """One item of a table with these cells."""
    row = {"编号": "A1", "条目": "可回收物", "方向": "加分", "分值": "1"} | cells
    return read_items(Table.of(list(row), [list(row.values())])).items


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"单位": "公斤"},
        {"形状": "一次"},
        {"形状": "阶梯", "分值": "", "单位": "公斤", "档位": "10=1;20=2"},
        {"形状": "比例", "分值": "1", "单位": "元", "档位": "1000/100"},
    ],
)
def test_what_a_rule_measures_by_itself_may_be_entered_at_the_counter(shape: dict[str, str]):
    [item] = read(**AT_COUNTER, **shape)

    assert label(item).endswith("可在柜台登记，每户每天最多10分")
    assert read_items(scheme_table([item_cells(item)])).items == [item]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"柜台登记": "是"}, "每日上限"),
        ({"柜台登记": "是", "每日上限": "0"}, "每日上限"),
        ({"每日上限": "10"}, "每日上限"),
        ({"柜台登记": "也许"}, "柜台登记"),
        ({**AT_COUNTER, "方向": "扣分"}, "柜台登记"),
        ({**AT_COUNTER, "方向": "一票否决", "分值": ""}, "柜台登记"),
        ({**AT_COUNTER, "分值": "", "最低": "1", "最高": "5"}, "柜台登记"),
        ({**AT_COUNTER, "形状": "满分扣减", "每处扣": "1"}, "柜台登记"),
        ({**AT_COUNTER, "点名": "是"}, "点名"),
    ],
)
def test_what_takes_points_or_is_judged_is_not_entered_at_the_counter(cells: dict[str, str], column: str):
    with pytest.raises(BadRows) as bad:
        read(**cells)

    assert [one.column for one in bad.value.problems] == [column]


def test_another_ceiling_is_another_rule():
    [before], [after] = read(**AT_COUNTER), read(**{**AT_COUNTER, "每日上限": "5"})

    [changed] = compare([before], [after])

    assert [(one.title, one.before, one.after) for one in changed.cells] == [("每日上限", "10", "5")]
