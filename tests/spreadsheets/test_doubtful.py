"""What somebody has hidden, struck out or marked as no longer so is asked about, in every workbook."""

import io
from collections.abc import Callable

import pytest
import xlsxwriter
import xlwt
from odf import opendocument
from odf.style import Style, TextProperties
from odf.table import Table as OdsTable
from odf.table import TableCell, TableColumn, TableRow
from odf.text import P

from pointsbank import imports
from pointsbank.market import GOODS_COLUMNS
from pointsbank.roster import BALANCE_COLUMNS, ROSTER_COLUMNS
from pointsbank.scoring import SCHEME_COLUMNS
from pointsbank.spreadsheets import Column, Table, another_village, parse_rows, read_table
from pointsbank.spreadsheets.problems import BadRows
from pointsbank.spreadsheets.table import Merged, Sheet

ROWS = [["户号", "户主", "小组", "人口"], ["01", "王建国", "一组", "4"], ["02", "李秀英", "一组", "3"]]
STRUCK_ROW, HIDDEN_COLUMN = 2, 3


def xlsx() -> bytes:
    book = xlsxwriter.Workbook(out := io.BytesIO())
    sheet = book.add_worksheet()
    for row, cells in enumerate(ROWS):
        sheet.write_row(row, 0, cells, book.add_format({"font_strikeout": row == STRUCK_ROW}))
    # One that holds nothing strikes nothing out.
    sheet.write_blank(1, 9, None, book.add_format({"font_strikeout": True}))
    sheet.set_column(HIDDEN_COLUMN, HIDDEN_COLUMN, None, None, {"hidden": True})
    book.close()
    return out.getvalue()


def xlsx_within_a_text(**options: bool) -> bytes:
    book = xlsxwriter.Workbook(out := io.BytesIO(), options)
    sheet = book.add_worksheet()
    for row, cells in enumerate(ROWS):
        sheet.write_row(row, 0, cells)
    sheet.write_rich_string(STRUCK_ROW, 1, book.add_format({"font_strikeout": True}), "李四", "李秀英")
    sheet.set_column(HIDDEN_COLUMN, HIDDEN_COLUMN, 0)
    book.close()
    return out.getvalue()


def xlsx_with_texts_in_their_cells() -> bytes:
    """Not among the shared texts, as programs that write long tables do it."""
    return xlsx_within_a_text(constant_memory=True)


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for row, cells in enumerate(ROWS):
        style = xlwt.easyxf("font: struck_out on" if row == STRUCK_ROW else "")
        for place, cell in enumerate(cells):
            sheet.write(row, place, cell, style)
    sheet.col(HIDDEN_COLUMN).hidden = True
    book.save(out := io.BytesIO())
    return out.getvalue()


def ods() -> bytes:
    document = opendocument.OpenDocumentSpreadsheet()
    struck = Style(name="struck", family="table-cell")
    struck.addElement(TextProperties(textlinethroughstyle="solid"))
    document.automaticstyles.addElement(struck)
    table = OdsTable(name="Sheet1")
    table.addElement(TableColumn(numbercolumnsrepeated=HIDDEN_COLUMN))
    table.addElement(TableColumn(visibility="collapse"))
    for row, cells in enumerate(ROWS):
        table.addElement(line := TableRow())
        for cell in cells:
            named = {"stylename": struck} if row == STRUCK_ROW else {}
            line.addElement(made := TableCell(valuetype="string", **named))
            made.addElement(P(text=cell))
    document.spreadsheet.addElement(table)
    document.write(out := io.BytesIO())
    return out.getvalue()


def complaints(table: Table, columns: tuple[Column, ...] = ROSTER_COLUMNS) -> list[str]:
    with pytest.raises(BadRows) as refused:
        parse_rows(table, columns)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("make", [xlsx, xlsx_within_a_text, xlsx_with_texts_in_their_cells, xls, ods])
