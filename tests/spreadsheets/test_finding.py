"""The table is found by what is asked for: sheet, headers, merged cells, rows of data; else it is asked for.

Each case is a sheet, or several, as somebody draws it: the rows from the top, cells parted by |.
"""

from dataclasses import dataclass, field

import pytest

from pointsbank.market import GOODS_COLUMNS
from pointsbank.roster import BALANCE_COLUMNS, ROSTER_COLUMNS
from pointsbank.scoring import SCHEME_COLUMNS, SCORE_COLUMNS
from pointsbank.spreadsheets import Column, Table, parse_rows
from pointsbank.spreadsheets.headers import Names
from pointsbank.spreadsheets.problems import BadRows
from pointsbank.spreadsheets.table import NO_RESULT, FailedFormula, Merged, Sheet

ROSTER, GOODS, SCORES, SCHEME = ROSTER_COLUMNS, GOODS_COLUMNS, SCORE_COLUMNS, SCHEME_COLUMNS
HEAD = "户号|户主|小组|人口"
WANG, LI = "0101|王建国|一组|4", "0102|李秀英|一组|3"


def sheet(*rows: str, name: str = "Sheet1", merged: str = "") -> Sheet:
    """A sheet of these rows; merged ranges as "top left bottom right", counted from 0, parted by commas."""
    ranges = [Merged(*map(int, one.split())) for one in merged.split(",") if one]
    cells = [[FailedFormula(c) if c[:1] == "#" else c for c in row.split("|")] if row else [] for row in rows]
    return Sheet(name, cells, ranges)


@dataclass(frozen=True)
class Case:
    """Sheets, what they are read as: by `keys` the rows' values, and what is said."""

    sheets: tuple[Sheet, ...]
    columns: tuple[Column, ...] = ROSTER
    keys: str = "code name group people"
    rows: tuple[str, ...] = ("0101 王建国 一组 4", "0102 李秀英 一组 3")
    said: tuple[str, ...] = ()
    refused: tuple[str, ...] = field(default=())


def one(*rows: str, merged: str = "", **more: object) -> Case:
    """A file of one sheet."""
    return Case((sheet(*rows, merged=merged),), **more)  # type: ignore[arg-type]


