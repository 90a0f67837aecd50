"""A table of scores is held against roster, scheme and other meetings; a grid is one too."""

from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest

from pointsbank import dates, scoring
from pointsbank.points import show
from pointsbank.scoring.scheme import rulebook
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt
from tests.builders import NOW
from tests.scoring.panel import AUGUST, Panel, scheme_table

HEADS = ["户号", "户主", "条目", "日期", "数量", "分值"]


def bring_in(panel: Panel, *rows: str, heads: list[str] = HEADS, **more: Any) -> Any:
    """Import rows whose cells are parted by blanks; - is an empty cell."""
    cells = [["" if cell == "-" else cell for cell in row.split(" ")] for row in rows]
    given: dict[str, Any] = {"meeting": panel.meeting, "table": Table.of(heads, cells)} | more
    return panel.write(scoring.import_scores, **given)


def complaints(panel: Panel, *rows: str, **more: Any) -> list[str]:
    """What is said against these rows; nothing was entered."""
    with pytest.raises(BadRows) as refused:
        bring_in(panel, *rows, **more)
    assert panel.read(scoring.scores) == []
    return [str(problem) for problem in refused.value.problems]


def test_the_name_beside_a_code_is_compared_and_all_else_is_told_with_it(sqlite_panel: Panel):
    told = complaints(
        sqlite_panel,
        "0101 欧阳犇 助邻 2026-08-03",
        "101 - 助邻 2026-08-03",
        "0102 王建国 没有 2026-08-03",
        "0203 - 志愿 2026-08-03 2天",
        "0203 - 志愿 2026-08-03 2次",
        "0203 - 志愿 2026-08-03 半小时",
        "0303 - 乱堆 2026-08-03 - +10分",
    )

    assert told == [
        "第2行“户主”：户号0101在花名册里是王建国，这里写的是欧阳犇。欧阳犇在花名册里是0302。请核对是否错行。",
        (
            "第3行“户号”：没有户号101，花名册里有0101王建国：像是 Excel 去掉了前面的0。"
            "请把这一列设为“文本”格式，补上0。"
        ),
        "第4行“条目”：2026年8月3日施行的细则里没有条目“没有”，请填条目编号。",
        "第5行“数量”：写的是“2天”，这个条目按小时计，请换算好，只填数字。",
        "第6行“数量”：写的是“2次”，这个条目按小时计，请换算好，只填数字。",
        "第7行“数量”：“半小时”不是有效的数量，请换算好，只填一个数，最多两位小数，例如 2 或 1.5。",
        "第8行“分值”：写的是加分，“乱堆垃圾”是扣分条目，请核对条目和正负号。",
    ]


def test_a_deed_that_another_meeting_judged_is_asked_about(sqlite_panel: Panel):
    row = "0101 王建国 助邻 2026-08-03"
    assert bring_in(sqlite_panel, row).added == 1
    other = sqlite_panel.next_meeting(title="补评会")

    with pytest.raises(
        RowsInDoubt, match="第2行“条目”：0101王建国的“邻里帮扶”2026年8月3日在“八月评议会”已经记过"
    ):
        bring_in(other, row)

    assert bring_in(other, row, confirmed=True).added == 1
    assert bring_in(sqlite_panel, row).unchanged == 1


def test_words_that_can_mean_one_thing_are_read(sqlite_panel: Panel):
    done = bring_in(
        sqlite_panel,
        "0101 - 庭院美化 8月20日 - 7分",
        "0102 - 乱堆 46253 - −10分",
        "0203 - 志愿 2026/8/20 2小时",
        "0303 - 参加环境清扫（5分） 2026年8月20日",
    )

    assert [(score.item_code, score.occurred_on, score.points) for score in done.scores] == [
        ("庭院", AUGUST, 700),
        ("乱堆", date(2026, 8, 19), -1000),
        ("志愿", AUGUST, 400),
        ("清扫", AUGUST, 500),
    ]
    assert "没有写年份的日期（1行）按2026年算。" in done.found


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("12月5日", "12月5日没有写年份，今年的这一天还没有到，请写明年份，例如 2025-12-05。"),
        ("2月29日", "2月29日没有写年份"),
        ("-", "不能为空，请填写。"),
        ("8.20", "“8.20”不是有效的日期"),
        ("26.8.20", "“26.8.20”不是有效的日期"),
    ],
)
def test_a_day_that_could_be_two_is_asked_for(sqlite_panel: Panel, day: str, said: str):
    [told] = complaints(sqlite_panel, f"0101 - 助邻 {day}")

    assert told.startswith(f"第2行“日期”：{said}")


GRID = ["户号", "户主", "参加环境清扫", "邻里帮扶", "庭院", "合计"]