def test_struck_out_rows_and_hidden_columns_are_asked_about(make: Callable[[], bytes]):
    assert complaints(read_table("表", make())) == [
        "第1行“人口”：D列是隐藏的，看不出要不要。要用就取消隐藏，不用就删去这一列，保存后再导入。",
        "第3行：第3行共1行有划掉的字（删除线），看不出要不要。要导入就去掉删除线，不要就删去这些行，保存后再导入。",
    ]


def test_a_row_that_says_that_it_no_longer_holds_is_asked_about():
    heads = [*ROWS[0], "备注", "状态"]
    table = Table.of(heads, [[*ROWS[1], "已迁出", ""], [*ROWS[2], "外出", "销户"]])

    assert complaints(table) == [
        "第2行：这一行写着“已迁出”，看不出还要不要。不要就删去这一行，要就删去这几个字。"
    ]


def test_a_row_that_was_not_agreed_to_is_asked_about():
    table = Table.of([*ROWS[0], "是否同意"], [[*ROWS[1], "是"], [*ROWS[2], "否"]])

    assert complaints(table)[0].startswith("第3行：这一行写着“是否同意：否”")


@pytest.mark.parametrize(
    "mark", ["同", "上同", "〃〃", "--〃--", "…", "、、", "↑", "/", "—", "无", "？", "0", "1.0"]
)
def test_a_mark_in_place_of_a_group_makes_no_group(mark: str):
    [said] = complaints(Table.of(ROWS[0], [ROWS[1], ["02", "李秀英", mark, "3"]]))

    assert said.startswith(f"第3行“小组”：“{mark}”")


def test_a_mark_in_place_of_a_remark_is_a_blank():
    heads = ["名称", "规格", "积分", "类别"]
    [row] = parse_rows(Table.of(heads, [["大米", "/", "38", "无"]]), GOODS_COLUMNS).rows

    assert (row["spec"], row["category"]) == ("", "")
    assert "“/”不是名称" in complaints(Table.of(heads, [["/", "", "38", ""]]), GOODS_COLUMNS)[0]


@pytest.mark.parametrize(
    ("columns", "heads", "said"),
    [
        (ROSTER_COLUMNS, "户号 户主 与户主关系 小组 人口", "像是一人一行的人口表"),
        (BALANCE_COLUMNS, "户号 户主 条目 日期 积分", "像是评分表"),
        (GOODS_COLUMNS, "领取人 商品 数量 积分", "像是兑换登记表"),
        (SCHEME_COLUMNS, "姓名 积分项目 分值 时间", "像是评分表"),
    ],
)
def test_a_table_of_something_else_is_asked_about(columns: tuple[Column, ...], heads: str, said: str):
    cells = {"人口": "4", "积分": "5", "分值": "+5", "数量": "1", "户号": "01"}
    row = [cells.get(head, "王建国") for head in heads.split()]

    assert said in complaints(Table.of(heads.split(), [row]), columns)[0]


@pytest.mark.parametrize(
    ("titles", "named"),
    [
        (["竹源村农户花名册"], "竹源村"),
        (["填报单位：清水镇竹源村民委员会"], "竹源村"),
        (["2026年竹源社区花名册"], "竹源社区"),
        (["清水镇茶源村农户花名册"], None),
        (["全村农户", "农村积分制", "美丽乡村", "第一村民小组", "填报单位：本村", "XX村"], None),
        (["茶源村和竹源村结对"], None),
    ],
)
def test_a_title_that_names_another_village_is_known(titles: list[str], named: str | None):
    assert another_village(titles, "茶源村") == named


