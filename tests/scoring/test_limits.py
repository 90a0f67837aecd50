"""Limits over several items: what a category, or the whole account, may come to in a period."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pointsbank import scoring
from pointsbank.points import show, whole
from pointsbank.scoring import ScoreRow
from pointsbank.scoring.limits import scopes_of
from pointsbank.scoring.scheme import items_of
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import NOW
from tests.scoring.panel import AUGUST, SCHEME, Panel, scheme_table

JULY_1 = date(2026, 7, 1)
LIMITS = {
    "封环": {"类别": "环境卫生", "条目": "环境卫生类全年封顶", "方向": "加分", "形状": "合计上限"}
    | {"周期": "年", "上限": "14"},
    "封周": {"类别": "全部", "条目": "每周最多扣15分", "方向": "扣分", "形状": "合计上限"}
    | {"周期": "周", "上限": "15"},
    "乱扔": {"类别": "环境卫生", "条目": "乱扔烟头", "方向": "扣分", "分值": "8"},
}
ALL = {
    "全年": {
        "类别": "全部",
        "条目": "累计上限",
        "方向": "加分",
        "形状": "合计上限",
        "周期": "年",
        "上限": "20",
    }
}

BASE_ONLY = (
    LIMITS["封环"] | {"类别": "基础"},
    {"类别": "基础", "条目": "基础分", "方向": "加分", "分值": "10", "形状": "基础分", "周期": "年"},
)


def adopt(panel: Panel, rows: dict[str, dict[str, str]], day: date = date(2026, 1, 2)) -> None:
    """Put the scheme with some more rows into force."""
    table = scheme_table(SCHEME | rows)
    panel.write(scoring.import_scheme, table=table, resolution="第2号决议", from_date=day)


def counted(scores: list[scoring.Score]) -> list[str]:
    """What counts of some scores."""
    return [show(score.counted_points) for score in scores]


def on(day: int, item: str, code: str = "0101", **given: Any) -> ScoreRow:
    """A row of August."""
    return ScoreRow(code, item, date(2026, 8, day), **given)


@pytest.mark.parametrize(
    ("category", "direction", "words"),
    [
        ("环境卫生", "plus", ["环境卫生类加分", "全部加分"]),
        ("其他类", "minus", ["其他类扣分", "全部扣分"]),
        ("", "plus", ["全部加分"]),
        ("环境卫生", "veto", []),
    ],
)
def test_a_deed_counts_in_its_category_and_in_all(category: str, direction: str, words: list[str]) -> None:
    assert [scope.words for scope in scopes_of(category, direction)] == words


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"类别": ""}, "“类别”：请写明管哪一类"),
        ({"上限": ""}, "“上限”：请填上限，或者次数上限"),
        ({"周期": ""}, "“周期”：填了上限就要写明周期"),
        ({"分值": "5"}, "“分值”：合计上限不是记分的条目"),
        ({"上限": "0"}, "“上限”：上限应大于0"),
        ({"方向": "扣分", "重复加倍": "6"}, "“重复加倍”：合计上限不是记分的条目"),
        ({"方向": "一票否决"}, "“形状”：一票否决不能是合计上限"),
    ],
)
def test_a_limit_needs_a_category_a_period_and_an_amount(cells: dict[str, str], said: str) -> None:
    with pytest.raises(BadRows, match=said):
        read_items(scheme_table({"封环": LIMITS["封环"] | cells}))


def test_a_limit_that_no_item_comes_under_is_warned_of_and_not_adopted(sqlite_panel: Panel) -> None:
    wrong = {"封环": LIMITS["封环"] | {"类别": "环镜卫生"}}
    drafted = sqlite_panel.write(scoring.import_scheme, table=scheme_table(SCHEME | wrong))

    assert any("没有管到任何条目" in warning for warning in drafted.warnings)
    with pytest.raises(scoring.problems.LimitOfNothing, match="环镜卫生类加分"):
        adopt(sqlite_panel, wrong)
    sound = [LIMITS, {"封基": BASE_ONLY[0], "基": BASE_ONLY[1], "扫": SCHEME["清扫"] | {"类别": "基础"}}]
    for rows in sound:
        warnings = read_items(scheme_table(SCHEME | rows)).warnings
        assert not [warning for warning in warnings if "没有管到" in warning]


def test_base_points_come_under_no_limit(sqlite_panel: Panel) -> None:
    with pytest.raises(scoring.problems.LimitOfNothing, match="基础类加分"):
        adopt(sqlite_panel, {"封基": BASE_ONLY[0], "基": BASE_ONLY[1]})


def test_a_category_comes_to_no_more_in_a_year_whichever_its_items(panel: Panel) -> None:
    adopt(panel, LIMITS)
    found = panel.enter(on(3, "清扫"), on(4, "庭院", points=whole(8)), on(5, "清扫"), on(6, "助邻"))
    later = panel.next_meeting().enter(ScoreRow("0101", "庭院", date(2026, 2, 3), points=whole(6)))

    assert counted([*found, *later]) == ["5", "8", "1", "10", "0"]
    assert found[2].remark == "超出环境卫生类加分每年上限，原5分，计1分"
    assert counted(panel.enter(on(3, "清扫", "0201"))) == ["5"]


def test_deductions_have_limits_of_their_own_by_the_week(panel: Panel) -> None:
    adopt(panel, LIMITS)

    # Monday the 3rd to Sunday the 9th.
    found = panel.enter(on(3, "乱扔"), on(9, "乱扔"), on(10, "乱扔"), on(10, "清扫"))

    assert counted(found) == ["-8", "-7", "-8", "5"]
    assert found[1].remark == "超出全部扣分每周上限，原8分，计7分"


def test_a_limit_of_all_is_of_the_household_and_takes_in_items_without_a_category(panel: Panel) -> None:
    adopt(panel, ALL)

    assert counted(panel.enter(on(3, "助邻"), on(4, "清扫"), on(5, "庭院", points=whole(9)))) == [
        "10",
        "5",
        "5",
    ]


def test_what_came_before_a_limit_counts_towards_it(sqlite_panel: Panel) -> None:
    first = sqlite_panel.enter(ScoreRow("0101", "庭院", date(2026, 3, 3), points=whole(10)))
    adopt(sqlite_panel, LIMITS, JULY_1)

    assert counted([*first, *sqlite_panel.enter(on(3, "庭院", points=whole(10)))]) == ["10", "4"]
    assert counted(sqlite_panel.enter(ScoreRow("0101", "庭院", date(2026, 4, 4), points=whole(10)))) == ["10"]


def test_a_limit_is_never_entered_and_stands_among_the_rules(sqlite_panel: Panel) -> None:
    adopt(sqlite_panel, LIMITS)

    with pytest.raises(BadRows, match="不用评分，它是合计上限"):
        sqlite_panel.enter(on(3, "封环"))
    offered = sqlite_panel.read(scoring.items, day=AUGUST)
    assert "封环" not in {item.code for item in offered}
    scheme = sqlite_panel.read(scoring.scheme_on, day=AUGUST)
    items = sqlite_panel.read(items_of, scheme=scheme.id)
    cells = {item.code: scoring.item_cells(item) for item in items}
    assert cells["封环"]["shape"] == "合计上限"
    # Taken out and read again it is the same.
    again, _ = read_items(scoring.scheme_table([cells["封环"], cells["清扫"]])).items
    assert scoring.item_cells(again) == cells["封环"]


def test_before_saving_the_room_that_limits_leave_is_said(sqlite_panel: Panel) -> None:
    adopt(sqlite_panel, LIMITS)
    sqlite_panel.enter(on(3, "庭院", points=whole(10)))

    foreseen = sqlite_panel.read(
        scoring.foresee_score, meeting_id=sqlite_panel.meeting, row=on(4, "清扫"), at=NOW
    )

    assert [one.label for one in foreseen.allowances] == [
        "每月最多12分，还有12分",
        "环境卫生类加分每年最多14分，还有4分",
    ]
    assert show(foreseen.judged.counted) == "4"


@pytest.mark.both
def test_a_draft_is_tried_on_a_month_with_its_limits(panel: Panel) -> None:
    panel.enter(on(3, "清扫"), on(4, "庭院", points=whole(8)), on(5, "清扫"), on(6, "助邻"))
    draft = panel.write(scoring.import_scheme, table=scheme_table(SCHEME | LIMITS)).scheme

    found = panel.read(scoring.judge_month_again, scheme=draft, month="2026-08", today=date(2026, 9, 1))

    assert [show(one.would) for one in found] == ["5", "8", "1", "10"]
    assert [one.reason for one in found] == [""] * 4


def test_an_item_that_changes_leaves_more_to_the_others_under_its_limit(sqlite_panel: Panel) -> None:
    adopt(sqlite_panel, LIMITS)
    sqlite_panel.enter(
        on(3, "清扫"), on(4, "庭院", points=whole(8)), on(5, "庭院", points=whole(10)), on(6, "助邻")
    )
    less = SCHEME | LIMITS | {"清扫": SCHEME["清扫"] | {"分值": "1"}}
    draft = sqlite_panel.write(scoring.import_scheme, table=scheme_table(less)).scheme

    found = sqlite_panel.read(
        scoring.judge_month_again, scheme=draft, month="2026-08", today=date(2026, 9, 1)
    )

    assert [show(one.entry.counted_points) for one in found] == ["5", "8", "1", "10"]
    assert [show(one.would) for one in found] == ["1", "8", "5", "10"]


def test_a_draft_that_moves_an_item_to_another_category_leaves_more_to_the_rest(sqlite_panel: Panel) -> None:
    adopt(sqlite_panel, LIMITS)
    sqlite_panel.enter(ScoreRow("0101", "庭院", date(2026, 7, 3), points=whole(10)), on(4, "清扫"))
    moved = SCHEME | LIMITS | {"庭院": SCHEME["庭院"] | {"类别": "公益"}}
    draft = sqlite_panel.write(scoring.import_scheme, table=scheme_table(moved)).scheme

    [swept] = sqlite_panel.read(
        scoring.judge_month_again, scheme=draft, month="2026-08", today=date(2026, 9, 1)
    )

    assert (show(swept.entry.counted_points), show(swept.would)) == ("4", "5")


def test_a_household_put_right_frees_room_for_another_item_of_the_category(panel: Panel) -> None:
    adopt(panel, LIMITS)
    yard, swept = panel.enter(on(3, "庭院", points=whole(10)), on(4, "清扫"))
    panel.publish()
    panel.settle(yard, swept)
    old = panel.now(yard)
    item = panel.read(scoring.items_by_id)[old.item_id]
    less = scoring.as_it_stands(old, item)
    plan = panel.read(
        scoring.plan_correction, score=yard.id, should_be=replace(less, points=whole(5)), at=NOW
    )
    found = panel.read(scoring.recounts, old=old, new=plan.new, at=NOW)

    assert [(one.score.id, show(one.counts)) for one in found] == [(swept.id, "5")]


def test_a_category_that_is_called_otherwise_does_not_begin_at_nothing(sqlite_panel: Panel) -> None:
    panel = sqlite_panel
    adopt(panel, LIMITS)
    panel.enter(on(3, "清扫"), on(4, "庭院", points=whole(6)))
    renamed = {
        code: row | {"类别": "人居环境"}
        for code, row in (SCHEME | LIMITS).items()
        if row.get("类别") == "环境卫生" and code != "庭院"
    }
    adopt(panel, LIMITS | renamed | {"庭院": SCHEME["庭院"] | {"类别": "公益"}}, date(2026, 8, 10))

    def room(day: int) -> list[str]:
        seen = panel.read(scoring.foresee_score, meeting_id=panel.meeting, row=on(day, "清扫"), at=NOW)
        return [one.label for one in seen.allowances if "类" in one.label]

    # 庭院 is of another category now; on the 9th it was not.
    assert room(9) == ["环境卫生类加分每年最多14分，还有3分"]
    assert room(10) == ["人居环境类加分每年最多14分，还有9分"]
    found = panel.enter(on(9, "清扫"), on(10, "清扫"), on(11, "清扫", "0201"))
    assert counted(found) == ["3", "4", "5"]
    assert counted(panel.enter(on(12, "庭院", points=whole(9)))) == ["9"]