def test_a_grid_of_households_and_items_is_entered(sqlite_panel: Panel):
    rows = "0101 王建国 5 10 - 15", "0102 王建国 √ 0 7.5 12.5"
    done = bring_in(sqlite_panel, *rows, heads=GRID, occurred_on=AUGUST)

    assert [(score.code, score.item_code, score.points) for score in done.scores] == [
        ("0101", "清扫", 500),
        ("0101", "助邻", 1000),
        ("0102", "清扫", 500),
        ("0102", "庭院", 750),
    ]
    assert {score.occurred_on for score in done.scores} == {AUGUST}
    assert f"没有日期这一列，都按{dates.day_in_words(AUGUST)}算。" in done.found
    assert bring_in(sqlite_panel, *rows, heads=GRID, occurred_on=AUGUST).unchanged == 4


def test_days_in_headings_are_not_said_to_be_missing(sqlite_panel: Panel):
    table = Table.of(["户号", "条目"], [["8月3日", ""], ["0101", "助邻"], ["8月20日", ""], ["0102", "助邻"]])
    done = sqlite_panel.write(scoring.import_scores, meeting=sqlite_panel.meeting, table=table)
    assert [str(score.occurred_on) for score in done.scores] == ["2026-08-03", "2026-08-20"]
    assert not [line for line in done.found if "没有日期这一列" in line]


def test_a_grid_without_a_day_or_with_a_column_that_is_no_item_is_asked_about(sqlite_panel: Panel):
    [told] = complaints(sqlite_panel, "0101 王建国 5 10 -", heads=GRID)
    assert told.startswith("第1行“日期”：缺少这一列。请加上“日期”，或者在导入时填一个日期")

    heads = ["户号", "户主", "清扫", "跳舞"]
    told = complaints(sqlite_panel, "0101 - 3 6", heads=heads, occurred_on=AUGUST)
    assert told == [
        "第2行“分值”：按细则应为5分，填的是3分，请改正或留空。",
        "第2行“条目”：2026年8月20日施行的细则里没有条目“跳舞”，请填条目编号。",
    ]


def test_a_grid_says_hours_where_an_item_counts_them(sqlite_panel: Panel):
    heads = ["户号", "志愿", "庭院.庭院美化"]
    done = bring_in(sqlite_panel, "0101 3小时 -", "0102 - 7.5分", heads=heads, occurred_on=AUGUST)

    assert [(score.item_code, score.quantity, score.points) for score in done.scores] == [
        ("志愿", 300, 600),
        ("庭院", None, 750),
    ]


def test_a_bare_number_under_an_item_that_counts_hours_could_be_either(sqlite_panel: Panel):
    [told] = complaints(sqlite_panel, "0101 6", heads=["户号", "志愿"], occurred_on=AUGUST)

    assert told.startswith("第2行“数量”：“志愿服务”按小时计，只写了6，看不出是小时还是分值。")


def test_a_code_that_lost_its_nought_is_recognised_and_not_read(sqlite_panel: Panel):
    rows = {"01": {"条目": "庭院清扫", "方向": "加分", "分值": "5"}}
    from_date = {"resolution": "决议", "from_date": AUGUST}
    sqlite_panel.write(scoring.import_scheme, table=scheme_table(rows), **from_date)

    told = complaints(sqlite_panel, "0101 1", heads=["户号", "条目"], occurred_on=AUGUST)
    known = f"{dates.day_in_words(AUGUST)}施行的细则里没有条目“1”"
    assert told == [f"第2行“条目”：{known}，像是 Excel 去掉了01“庭院清扫”前面的0。请填条目编号。"]


def test_a_scheme_says_by_column_or_heading_what_adds_and_what_takes_away(sqlite_panel: Panel):
    apart = Table.of(["条目", "加分", "扣分"], [["打扫", "5", ""], ["乱倒", "", "3"]])
    headed = Table.of(
        ["条目", "分值"], [["一、加分项", ""], ["打扫", "5"], ["二、扣分项", ""], ["乱倒", "3"]]
    )

    for table in (apart, headed):
        done = sqlite_panel.write(scoring.import_scheme, table=table)
        found = sqlite_panel.read(scoring.items_of, scheme=done.scheme.id)
        assert [(item.title, item.direction, item.points) for item in found] == [
            ("打扫", "plus", 500),
            ("乱倒", "minus", 300),
        ]


def test_two_items_of_one_title_are_told_apart_by_their_codes(sqlite_panel: Panel):
    table = Table.of(
        ["编号", "条目", "方向", "分值"], [["A1", "植树", "加分", "5"], ["A2", "植树", "加分", "6"]]
    )
    day = date(2026, 8, 25)
    sqlite_panel.write(scoring.import_scheme, table=table, resolution="决议", from_date=day)

    [told] = complaints(sqlite_panel, "0101 - 植树 2026-08-25")

    assert told == "第2行“条目”：有2个条目叫“植树”（A1、A2），请填条目编号。"


