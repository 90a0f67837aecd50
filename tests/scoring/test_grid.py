"""A cell of the grid means one thing for its item, or is refused with a sentence that says what to write."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pointsbank import roster, scoring
from pointsbank.points import show
from pointsbank.scoring import Item, ScoreRow
from pointsbank.scoring.grid import GridCellWrong
from pointsbank.spreadsheets.problems import RowsInDoubt
from tests.builders import NOW, VILLAGE
from tests.scoring.panel import Panel

DAY = date(2026, 8, 20)


@pytest.fixture
def items(panel: Panel) -> dict[str, Item]:
    return {one.code: one for one in panel.read(scoring.items, day=DAY)}


def read(item: Item, cell: str) -> str:
    """What a cell says, in a word: nothing, done, 2× or 5分."""
    value = scoring.read_cell(item, cell)
    if value is None:
        return "nothing"
    if value.points is not None:
        return f"{show(value.points)}分"
    return "done" if value.quantity is None else f"{value.quantity}×"


@pytest.mark.parametrize(
    ("item", "cells", "meaning"),
    [
        ("清扫", ["", " ", "0", "-", "/", "—", "无", "０"], "nothing"),
        ("志愿", ["0", "-", ""], "nothing"),
        ("清扫", ["√", "✓", "✔", "☑", "v", "是", "1", "１", "1次", "5", "+5", "5分"], "done"),
        ("乱堆", ["√", "1", "10", "-10", "−10分"], "done"),
        ("志愿", ["2", "2小时", "２ 小时", "2个小时"], "2×"),
        ("志愿", ["1.5小时"], "1.5×"),
        ("捐助", ["300", "300元"], "300×"),
        ("时长", ["20"], "20×"),
        ("庭院", ["7.5", "7.5分", "+7.5"], "7.5分"),
        ("宅旁", ["√", "25", "25分"], "done"),
        ("宅旁", ["2处"], "2×"),
        ("搬迁", ["√", "20"], "done"),
    ],
)
def test_a_cell_means_one_thing(items: dict[str, Item], item: str, cells: list[str], meaning: str) -> None:
    assert {cell: read(items[item], cell) for cell in cells} == dict.fromkeys(cells, meaning)


@pytest.mark.parametrize(
    ("item", "cell", "sentence"),
    [
        ("清扫", "2", "做了的写 √（或 5），没有的留空。"),
        ("清扫", "-5", "做了的写 √"),
        ("清扫", "王建国", "“王建国”看不懂。"),
        ("清扫", "1.234", "看不懂"),
        ("乱堆", "+10", "做了的写 √（或 10）"),
        ("志愿", "√", "请写多少小时，例如 2，不写分值。"),
        ("志愿", "5分", "写的是“5分”，不是小时。"),
        ("志愿", "3天", "写的是“3天”，不是小时。"),
        ("志愿", "-2", "请写多少小时"),
        ("庭院", "√", "请写评定的分值，5至10分。"),
        ("庭院", "50", "分值应在5至10分之间，填的是50分。"),
        ("庭院", "7小时", "“7小时”不是分值。"),
        ("宅旁", "1", "没有问题写 √，有问题写几处，例如 2处。"),
        ("宅旁", "0", "没有问题写 √，有问题写几处，例如 2处。"),
        ("宅旁", "1.5处", "请填整数"),
        ("时长", "5", "未达到最低一档（10小时）"),
        ("捐助", "5分", "不写分值"),
        ("否决", "√", "一票否决"),
        ("否决", "1", "一票否决"),
    ],
)
def test_what_an_item_does_not_take_is_refused(
    items: dict[str, Item], item: str, cell: str, sentence: str
) -> None:
    with pytest.raises(GridCellWrong) as refused:
        scoring.read_cell(items[item], cell)

    assert (refused.value.code, sentence in refused.value.detail) == ("grid_cell_wrong", True), refused.value


def test_what_is_counted_by_times_takes_a_tick_or_how_often(items: dict[str, Item]) -> None:
    times = Item("a", "缺席", "", "无故缺席", "minus", "per_unit", points=items["清扫"].points, unit="次")

    assert scoring.read_cell(times, "√") == scoring.read_cell(times, "是")
    assert [read(times, cell) for cell in ("1", "3次", "2")] == ["1×", "3×", "2×"]
    with pytest.raises(GridCellWrong):
        scoring.read_cell(times, "4小时")


def test_the_head_says_what_a_cell_hint(items: dict[str, Item]) -> None:
    heads = {code: scoring.cell_hint(item) for code, item in items.items() if code not in ("否决", "拒清")}

    assert heads == {
        "清扫": "√",
        "庭院": "5至10分",
        "志愿": "小时",
        "助邻": "√",
        "乱堆": "√",
        "宅旁": "√或几处",
        "时长": "小时",
        "捐助": "数量",
        "搬迁": "√",
        "孝老": "√",
    }


def test_a_grid_has_no_veto_and_begins_with_what_needs_least_typing(items: dict[str, Item]) -> None:
    fitting = scoring.grid_items(items.values(), kind="household", day=DAY)
    ticked, judged = items["清扫"], items["庭院"]
    many = [judged, *(replace(ticked, code=f"{ticked.code}{place}") for place in range(12))]

    assert {"否决", "拒清"} == items.keys() - {item.code for item in fitting}
    assert [one.code for one in scoring.usual_columns(many)] == [one.code for one in many[1:]]
    assert scoring.usual_columns(fitting) == fitting


def test_what_rows_would_come_to_is_what_entering_them_comes_to(panel: Panel) -> None:
    wang, li = panel.village.wang, panel.village.li
    for _ in range(2):
        panel.score(wang, "清扫")
    rows = [ScoreRow(wang.code, "清扫", DAY), ScoreRow(li.code, "志愿", DAY, Decimal("1.5"))]
    foreseen = panel.read(scoring.foresee_scores, meeting_id=panel.meeting, rows=rows, at=NOW)

    assert list(foreseen.doubts) == [1] and "已经记过（第2条）" in foreseen.doubts[1]
    entered = panel.enter(*rows, confirmed=False, meant={1})
    assert [(one.counted_points, one.remark) for one in entered] == [
        (one.counted, one.remark) for one in foreseen.judged
    ]
    assert entered[0].remark == "超出每月上限，原5分，计2分"
    with pytest.raises(RowsInDoubt) as refused:
        panel.enter(*rows, confirmed=False, meant={1})
    assert [one.row for one in refused.value.problems] == [2]


def test_what_a_meeting_holds_of_a_group_leaves_out_what_was_taken_back(panel: Panel) -> None:
    wang, li = panel.village.wang, panel.village.li
    panel.score(wang, "清扫")
    panel.score(wang, "清扫", date(2026, 8, 21))
    panel.write(scoring.withdraw_score, score=panel.score(li, "助邻").id)
    cells = panel.read(scoring.entered_cells, meeting=panel.meeting, people=[wang.id, li.id])
    scored = scoring.participants_scored(village=VILLAGE, meeting=panel.meeting)
    shares = panel.read(roster.group_shares, without=scored)

    assert {key: (one.times, show(one.counted)) for key, one in cells.items()} == {
        (wang.id, "清扫"): (2, "10")
    }
    lacking = {(one.group, one.kind): (one.size, one.lacking) for one in shares}
    assert lacking[wang.group_id, "household"] == (2, 1)
    assert lacking[li.group_id, "household"] == (3, 3)
    assert lacking[None, "party_member"] == (1, 1)