@pytest.mark.parametrize(
    ("heads", "asked_for", "likely"),
    [
        ("编号 名称 规格 积分 库存", "roster", "商品"),
        ("编号 类别 条目 方向 分值", "goods", "积分细则"),
        ("户号 户主 小组 人口", "scores", "花名册"),
        ("户号 户主 条目 日期 分值", "roster", "评分"),
        ("户号 户主 积分 荣誉", "scheme", "期初积分"),
        ("户号 户主 小组", "roster", None),
        ("户号 户主 小组 男 女", "roster", None),
        ("户号 户主 去年积分 今年积分", "balances", None),
        ("甲 乙", "roster", None),
    ],
)
def test_a_table_sent_to_the_wrong_import_is_known(heads: str, asked_for: str, likely: str | None):
    table = Table.of(heads.split(), [["1"] * len(heads.split())])
    imports.note_likelier(table, imports.find(asked_for).columns)

    assert table.found == (
        [f"这份表像是“{likely}”的表：没有选错文件的话，请到“导入”里选“{likely}”。"] if likely else []
    )


@pytest.mark.parametrize(
    ("remark", "doubted"),
    [
        ("2026年3月已迁出", True),
        ("2026年起废止", True),
        ("此条撤回", True),
        ("全家搬走了", True),
        ("2026.3迁出", True),
        ("户主外出务工", False),
        ("2019年从竹源村迁入", False),
        ("已撤销贫困村称号", False),
    ],
)
def test_a_remark_that_ends_a_row_is_asked_about(remark: str, doubted: bool):
    table = Table.of([*ROWS[0], "备注"], [[*ROWS[1], remark], [*ROWS[2], ""]])
    if not doubted:
        assert len(parse_rows(table, ROSTER_COLUMNS).rows) == 2
        return
    assert complaints(table)[0].startswith(f"第2行：这一行写着“{remark}”")


def test_a_row_of_no_height_is_hidden():
    book = xlsxwriter.Workbook(out := io.BytesIO())
    sheet = book.add_worksheet()
    for row, cells in enumerate(ROWS):
        sheet.write_row(row, 0, cells)
    sheet.set_row(STRUCK_ROW, 0)
    book.close()

    assert "有内容，但是隐藏的" in complaints(read_table("表", out.getvalue()))[0]


@pytest.mark.parametrize("name", ["去年", "上年度", "初稿"])
def test_a_sheet_of_another_year_beside_this_one_is_asked_about(name: str):
    sheets = [Sheet("花名册", ROWS[:2]), Sheet(name, [ROWS[0], ROWS[2]])]

    assert f"其中“{name}”看来不是要导入的" in complaints(Table(sheets))[0]


@pytest.mark.parametrize("measure", ["百分", "万", "元", "单位：百", "％"])
def test_points_in_another_measure_are_no_points(measure: str):
    table = Table.of(["户号", "户主", f"积分（{measure}）"], [["01", "王建国", "12"]])

    assert "缺少这一列" in complaints(table, BALANCE_COLUMNS)[0]


def test_points_in_points_are_points():
    table = Table.of(["户号", "户主", "积分（分）"], [["01", "王建国", "12"]])

    assert parse_rows(table, BALANCE_COLUMNS).rows[0]["points"] == 1200


@pytest.mark.parametrize(
    ("columns", "merged", "question"),
    [
        (ROSTER_COLUMNS, (1, 1, 2, 1), "第3行“户主”：“王建国”是合并单元格，对着2个户号（01、02）。"),
        (ROSTER_COLUMNS, (1, 1, 3, 1), "第3行“户主”：“王建国”是合并单元格，对着3个户号（01、02、03）。"),
        (BALANCE_COLUMNS, (2, 1, 3, 1), "第4行“户主”：“王建国”是合并单元格，对着2个户号（02、03）。"),
        (ROSTER_COLUMNS, (1, 2, 3, 2), ""),
    ],
)
def test_a_head_that_is_merged_over_several_codes_is_asked_about(
    columns: tuple[Column, ...], merged: tuple[int, int, int, int], question: str
):
    heads = ["户号", "户主", *(["小组", "人口"] if columns is ROSTER_COLUMNS else ["说明", "积分"])]
    rows = [heads, *([code, "王建国", "一组", "4"] for code in ("01", "02", "03"))]
    read = parse_rows(Table([Sheet("", rows, [Merged(*merged)])]), columns)

    assert [str(one)[: len(question)] for one in read.asked] == ([question] if question else [])
