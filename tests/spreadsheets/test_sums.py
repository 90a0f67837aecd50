"""A table's own sums are held against the rows that were taken; where they differ, it is asked about."""

from collections.abc import Sequence
from contextlib import nullcontext

import pytest

from pointsbank.market import GOODS_COLUMNS
from pointsbank.roster import BALANCE_COLUMNS, ROSTER_COLUMNS
from pointsbank.scoring import SCHEME_COLUMNS, SCORE_COLUMNS
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.spreadsheets import Column, Table, parse_rows
from pointsbank.spreadsheets.problems import RowsInDoubt
from pointsbank.spreadsheets.sums import figure
from pointsbank.spreadsheets.table import Sheet
from pointsbank.spreadsheets.totals import _signed_sums, _Steps

HEADS = "户号 户主 小组 人口"
ROWS = ["01 王建国 一组 4", "02 李秀英 一组 3", "03 曾䶮 二组 5", "04 单雪梅 二组 2", "05 欧阳犇 三组 6"]
ROSTER = [HEADS, *ROWS]


def grid(lines: Sequence[str]) -> list[list[str]]:
    """Lines whose cells are parted by blanks; a dot is an empty one."""
    return [["" if cell == "." else cell for cell in line.split(" ")] for line in lines]


def asked(lines: Sequence[str], columns: Sequence[Column] = ROSTER_COLUMNS) -> list[str]:
    """What is asked about a table of these lines."""
    return list(map(str, parse_rows(Table([Sheet("", grid(lines))]), columns).asked))


@pytest.mark.parametrize(
    "sums",
    [
        ["合计 . . 20"],
        ["合计 5户 . 20人"],
        ["合计 . . ２０"],
        ["合计 . . 20", "户均 . . 4"],
        ["合计 . . ."],
        ["累计 . . 131"],
    ],
)
def test_a_sum_that_agrees_is_passed_over(sums: list[str]):
    assert asked([*ROSTER, *sums]) == []


def test_a_sum_that_differs_is_asked_about_with_both_figures():
    [question] = asked([*ROSTER, "合计 . . 22"])

    assert question == (
        "第7行“人口”：合计写的是22，读到的各行加起来是20。"
        "请核对是少了行、多了行、数改过，还是这个数没有跟着改。"
    )


@pytest.mark.parametrize("third", ["7", "8"])
def test_each_group_has_its_sum_and_the_village_one(third: str):
    lines = [
        HEADS,
        *ROWS[:2],
        "小计 . . 7",
        *ROWS[2:4],
        f"小计 . . {third}",
        ROWS[4],
        "小计 . . 6",
        "总计 . . 20",
    ]

    assert [one[:9] for one in asked(lines)] == ([] if third == "7" else ["第7行“人口”：小"])


def test_a_group_s_sum_may_go_over_a_page_s():
    lines = [HEADS, ROWS[0], "本页小计 . . 4", HEADS, ROWS[1], "一组合计 . . 7", *ROWS[2:]]

    assert asked(lines) == []
    assert "写的是9" in asked([one.replace("合计 . . 7", "合计 . . 9") for one in lines])[0]


@pytest.mark.parametrize(("total", "count"), [("20", 0), ("21", 1)])
def test_a_sum_may_stand_above_its_rows(total: str, count: int):
    assert len(asked([HEADS, f"全村合计 . . {total}", *ROWS])) == count


@pytest.mark.parametrize(("total", "count"), [("20", 0), ("6", 0), ("19", 1)])
def test_the_last_sheet_s_sum_may_be_of_all_sheets(total: str, count: int):
    sheets = [
        Sheet("一组", grid([HEADS, *ROWS[:2], "合计 . . 7"])),
        Sheet("其他", grid([HEADS, *ROWS[2:4]])),
        Sheet("三组", grid([HEADS, ROWS[4], f"总计 . . {total}"])),
    ]
    said = [str(one)[:19] for one in parse_rows(Table(sheets), ROSTER_COLUMNS).asked]
    assert said == ["“三组”第3行“人口”：总计写的是19"] * count


@pytest.mark.parametrize(
    ("lines", "question"),
    [
        (["茶源村花名册（共5户）", *ROSTER], ""),
        (["茶源村花名册（共7户）", *ROSTER], "第1行：写的是7户，读到的是5行。"),
        (["茶源村共有4户20人", *ROSTER], "第1行：写的是4户，读到的是5行。"),
        ([*ROSTER, "合计 6户 . 20"], "第7行：写的是6户，读到的是5行。"),
        ([*ROSTER, "合计:6户 . . ."], "第7行：写的是6户，读到的是5行。"),
        ([*ROSTER, "共5户 . . ."], ""),
        (["2026年12户联户花名册", *ROSTER], ""),
    ],
)
def test_a_count_of_households_is_held_against_the_rows(lines: list[str], question: str):
    assert "".join(one[: len(question)] for one in asked(lines)) == question


