"""Each shape's examples go through import, label and points; a shape nobody declares is refused and named."""

from datetime import date
from decimal import Decimal

import pytest

from pointsbank import proof, scoring
from pointsbank.points import parse, show
from pointsbank.scoring.item_shape import Example
from pointsbank.scoring.scheme import adopt_scheme
from pointsbank.scoring.scheme_rows import WRITTEN_COLUMNS, read_items
from pointsbank.scoring.shapes import SHAPES, ShapeUnknown, columns, label, points_for
from pointsbank.scoring.values import Item
from pointsbank.spreadsheets import Table
from tests.builders import VILLAGE
from tests.ledger.tampering import tamper

EXAMPLES = [
    pytest.param(code, example, id=f"{code}{number}")
    for code, shape in SHAPES.items()
    for number, example in enumerate(shape.examples, start=1)
]


MARCH = date(2026, 3, 1)
NEW = Table.of(["编号", "条目", "方向", "分值"], [["NEW", "好事", "加分", "5"]])


def item(**cells: str) -> Item:
    """The item that a row of a scheme's table becomes."""
    row = {"编号": "A", "条目": "好事", "方向": "加分"} | cells
    [found], ignored, *_ = read_items(Table.of(list(row), [list(row.values())]))
    assert not ignored
    return found


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_an_example_is_read_shown_and_counted_as_it_says(code: str, example: Example):
    found = item(**example.cells)

    assert (found.shape, label(found)) == (code, example.label)
    for quantity, given, earned in example.deeds:
        amount = int(Decimal(quantity) * 100) if quantity else None
        assert show(points_for(found, amount, parse(given) if given else None)) == earned


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"分值": "5"}, "+5"),
        ({"方向": "扣分", "分值": "-2.5"}, "−2.5"),
        ({"分值": "5", "周期": "年", "上限": "20"}, "+5，每年最多20分"),
        ({"分值": "5", "周期": "月", "上限": "12", "次数上限": "2"}, "+5，每月最多2次、12分"),
        ({"分值": "3", "评分期": "上半年|下半年"}, "+3，只在上半年、下半年评分，每个评分期最多1次"),
        (
            {"方向": "扣分", "分值": "5", "周期": "月", "上限": "20", "重复加倍": "12"},
            "−5，每月最多20分，12个月内再次发生加倍",
        ),
        ({"分值": "5", "周期": "周", "上限": "10"}, "+5，每周最多10分"),
        ({"分值": "5", "点名": "是"}, "+5，只计点名的户"),
        (
            {"类别": "环境卫生", "形状": "合计上限", "周期": "年", "上限": "40"},
            "环境卫生类加分每年最多40分",
        ),
        (
            {"类别": "全部", "方向": "扣分", "形状": "合计上限", "周期": "周", "上限": "20", "次数上限": "2"},
            "全部扣分每周最多2次、20分",
        ),
        ({"最低": "5", "最高": "10"}, "+5至10"),
        ({"方向": "扣分", "最低": "-10", "最高": "-5"}, "−5至10"),
        ({"分值": "2", "单位": "小时"}, "+2/小时"),
        ({"分值": "2", "形状": "按量"}, "+2×数量"),
        ({"分值": "25", "形状": "满分扣减", "每处扣": "5"}, "满分25，每处扣5"),
        ({"方向": "扣分", "分值": "25", "形状": "满分扣减", "每处扣": "5"}, "−25，每处少扣5"),
        ({"单位": "小时", "形状": "阶梯", "档位": "10=1;20=2;50=5"}, "满10小时1分，满20小时2分，满50小时5分"),
        ({"形状": "阶梯", "档位": "10=1"}, "满10计1分"),
        ({"方向": "扣分", "单位": "次", "形状": "阶梯", "档位": "3=5"}, "满3次−5分"),
        (
            {"分值": "1", "单位": "元", "形状": "比例", "档位": "1000/100;5000/400"},
            "每100元1分（满1000元后每400元1分）",
        ),
        (
            {
                "分值": "1",
                "单位": "元",
                "形状": "比例",
                "档位": "1000/100",
                "周期": "年",
                "上限": "20",
            },
            "每100元1分，每年最多20分",
        ),
        ({"分值": "20", "形状": "一次"}, "+20，累计最多1次"),
        ({"方向": "一票否决"}, "一票否决"),
        ({"方向": "一票否决", "后果": "不上红榜;兑换"}, "一票否决：暂停兑换、红榜，到解除为止"),
        ({"方向": "一票否决", "后果": "参评", "后果期限": "6个月"}, "一票否决：暂停参评，6个月内"),
    ],
)
def test_an_item_is_shown_in_words_that_say_what_the_rule_counts(cells: dict[str, str], shown: str):
    assert label(item(**cells)) == shown


SAID_ELSEWHERE = {"编号", "类别", "条目", "佐证", "适用", "依据", "形状", "方向"}
"""Columns that pages show in places of their own; a shape may be inferred, a direction is the sign."""

VALUES = {
    "单位": "次",
    "周期": "年",
    "上限": "20",
    "次数上限": "2",
    "评分期": "上半年",
    "重复加倍": "12",
    "点名": "是",
}


def test_whatever_an_items_own_columns_change_is_said_in_its_label():
    headers = {column.title for column in WRITTEN_COLUMNS} - {"分值"} - SAID_ELSEWHERE
    of_shapes = {column.names[0] for shape in SHAPES.values() for column in shape.columns}
    plain = {"方向": "扣分", "分值": "5", "周期": "月", "上限": "10"}

    assert headers - of_shapes - {"后果", "后果期限", "柜台登记", "每日上限"} == VALUES.keys()
    for column, value in VALUES.items():
        assert label(item(**plain | {column: value})) != label(item(**plain)), column


def test_cells_of_another_shape_are_left_out():
    assert item(分值="5", 形状="固定", 档位="10=1", 最低="1").terms == {}


def test_a_shape_that_wants_a_column_of_others_stops_the_start():
    with pytest.raises(ValueError, match="in use"):
        columns(common=["steps"])


def test_an_item_of_no_known_shape_cannot_be_adopted(sqlite_panel):
    draft = sqlite_panel.write(scoring.import_scheme, table=NEW).scheme
    tamper(sqlite_panel.village.database, "UPDATE scheme_item SET shape = 'spiral' WHERE code = 'NEW'")

    with pytest.raises(ShapeUnknown, match="spiral"):
        sqlite_panel.write(adopt_scheme, scheme=draft.id, resolution="第2号决议", from_date=MARCH)


def test_an_item_of_no_known_shape_is_named_when_the_books_are_verified(panel):
    assert proof.verify(panel.village.database, village=VILLAGE).holds

    tamper(panel.village.database, "UPDATE scheme_item SET shape = 'spiral' WHERE code = '助邻'")

    report = proof.verify(panel.village.database, village=VILLAGE)
    unknown, changed = report.findings
    assert unknown.sentence == "细则条目“助邻”的形状“spiral”无法识别"
    assert (changed.table, changed.columns) == ("scheme_item", ("shape",))


def test_an_item_of_no_known_shape_is_still_listed(sqlite_panel):
    tamper(sqlite_panel.village.database, "UPDATE scheme_item SET shape = 'spiral' WHERE code = '助邻'")

    shown = {one.code: label(one) for one in sqlite_panel.read(scoring.items, day=MARCH)}
    assert shown["助邻"] == "形状“spiral”无法识别"