def test_a_published_scheme_without_numbers_gets_the_same_ones_again(sqlite_panel: Panel):
    heads = ["序号", "积分类别", "积分项目", "分值", "评分标准"]
    rows = [["1", "环境", "清扫", "+5", "每次加5分，每月最高10分"], ["2", "环境", "乱倒", "-5", "每次扣5分"]]
    first = sqlite_panel.write(scoring.import_scheme, table=Table.of(heads, rows))
    rows.insert(0, ["0", "环境", "植树", "+3", ""])
    again = sqlite_panel.write(scoring.import_scheme, table=Table.of(heads, rows), at=NOW)

    assert (first.added, again.added, again.unchanged) == (2, 1, 2)
    assert first.found[-2:] == [
        "没有编号这一列，按类别和条目认原有的，新的编为TM01至TM02。",
        "条目的形状：固定2个。",
    ]
    assert first.warnings == [
        "第2行写着“每次加5分，每月最高10分”，这一格没有读：有上限的，请填到“周期”和“上限”。"
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"分值": "2", "单位": "累计达标(阶梯)"}, "“单位”：“累计达标(阶梯)”不是计量单位"),
        ({"分值": "5-10分"}, "“分值”：“5-10分”是一个区间，请分成最低和最高两列"),
        ({"分值": "5", "方向": ""}, "“方向”：不能为空"),
        ({"分值": "5", "周期": "每旬"}, "“周期”：“每旬”不在可选范围内"),
    ],
)
def test_cells_of_a_scheme_that_could_mean_two_things_are_asked_about(
    sqlite_panel: Panel, cells: Any, said: str
):
    with pytest.raises(BadRows) as refused:
        sqlite_panel.write(
            scoring.import_scheme, table=scheme_table({"A": {"条目": "好事", "方向": "加分"} | cells})
        )

    assert str(refused.value.problems[0]).startswith(f"第2行{said}")


def test_steps_in_rows_of_their_own_are_pointed_out(sqlite_panel: Panel):
    rows = {"A": {"条目": "志愿服务累计达到10小时", "方向": "加分", "分值": "2"}}
    rows["B"] = {"条目": "志愿服务累计达到20小时", "方向": "加分", "分值": "3"}
    done = sqlite_panel.write(scoring.import_scheme, table=scheme_table(rows))

    assert done.warnings[-1].startswith("第2行、第3行只差一个数，像是一个阶梯")


@pytest.mark.parametrize(
    ("title", "day", "said"),
    [
        ("茶源村2025年8月评分表", "8月20日", "日期没有写年份，会算成2026年"),
        ("茶源村2026年8月评分表", "8月20日", None),
        ("填表日期：2025年8月20日", "8月20日", None),
        ("茶源村2026年7月评分表", "", "给的日期却是2026-08-20"),
        ("茶源村2026年度评分表", "", None),
    ],
)
def test_a_title_of_another_time_is_refused(sqlite_panel: Panel, title: str, day: str, said: str | None):
    heads, cells = ["户号", "条目"], ["0101", "助邻"]
    table = Table.of([title], [[*heads, *(["日期"] if day else [])], [*cells, *([day] if day else [])]])
    given: dict[str, Any] = {"table": table} | ({} if day else {"occurred_on": AUGUST})
    if said is None:
        assert bring_in(sqlite_panel, **given).added == 1
    else:
        [told] = complaints(sqlite_panel, **given)
        assert said in told


def test_a_table_of_another_village_is_asked_about(sqlite_panel: Panel):
    table = Table.of(["竹源村评分表"], [["户号", "条目", "日期"], ["0101", "助邻", "2026-08-03"]])
    with pytest.raises(RowsInDoubt, match="表上面写的是竹源村，这里是茶源村"):
        bring_in(sqlite_panel, table=table)

    assert bring_in(sqlite_panel, table=table, confirmed=True).added == 1


@pytest.mark.parametrize(("sum_of", "is_asked"), [("-3", False), ("17", False), ("-4", True)])
def test_a_sum_may_take_away_what_was_written_without_a_minus(
    sqlite_panel: Panel, sum_of: str, is_asked: bool
):
    rows = ["0101 - 庭院美化 8月20日 - 7", "0102 - 乱堆 8月20日 - 10", f"合计 - - - - {sum_of}"]

    with pytest.raises(RowsInDoubt) if is_asked else nullcontext():
        assert bring_in(sqlite_panel, *rows).added == 2


def test_a_title_is_read_once_however_many_rows_name_items(sqlite_panel: Panel):
    rules, read = sqlite_panel.read(rulebook), list[str]()

    def spelling(title: str) -> str:
        read.append(title)
        return title

    for day in (1, 2, 2):
        rules.titled_on(date(2026, 8, day), spelling)

    assert len(read) == len(rules.items_on(date(2026, 8, 1)))


def test_no_faults_are_written_as_nought_or_left_empty(sqlite_panel):
    cells = [("0101", "0"), ("0102", ""), ("0201", "0处"), ("0202", "2处"), ("0203", "7")]
    rows = [[code, "宅旁", "2026-08-20", quantity] for code, quantity in cells]
    table = Table.of(["户号", "条目", "日期", "数量"], rows)

    done = sqlite_panel.write(scoring.import_scores, meeting=sqlite_panel.meeting, table=table)

    assert [show(one.counted_points) for one in done.scores] == ["25", "25", "25", "15", "0"]
    again = sqlite_panel.write(scoring.import_scores, meeting=sqlite_panel.meeting, table=table)
    assert (again.added, again.unchanged) == (0, 5)