FOUND = {
    "plain": one(HEAD, WANG, LI, said=("表头在第1行，读了2行数据。",)),
    "title and 填报单位 above": one(
        "茶源村农户登记表|||",
        "填报单位：茶源村||填报日期：2026年9月5日|",
        HEAD,
        WANG,
        LI,
        said=("表头在第3行，读了2行数据。",),
    ),
    "a sum that is named left of the table": one(
        f"|{HEAD}", f"|{WANG}", f"|{LI}", "合计||||7", said=("没有读的行：第4行（合计）。",)
    ),
    "far below a notice": one(*["公示"] * 30, HEAD, WANG, LI, said=("表头在第31行，读了2行数据。",)),
    "headers as villages write them": one(
        "序号|户编号|户主姓名|所属村民小组|家庭人口数（人）|联系电话",
        "1|0101|王建国|一组|4|1",
        "2|0102|李秀英|一组|3|2",
        said=("表头“户主姓名”读作“户主”。", "表头“家庭人口数（人）”读作“人口”。"),
    ),
    "two levels, merged": one(
        "户号|户主|小组|人口|",
        "|||合计|其中：女",
        "0101|王建国|一组|4|2",
        "0102|李秀英|一组|3|1",
        merged="0 0 1 0,0 1 1 1,0 2 1 2,0 3 0 4",
        said=("表头在第1至2行，读了2行数据。",),
    ),
    "two levels, the lower one asked for": one(
        "基本情况|||",
        HEAD,
        WANG,
        LI,
        merged="0 0 0 3",
    ),
    "two levels, one column in each": one(
        "户号|户主|家庭情况|",
        "||小组|人口",
        WANG,
        LI,
        merged="0 0 1 0,0 1 1 1,0 2 0 3",
    ),
    "two levels without merged cells": one("户号|户主|小组|人口|", "|||合计|其中女", f"{WANG}|1", f"{LI}|1"),
    "headers in English under the Chinese ones, and units": one(
        HEAD,
        "code|head|group|people",
        "|||(人)",
        WANG,
        LI,
        said=("没有读的行：第2行（重复的表头）。", "没有读的行：第3行（计量单位）。"),
    ),
    "a first row with a word that is a header too": one(
        "户号|户主|条目|日期|方向|分值",
        "0101|王建国|清扫|2026-11-05|加分|5",
        "0102|李秀英|清扫|2026-11-05|加分|5",
        columns=SCORES,
        keys="participant_code points",
        rows=("0101 500", "0102 500"),
    ),
    "on several pages": one(
        HEAD, WANG, "第1页 共2页|||", "续表|||", HEAD, LI, said=("没有读的行：第3行、第4行（续表或页码）。",)
    ),
    "half years, spans and days over a grid": one(
        "户号|户主|上半年|7-9月|11月5日",
        "||清扫|清扫|清扫",
        "0101|张文远|5|4|3",
        columns=SCORES,
        keys="points occurred_on",
        rows=("500 (0, 6)", "400 (0, 9)", "300 (11, 5)"),
    ),
    "a month in brackets over a grid": one(
        "户号|清扫（10月）",
        "0101|5",
        columns=SCORES,
        keys="item points occurred_on",
        rows=("清扫（10月） 500 (0, 10)",),
    ),
    "a group merged downwards": one(
        HEAD,
        WANG,
        "0102|李秀英||3",
        merged="1 2 2 2",
        said=("“小组”有合并单元格，向下填了1行。",),
    ),
    "sums, signatures, remarks": one(
        HEAD,
        WANG,
        "小计|1户||4",
        "",
        LI,
        "合 计|||7",
        "|总计||7",
        "填表人：李四|审核人：王五||2026年9月5日",
        "说明：每户一行||",
        "2.户号由村里编||",
        said=("没有读的行：第3行、第6行、第7行（合计）。", "没有读的行：第8行（签字或日期）。"),
    ),
    "headers again on the second page": one(
        HEAD, WANG, HEAD, LI, said=("没有读的行：第3行（重复的表头）。",)
    ),
    "the group as a line between": one(
        "户号|户主|人口",
        "第1村民小组||",
        "0101|王建国|4",
        "第2村民小组||",
        "0201|张文远|3",
        rows=("0101 王建国 第1村民小组 4", "0201 张文远 第2村民小组 3"),
        said=("没有读的行：第2行、第4行（小标题）。",),
    ),
    "a numbered heading that says nothing of the columns": one(
        HEAD, WANG, "二、其余农户|||", LI, said=("没有读的行：第3行（小标题）。",)
    ),
    "numbers of the columns under the headers": one(
        HEAD, "甲|乙|1|2", WANG, LI, "（以下空白）|||", said=("没有读的行：第2行（列号）。",)
    ),
    "rows numbered ahead and left empty": one(
        f"序号|{HEAD}",
        f"1|{WANG}",
        f"2|{LI}",
        "3||||",
        "4",
        said=("没有读的行：第4行、第5行（要导入的列都空着）。",),
    ),
    "rows of formulas that have no result": one(
        HEAD, WANG, LI, "|#N/A|#N/A|", said=("没有读的行：第4行（只有没有结果的公式）。",)
    ),
    "a sheet a group": Case(
        (
            sheet("户号|户主|人口", "0101|王建国|4", name="1组"),
            sheet("户号|户主|人口", "0201|张文远|3", name="2组"),
        ),
        rows=("0101 王建国 1组 4", "0201 张文远 2组 3"),
        said=("“1组”表头在第1行，读了1行数据。", "“2组”表头在第1行，读了1行数据。"),
    ),
    "remarks on a sheet in front": Case(
        (sheet("填表说明", "1. 每户一行", name="说明"), sheet(HEAD, WANG, LI, name="户册")),
        said=("没有读的工作表：“说明”，里面没有要导入的列。",),
    ),
    "side by side": one(
        f"{HEAD}||{HEAD}",
        f"{WANG}||0201|张文远|二组|2",
        f"{LI}||||",
        rows=("0101 王建国 一组 4", "0102 李秀英 一组 3", "0201 张文远 二组 2"),
        said=("左起第1张表表头在第1行，读了2行数据。", "左起第2张表表头在第1行，读了1行数据。"),
    ),
    "our own name before another's": one(f"姓名|{HEAD}", f"张三|{WANG}", f"李四|{LI}"),
    "a sum among the goods": one(
        "编号|名称|积分|库存",
        "1|大米|39|20袋",
        "合计|1种|39|20",
        columns=GOODS,
        keys="code name points stock limit_per_month",
        rows=("1 大米 3900 20 None",),
        said=("没有读的行：第3行（合计）。", "没有“每户每月限量”这一列，都按不限算。"),
    ),
    "blanks that mean something": one(
        "编号|名称|积分|库存|每户每月限量",
        "1|大米|39||",
        columns=GOODS,
        keys="code stock limit_per_month",
        rows=("1 0 None",),
        said=("“库存”有1行空着，按0算。", "“每户每月限量”有1行空着，按不限算。"),
    ),
    "goods under headings": one(
        "商品名称|兑换积分",
        "一、粮油|",
        "大米|39",
        "二、日用|",
        "洗洁精|14",
        columns=GOODS,
        keys="code name category",
        rows=("None 大米 粮油", "None 洗洁精 日用"),
    ),
    "a category merged downwards": one(
        "编号|类别|条目|方向|分值",
        "A1|环境|清扫|加|5",
        "A2||植树|奖励|5分",
        columns=SCHEME,
        keys="code category direction points",
        rows=("A1 环境 plus 500", "A2 环境 plus 500"),
        merged="1 1 2 1",
    ),
    "deeds and misdeeds under headings": one(
        "编号|条目|分值",
        "一、加分项||",
        "A1|清扫|5",
        "二、扣分项||",
        "A2|乱倒|5",
        columns=SCHEME,
        keys="code direction",
        rows=("A1 plus", "A2 minus"),
    ),
    "a household merged downwards": one(
        "户号|条目|日期",
        "0101|LY07|2026-11-05",
        "|LY08|2026-11-05",
        columns=SCORES,
        keys="participant_code item",
        rows=("0101 LY07", "0101 LY08"),
        merged="1 0 2 0",
    ),
    "a grid": one(
        "户号|户主|参加环境清扫|邻里帮扶|合计",
        "0101|张文远|5|10|15",
        "0102|李秀英|√|0|5",
        columns=SCORES,
        keys="participant_code item points occurred_on",
        rows=("0101 参加环境清扫 500 None", "0101 邻里帮扶 1000 None", "0102 参加环境清扫 None None"),
        said=("表头在第1行，读了2行数据，一行一户、一列一个条目。",),
    ),
    "a grid of two quarters": one(
        "户号|户主|第一季度||第二季度|",
        "||清扫|植树|清扫|植树",
        "0101|张文远|5||4|2",
        columns=SCORES,
        keys="participant_code item points occurred_on",
        merged="0 2 0 3,0 4 0 5,0 0 1 0,0 1 1 1",
        rows=("0101 清扫 500 (0, 3)", "0101 清扫 400 (0, 6)", "0101 植树 200 (0, 6)"),
    ),
    "a grid of months under the items, nothing merged": one(
        "户号|户主|清扫||植树|",
        "||2026年7月|8月|7月|8月份",
        "0101|张文远|5||3|2",
        columns=SCORES,
        keys="participant_code item points occurred_on",
        rows=("0101 清扫 500 (2026, 7)", "0101 植树 300 (0, 7)", "0101 植树 200 (0, 8)"),
    ),
    "加分 and 扣分 over the items": one(
        "户号|户主|加分||扣分",
        "||清扫|植树|乱倒",
        "0101|张文远|5||-3",
        columns=SCORES,
        keys="participant_code item points",
        rows=("0101 清扫 500", "0101 乱倒 -300"),
    ),
    "分值 over 加分 and 扣分": one(
        "户号|条目|日期|分值|",
        "|||加分|扣分",
        "0101|清扫|2026-08-05|5|",
        "0101|乱倒|2026-08-05||3",
        columns=SCORES,
        keys="item plus minus",
        merged="0 0 1 0,0 1 1 1,0 2 1 2,0 3 0 4",
        rows=("清扫 500 None", "乱倒 None 300"),
    ),
    "the month as the sheet's name": Case(
        (sheet("户号|条目", "0101|清扫", name="8月"),),
        columns=SCORES,
        keys="item occurred_on",
        rows=("清扫 (0, 8)",),
    ),
    "a header over parts, the last of which is the whole": one(
        "户号|户主|小组|人口||",
        "|||男|女|合计",
        "0101|王建国|一组|1|3|4",
        "0102|李秀英|一组|1|2|3",
        merged="0 0 1 0,0 1 1 1,0 2 1 2,0 3 0 5",
    ),
}