@pytest.mark.parametrize(
    ("columns", "lines", "good", "bad"),
    [
        (BALANCE_COLUMNS, ["户号 户主 积分", "01 王建国 85.5", "02 李秀英 4"], "89.5", "90"),
        (GOODS_COLUMNS, ["编号 名称 积分 库存", "A 大米 50 20", "B 抽纸 8 100"], "58 120", "58 130"),
        (GOODS_COLUMNS, ["编号 名称 积分 库存", "A 大米 50 20", "B 抽纸 8 100"], "1800 120", "1900 120"),
        (SCHEME_COLUMNS, ["编号 条目 方向 分值", "A 清扫 加分 2", "B 乱倒 扣分 3"], ". 5", ". 6"),
        (SCHEME_COLUMNS, ["编号 条目 分值", "A 清扫 +2", "B 乱倒 -3"], "-1", "1.5"),
    ],
)
def test_every_import_adds_up(columns: tuple[Column, ...], lines: list[str], good: str, bad: str):
    assert asked([*lines, f"合计 . {good}"], columns) == []
    assert len(asked([*lines, f"合计 . {bad}"], columns)) == 1


@pytest.mark.parametrize(
    ("columns", "lines", "sums", "question"),
    [
        (BALANCE_COLUMNS, ["户号 户主 积分 荣誉", "01 王建国 1280.5 2000", "02 李秀英 5 7"], sums, question)
        for sums, question in (
            ("合计：1285.5分", ""),
            ("总计:1,285.5积分", ""),
            ("合计2户，共1285.5分", ""),
            (". 共计：2007 . .", ""),
            ("积分合计1285.5 . . .", ""),
            ("合计：1300分", "第4行：合计写的是1300，读到的各行加起来是1285.5。"),
            ("合计：3户、1285.5分", "第4行：写的是3户，读到的是2行。"),
        )
    ]
    + [
        (SCORE_COLUMNS, ["户号 户主 参加清扫 乱倒", "01 王建国 2 -3", "02 李秀英 5 ."], sums, question)
        for sums, question in (
            ("合计：4分", ""),
            ("合计：10分", ""),
            ("合计：5分", "第4行：合计写的是5，读到的各行加起来是4。"),
        )
    ]
    + [
        (ROSTER_COLUMNS, ROSTER[:3], "合计2户7人", ""),
        (ROSTER_COLUMNS, ROSTER[:3], "合计：8人", "第4行：合计写的是8"),
    ],
)
def test_a_sum_in_one_cell_is_no_row_and_is_held_against_the_rows(
    columns: tuple[Column, ...], lines: list[str], sums: str, question: str
):
    read = parse_rows(Table([Sheet("", grid([*lines, sums]))]), columns, collect=True)

    assert (read.problems, "第4行（合计）" in "".join(read.found)) == ([], True)
    assert question in "".join(map(str, read.asked)) if question else read.asked == []


ITEMS = "户号 户主 参加清扫 庭院美化 乱倒垃圾 合计"


@pytest.mark.parametrize(
    ("rows", "question"),
    [
        (["01 王建国 2 3 . 5", "02 李秀英 . 5 -3 2"], ""),
        # A deduction may be written without the minus it means.
        (["01 王建国 2 3 . 5", "02 李秀英 . 5 3 2"], ""),
        (["01 王建国 2 3 . 6", "02 李秀英 . 5 -3 2"], "这一行写的是6，按各条目算是5。"),
        (["01 王建国 2 3 . 6", "02 李秀英 . 5 -3 3"], "有2行，第一行写的是6，按各条目算是5。"),
        (["01 王建国 √ 3 . 6", "02 李秀英 . 5 -3 3"], ""),
    ],
)
def test_a_total_beside_the_items_of_a_grid_is_their_sum(rows: list[str], question: str):
    said = asked([ITEMS, *rows], SCORE_COLUMNS)

    assert question in said[0] if question else said == []


WIDE = "户号 户主 " + " ".join(f"好事{number}" for number in range(9)) + " 乱倒 乱堆 乱贴 合计"


@pytest.mark.parametrize(("last", "question"), [("5", ""), ("6", "这一行写的是6，按各条目算是")])
def test_any_number_of_deductions_may_be_written_without_their_minus(last: str, question: str):
    said = asked(
        [
            WIDE,
            "01 王建国 1 1 1 1 1 1 1 1 1 2 . 1 6",
            "02 李秀英 2 2 . . 1 1 1 1 1 . 3 . 6",
            f"03 曾䶮 1 1 1 1 1 1 1 1 1 1 1 2 {last}",
        ],
        SCORE_COLUMNS,
    )

    assert question in said[0] if question else said == []


