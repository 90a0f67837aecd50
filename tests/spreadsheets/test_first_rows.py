"""The first rows of a table as they were understood, beside what the file says where that differs."""

import pytest

from pointsbank.market import GOODS_COLUMNS
from pointsbank.roster import ROSTER_COLUMNS
from pointsbank.scoring import SCHEME_COLUMNS, SCORE_COLUMNS
from pointsbank.spreadsheets import Column, Table, parse_rows
from pointsbank.spreadsheets.table import DateText, Merged, Sheet

CASES: dict[str, tuple[tuple[Column, ...], list[list[str]], str]] = {
    "a measure, and a blank that means something": (
        GOODS_COLUMNS,
        [["名称", "积分", "库存", "每户每月限量"], ["大米", "38分", "20袋", ""]],
        "第2行 名称=大米 积分=38“38分” 库存=20“20袋” 每户每月限量=不限空着",
    ),
    "a word of a closed list, in our word": (
        SCHEME_COLUMNS,
        [["积分项目", "方向", "分值", "周期"], ["环境清扫", "加", "+5", "月度"]],
        "第2行 条目=环境清扫 方向=加分“加” 分值=5“+5” 周期=每月“月度”",
    ),
    "a day without its year, and one of Excel's": (
        SCORE_COLUMNS,
        [
            ["户号", "条目", "日期", "说明"],
            ["0101", "助邻", "11月5日", "扫雪"],
            ["0102", "助邻", DateText("2026-09-01"), ""],
        ],
        "第2行 户号=0101 条目=助邻 日期=11月5日 说明=扫雪 | 第3行 户号=0102 条目=助邻 日期=2026-09-01",
    ),
    "one row a household, one column an item": (
        SCORE_COLUMNS,
        [["户号", "户主", "清扫", "助邻"], ["0101", "王建国", "5", "√"]],
        "第2行 户号=0101 户主=王建国 条目=清扫 分值=5 | 第2行 户号=0101 户主=王建国 条目=助邻",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_cell_is_shown_in_our_words_and_in_the_file_s_where_they_differ(case: str) -> None:
    columns, rows, shown = CASES[case]

    first = parse_rows(Table([Sheet("", rows)]), columns).first

    assert " | ".join(in_one_line(one.row, one.cells) for one in first) == shown


def in_one_line(row: str, cells: tuple) -> str:  # type: ignore[type-arg]
    """A row as the cases have it."""
    return " ".join([row, *(f"{cell.column}={cell.value}{cell.raw}" for cell in cells)])


def test_what_a_merged_cell_says_is_shown_as_such() -> None:
    rows = [["户号", "户主", "小组", "人口"], ["01", "王建国", "一组", "4"], ["02", "李秀英", "", "3"]]
    table = Table([Sheet("户册", rows, [Merged(1, 2, 2, 2)])])

    group = next(cell for cell in parse_rows(table, ROSTER_COLUMNS).first[1].cells if cell.column == "小组")

    assert (group.value, group.raw) == ("一组", "空着，按合并的格子或上面写的")


def test_no_more_than_five_rows_are_shown_and_none_that_cannot_be_read() -> None:
    people = ["4", "三口", *["4"] * 6]
    households = [[f"0{number}", "王建国", "一组", each] for number, each in enumerate(people, start=1)]
    rows = [["户号", "户主", "小组", "人口"], *households]

    first = parse_rows(Table([Sheet("", rows)]), ROSTER_COLUMNS, collect=True).first

    assert [one.row for one in first] == ["第2行", "第4行", "第5行", "第6行", "第7行"]