REFUSED = {
    "no headers at all": one("张三|李四", refused=("第1行：没有找到表头。表头要有这几列：户号、户主、",)),
    "a column that is not there": one(
        "户号|户主|人口",
        "0101|王建国|4",
        refused=("第1行“小组”：缺少这一列。表头读到的是：户号、户",),
    ),
    "headers one under the other": one(
        "户号|0101|0102",
        "户主|王建国|李秀英|",
        "小组|一组|一组",
        "人口|4|3",
        refused=("第1行：表头是从上往下写的。请把表转过来",),
    ),
    "two levels of items": one(
        "一级指标|二级指标|三级指标|分值",
        "乡风|红白事|婚事新办|+5",
        columns=SCHEME,
        refused=("第1行“条目”：B列“二级指标”、C列“三级指标”都像是条目。",),
    ),
    "a week over a grid": one(
        "户号|户主|第一周",
        "||清扫",
        "0101|张文远|5",
        columns=SCORES,
        merged="0 0 1 0,0 1 1 1",
        refused=("第1行“清扫”：上面一行的“第一周”看不出是哪天或哪个月",),
    ),
    "how often, over a grid": one(
        "户号|清扫（次）", "0101|2", columns=SCORES, refused=("第1行“清扫（次）”：“清扫（次）”下面像是次数",)
    ),
    "an amount merged in a grid": one(
        "户号|清扫",
        "0101|5",
        "0102|",
        columns=SCORES,
        merged="1 1 2 1",
        refused=("第2行“清扫（B列）”：这里是合并单元格",),
    ),
    "a running number for a code": one(
        "序号|户主|小组|人口",
        "1|王建国|一组|4",
        refused=("表头里的“序号”如果就是户号，请把它改为“户号”",),
    ),
    "two columns for one": one(
        "户号|户主|小组|户籍人口|常住人口",
        "0101|王建国|一组|4|2",
        refused=("D列“户籍人口”、E列“常住人口”都像是人口。请把要用的一列写作“人口”",),
    ),
    "an amount under our name beside one under another": one(
        "户号|户主|小组|人口|总人口", "0101|王建国|一组|4|9", refused=("D列“人口”、E列“总人口”都像是人口。",)
    ),
    "another meaning in brackets": one(
        "户号|户主|小组|人口（其中女）", "0101|王建国|一组|4", refused=("第1行“人口”：缺少这一列",)
    ),
    "a sheet that lacks a column": Case(
        (sheet(HEAD, WANG, name="1组"), sheet("户号|户主|小组", "0201|张文远|二组", name="2组")),
        refused=("“2组”第1行“人口”：缺少这一列",),
    ),
    "an old copy beside it": Case(
        (sheet(HEAD, WANG, name="户册"), sheet(HEAD, LI, name="户册（旧）")), refused=("“户册（旧）”第1行：",)
    ),
    "last year's beside it": Case(
        (sheet(HEAD, WANG, name="2026年"), sheet(HEAD, LI, name="2025年")), refused=("“2025年”第1行：",)
    ),
    "the same household on two sheets": Case(
        (sheet(HEAD, WANG, name="甲"), sheet(HEAD, WANG, name="乙")),
        refused=("“乙”第2行“户号”：户号0101在“甲”第2行已经有了",),
    ),
    "an amount merged downwards": one(
        "编号|名称|积分",
        "1|大米|39",
        "2|面|",
        columns=GOODS,
        merged="1 2 2 2",
        refused=("第3行“积分”：这里是合并单元格，看不出是每行各这么多还是合起来这么多",),
    ),
    "a line nobody understands": one(
        HEAD, WANG, "大家都好|||", refused=("第3行：这一行只有“大家都好”，看不出是什么。",)
    ),
    "a formula that failed": one(
        HEAD, "0101|王建国|一组|#DIV/0!", refused=("第2行“人口”：这一格的公式出错了（#DIV/0!）。",)
    ),
    "a formula without a result": one(
        HEAD, f"0101|王建国|一组|{NO_RESULT}", refused=("第2行“人口”：这一格是公式，文件里没有它的结",)
    ),
    "a code that was taken for a decimal": one(
        HEAD, "101.0|王建国|一组|4", refused=("第2行“户号”：“101.0”看来是编号被当成了小数",)
    ),
    "an item twice in a grid": one(
        "户号|户主|清扫|植树|清扫",
        "0101|张文远|5|3|4",
        columns=SCORES,
        refused=("第1行“清扫”：C列和E列都是它。",),
    ),
    "months without items": one(
        "户号|户主|1月|2月",
        "0101|张文远|5|3",
        columns=SCORES,
        refused=("第1行“1月”：C列只写了月份，没有写是哪个条目",),
    ),
    "a header over parts, none of which is the whole": one(
        "户号|户主|小组|人口|",
        "|||男|女",
        f"{WANG}|2",
        merged="0 0 1 0,0 1 1 1,0 2 1 2,0 3 0 4",
        refused=("第1行“人口”：“人口”下面分成了几列（男、女），看不出用哪一列。",),
    ),
    "rows that are hidden": Case(
        (Sheet("户册", [HEAD.split("|"), WANG.split("|"), LI.split("|")], hidden={2}),),
        refused=("第3行：第3行共1行有内容，但是隐藏的（可能是筛选掉的）",),
    ),
    "columns that are hidden, of which one is taken": Case(
        (
            Sheet(
                "户册",
                [line.split("|") for line in (f"{HEAD}|备注", f"{WANG}|", f"{LI}|")],
                hidden_columns={2, 4},
            ),
        ),
        refused=("第1行“小组”：C列是隐藏的，看不出要不要。",),
    ),
    "a sum without the word": one(
        "名称|积分|库存",
        "大米|38|20",
        "油|55|10",
        "面|25|30",
        "本期|118|60",
        columns=GOODS,
        refused=("第5行：这一行的各个数正好是上面各行的合计",),
    ),
    "a name that is an error": one(HEAD, "0101|#N/A|一组|4", refused=("第2行“户主”：这一格的公式出错了",)),
    "all faults at once": one(
        HEAD,
        "1月1日|王建国|一组|四",
        "|李秀英|一组|3",
        refused=(
            "第2行“户号”：“1月1日”看来是",
            "第2行“人口”：“四”不是有效的数",
            "第3行“户号”：不能为空",
        ),
    ),
}


