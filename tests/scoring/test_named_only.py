"""Items that count for named households alone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pointsbank import scoring
from pointsbank.scoring import ScoreRow
from pointsbank.scoring.applicability import can_be_entered, is_ticked
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import NOW
from tests.scoring.panel import AUGUST, Panel

HEADERS = ["编号", "类别", "条目", "方向", "分值", "形状", "周期", "上限", "点名"]
ROWS = [
    ["奖", "荣誉", "文明小组获奖", "加分", "5", "", "", "", "是"],
    ["扫", "卫生", "清扫", "加分", "2", "", "", "", "否"],
]


@pytest.fixture
def named(sqlite_panel: Panel) -> Panel:
    """The panel under a scheme with such an item."""
    sqlite_panel.write(
        scoring.import_scheme,
        table=Table.of(HEADERS, ROWS),
        resolution="第2号决议",
        from_date=date(2026, 1, 2),
    )
    return sqlite_panel


@pytest.mark.parametrize(
    ("code", "given", "said"),
    [
        ("Y01", {"note": "县级文明小组"}, "“户号”：集体获奖只计点到名字的户，请逐户填写。"),
        ("0101", {}, "“说明”：这个条目只计点名的户，请写明是哪个奖"),
        ("0101", {"note": "  "}, "“说明”：这个条目只计点名的户"),
    ],
)
def test_a_collective_gets_nothing_and_the_award_is_named(
    named: Panel, code: str, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadRows, match=said):
        named.enter(ScoreRow(code, "奖", AUGUST, **given))

    assert named.enter(ScoreRow("0101", "奖", AUGUST, note="县级文明小组"))[0].counted_points == 500
    assert named.enter(ScoreRow("Y01", "扫", AUGUST))[0].counted_points == 200


def test_a_score_without_the_award_is_not_put_right_into_one(named: Panel) -> None:
    [old] = named.enter(ScoreRow("0101", "扫", AUGUST))
    named.publish()
    named.settle(old)
    item = named.read(scoring.items_by_id)[old.item_id]

    with pytest.raises(scoring.problems.CorrectionInvalid, match="请撤销这一条，再在评议会里另录一条"):
        named.read(
            scoring.plan_correction,
            score=old.id,
            should_be=replace(scoring.as_it_stands(named.now(old), item), item="奖"),
            at=NOW,
        )


def test_it_is_offered_to_nobody_at_once(named: Panel) -> None:
    items = named.read(scoring.items, day=AUGUST)
    award = next(item for item in items if item.code == "奖")

    assert [one.code for one in scoring.grid_items(items, kind="household", day=AUGUST)] == ["扫"]
    assert not is_ticked(award, kind="household")
    assert can_be_entered(award, "household") and not can_be_entered(award, "group")
    assert scoring.label(award) == "+5，只计点名的户"
    assert scoring.item_cells(award)["named_only"] == "是"


def test_before_saving_the_missing_award_is_asked_for(named: Panel) -> None:
    row = ScoreRow("0101", "奖", AUGUST)

    found = named.read(scoring.foresee_score, meeting_id=named.meeting, row=row, at=NOW)

    assert found.needs_note and not found.wrong
    assert found.judged is not None and found.judged.counted == 500


@pytest.mark.parametrize("cells", [["一票否决", "", ""], ["加分", "", "合计上限"]])
def test_only_what_is_scored_names_households(cells: list[str]) -> None:
    direction, points, shape = cells
    row = ["否", "荣誉", "某事", direction, points, shape, "年", "5", "是"]

    with pytest.raises(BadRows, match="“点名”：只有记分的条目才填"):
        read_items(Table.of(HEADERS, [row]))
