"""Cells become values; what cannot be read is named with row, column and what to do."""

from collections.abc import Callable
from datetime import date

import pytest

from pointsbank.errors import Problem
from pointsbank.spreadsheets import (
    Column,
    Table,
    choice,
    code,
    name,
    parse_rows,
    points,
    text,
    whole_number_between,
)
from pointsbank.spreadsheets.days import iso_date
from pointsbank.spreadsheets.problems import BadRows
from pointsbank.spreadsheets.table import DateText, LostDigits

whole_number = whole_number_between(0, 1_000_000_000)

CODE = Column(("户号", "code"), "code", True, code)
DAY = Column(("日期", "date"), "date", False, iso_date)
POINTS = Column(("积分", "points"), "points", False, points, default=0)


def complaints(table: Table, *columns: Column) -> list[str]:
    """What is said against a table."""
    with pytest.raises(BadRows) as refused:
        parse_rows(table, columns)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    "cell",
    [
        "2026-09-01",
        "2026/9/1",
        "2026.9.1",
        "2026年9月1日",
        "20260901",
        "２０２６－９－１",
        "2026 年 9 月 1 号",
        "2026-09-01 08:30",
        "2026年9月1日上午",
        "2026年9月1日（星期二）",
        "2026-09-01 周二",
        "46266",
        DateText("2026-09-01"),
        DateText("2026-09-01 08:30:00"),
    ],
)
def test_a_day_may_be_written_in_many_ways(cell: str):
    assert iso_date(cell) == date(2026, 9, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "昨天",
        "2026-02-30",
        "2026-13-01",
        "26-9-1",
        "9.1",
        "9/1",
        "35000",
        "1926-01-01",
        "٢٠٢٦-٠٩-٠١",
        "²⁰²⁶-9-1",
    ],
)
def test_what_is_no_day_is_refused(cell: str):
    with pytest.raises(Problem, match="2026-09-01"):
        iso_date(cell)


def test_a_day_with_another_day_s_weekday_is_asked_about():
    with pytest.raises(Problem, match="写着星期三，2026-09-01是星期二"):
        iso_date("2026年9月1日（周三）")


@pytest.mark.parametrize("cell", ["1.5", "-1", "1e3", "一", "٣", "³", "1 000", "9" * 13, ""])
def test_what_is_no_count_is_refused(cell: str):
    with pytest.raises(Problem, match="整数"):
        whole_number(cell)


def test_full_width_digits_are_made_ordinary_everywhere():
    assert (whole_number("１２"), points("２．５"), code("０１－０２")) == (12, 250, "01-02")


@pytest.mark.parametrize("parse", [code, points, whole_number, text(20)])
def test_what_excel_turned_into_a_date_is_refused_where_no_date_belongs(parse: Callable[[str], object]):
    with pytest.raises(Problem, match="Excel 把它变成了日期"):
        parse(DateText("2026-01-02"))


def test_a_plain_text_does_not_vouch_for_a_damaged_twin():
    table = Table.of(["户号"], [["20260102"], [DateText("20260102")], [LostDigits("20260102")]])

    assert complaints(table, CODE) == [
        "第3行“户号”：Excel 把它变成了日期（20260102），请把这一列设为“文本”格式后重新输入。",
        "第4行“户号”：数字太长，Excel 已丢掉末尾几位，请把这一列设为“文本”格式后重新输入。",
    ]


def test_headers_are_known_in_both_languages_and_with_decoration():
    for header in ("户号", "code", "Code", " 户 号 *", "户号（必填）", "户号："):
        assert parse_rows(Table.of([header, "备注"], [["1", "x"]]), [CODE]).rows == [{"row": 2, "code": "1"}]


def test_columns_nobody_asked_for_are_reported():
    assert parse_rows(Table.of(["户号", "电话", "备注"], [["1"]]), [CODE]).ignored_columns == ["电话", "备注"]


def test_an_optional_column_may_be_missing_or_blank():
    assert parse_rows(Table.of(["户号"], [["1"]]), [CODE, POINTS]).rows[0]["points"] == 0
    assert parse_rows(Table.of(["户号", "积分"], [["1", ""]]), [CODE, POINTS]).rows[0]["points"] == 0


def test_all_bad_cells_are_told_at_once_in_the_order_of_rows():
    table = Table.of(["户号", "日期", "积分"], [["1", "x", "y"], ["", "2026-09-01", "1"]])

    assert complaints(table, CODE, DAY, POINTS) == [
        "第2行“日期”：“x”不是有效的日期，请写成 2026-09-01 这样的形式。",
        "第2行“积分”：“y”不是有效的积分，请填数字，最多两位小数，例如 5 或 2.5。",
        "第3行“户号”：不能为空，请填写。",
    ]


def test_the_summary_counts_and_quotes_the_first():
    with pytest.raises(BadRows) as refused:
        parse_rows(Table.of(["户号"], [["a b"]] * 5), [CODE])

    assert refused.value.detail.startswith("有5处需要改正，一行也没有写入。第2行“户号”：")


def test_a_choice_says_what_may_be_chosen():
    read = choice({"加分": "plus", "plus": "plus", "扣分": "minus"})

    assert (read("加分"), read("ＰＬＵＳ"), read("扣分")) == ("plus", "plus", "minus")
    with pytest.raises(Problem, match="请填：加分、扣分。"):
        read("其他")


def test_rows_are_read_once_by_the_same_columns_and_each_reader_has_its_own():
    read = []
    columns = (Column(("户号",), "code", True, lambda cell: read.append(cell) or cell),)
    table = Table.of(["户号"], [["0101"], ["0102"]])

    parse_rows(table, columns).rows[0]["code"] = "changed"

    assert [row["code"] for row in parse_rows(table, columns).rows] == ["0101", "0102"]
    assert read == ["0101", "0102"]


def test_a_ticked_box_is_nobody_s_name():
    [told] = complaints(
        Table.of(["户号", "户主"], [["01", "TRUE"]]), CODE, Column(("户主",), "name", True, name)
    )

    assert told.startswith("第2行“户主”：“TRUE”不是名称")