@pytest.mark.parametrize("case", FOUND.values(), ids=FOUND)
def test_the_table_is_found_and_what_was_found_is_said(case: Case):
    parsed = parse_rows(Table(list(case.sheets)), case.columns)

    assert tuple(" ".join(str(row[key]) for key in case.keys.split()) for row in parsed.rows) == case.rows
    assert [line for line in case.said if line not in parsed.found] == [], parsed.found


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_would_have_to_be_guessed_is_asked_for(case: Case):
    with pytest.raises(BadRows) as refused:
        parse_rows(Table(list(case.sheets)), case.columns)

    told = [str(problem) for problem in refused.value.problems]
    assert [part for part in case.refused if not any(part in line for line in told)] == [], told


@pytest.mark.parametrize(
    "columns", [ROSTER, GOODS, SCORES, SCHEME, BALANCE_COLUMNS], ids=lambda one: one[0].key
)
def test_every_spelling_of_a_header_names_its_column(columns: tuple[Column, ...]):
    names = Names(columns)
    words = [(column.key, word) for column in columns for word in (*column.names, *column.also)]

    for decorated in ("{}", " {} *", "{}：", "{}（必填）", "{}\n(文本)"):
        assert [
            (key, word)
            for key, word in words
            if (match := names.match(decorated.format(word))) is None or match.key != key
        ] == []
    assert len(words) > 20