@pytest.mark.parametrize(("steps", "reckoned"), [(1_000, 2), (999, 8)])
def test_some_rows_of_a_large_grid_say_what_deducts(steps: int, reckoned: int):
    items = [[5] * 100, [3] * 100, *([[0] * 100] * 8)]

    assert _signed_sums(items, [2] * 100, _Steps(steps)) == [reckoned] * 100


@pytest.mark.parametrize(("sum_of", "is_asked"), [("9", False), ("15", False), ("8", True)])
def test_a_sum_takes_away_what_the_scheme_deducts(sum_of: str, is_asked: bool):
    rows = [["清扫", "加分", "2"], ["乱倒", "扣分", "3"], ["帮扶", "加分", "10"], ["合计", "", sum_of]]
    table = Table.of(["条目", "方向", "分值"], rows)

    with pytest.raises(RowsInDoubt) if is_asked else nullcontext():
        read_items(table)


def test_a_grid_s_columns_add_up_too():
    rows = [ITEMS, "01 王建国 2 3 . 5", "02 李秀英 . 5 -3 2"]

    assert asked([*rows, "合计 . 2 8 -3 7"], SCORE_COLUMNS) == []
    assert "合计写的是9，读到的各行加起来是8" in asked([*rows, "合计 . 2 9 -3 7"], SCORE_COLUMNS)[0]


@pytest.mark.parametrize("second", ["5", "6"])
def test_each_month_of_a_grid_has_its_own_total(second: str):
    months = grid(["户号 户主 10月 . . 11月 . .", ". . 参加清扫 庭院美化 小计 参加清扫 庭院美化 小计"])
    months[0][3:5] = ["10月", "10月"]
    months[0][6:8] = ["11月", "11月"]
    table = Table([Sheet("", [*months, *grid([f"01 王建国 2 3 {second} 2 . 2"])])])
    read = parse_rows(table, SCORE_COLUMNS)
    assert len(read.rows) == 3
    wrong = "第3行“小计”：“小计”和各条目对不上：这一行写的是6，按各条目算是5。请核对哪个数不对。"
    assert list(map(str, read.asked)) == ([] if second == "5" else [wrong])


@pytest.mark.parametrize(
    ("columns", "heads", "rows", "question"),
    [
        (ROSTER_COLUMNS, f"{HEADS} 男 女", ["4 2 2", "3 1 2", "5 3 3"], "“人口”和男、女对不上"),
        (ROSTER_COLUMNS, f"{HEADS} 男 女", ["4 2 2", "3 1 2", "5 3 2"], ""),
        # Who writes 0 and 1 for yes and no counts no people.
        (ROSTER_COLUMNS, f"{HEADS} 男 女", ["4 1 0", "3 1 0", "5 0 1"], ""),
        (
            BALANCE_COLUMNS,
            "户号 户主 小组 剩余积分 累计积分 已兑换积分",
            ["4 9 5", "3 9 6", "5 9 5"],
            "对不上",
        ),
        (BALANCE_COLUMNS, "户号 户主 小组 积分 上年结余 本年新增", ["4 2 2", "3 1 2", "5 3 3"], "对不上"),
        (BALANCE_COLUMNS, "户号 户主 小组 积分 1月 2月", ["4 2 2", "3 1 2", "5 3 3"], "对不上"),
        (BALANCE_COLUMNS, "户号 户主 小组 积分 1月 2月", ["9 2 2", "8 1 2", "5 3 2"], ""),
    ],
)
def test_an_amount_beside_its_parts_is_their_sum(
    columns: tuple[Column, ...], heads: str, rows: list[str], question: str
):
    named = [f"0{number} 王建国 一组 {row}" for number, row in enumerate(rows, start=1)]
    said = asked([heads, *named], columns)

    assert question in said[0] if question else said == []


def test_stock_times_price_is_known_by_the_other_rows():
    rows = [f"A{number} 大米{number}号 5 {number} {5 * number}" for number in range(1, 9)]
    heads = "编号 名称 积分 库存 合计积分"

    assert asked([heads, *rows], GOODS_COLUMNS) == []
    assert "对不上" in asked([heads, *rows[:7], "A8 大米8号 5 8 41"], GOODS_COLUMNS)[0]


@pytest.mark.parametrize(
    ("cell", "hundredths"),
    [("20人", 2000), ("扣3分", -300), ("−3", -300), ("1,234", 123400), ("", 0), ("/", 0), ("3箱×12", None)],
)
def test_a_figure_is_one_number(cell: str, hundredths: int | None):
    assert figure(cell) == hundredths
