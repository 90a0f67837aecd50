"""A new group that is one slip of the pen from another is asked about before it is made."""

import pytest

from pointsbank import roster, villages
from pointsbank.roster.slips import slips
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import RowsInDoubt
from tests.builders import Chayuan, chayuan

HEADS = ["户号", "户主", "小组", "人口"]


@pytest.fixture
def village(sqlite_database) -> Chayuan:
    return chayuan(sqlite_database)


def asked(village: Chayuan, *groups: str) -> list[str]:
    """The groups of new households that are asked about."""
    rows = [
        [f"09{number:02d}", f"周{name}", group, "3"]
        for number, (name, group) in enumerate(zip(NAMES, groups, strict=False))
    ]
    try:
        village.write(roster.import_roster, table=Table.of(HEADS, rows))
    except RowsInDoubt as refused:
        return [one.sentence for one in refused.problems]
    return []


NAMES = "丽明亮强国华平安康宁"


@pytest.mark.parametrize(
    ("groups", "likely"),
    [
        (["上湾组", "上湾组", "上湾组", "上弯组"], "小组“上弯组”还没有，和“上湾组”只差一个字。"),
        (["大塘组", "大塘组", "大塘组", "大唐组", "大唐组"], "小组“大唐组”还没有，和“大塘组”只差一个字。"),
        (["大塘组", "大塘组", "大搪塘组"], "小组“大搪塘组”"),
        (["石桥头组", "石桥头组", "石头桥组"], "小组“石头桥组”"),
        (["上湾组", "上湾组", "上湾"], "小组“上湾”"),
        (["上湾组", "上湾组", "上湾村民小组"], "小组“上湾村民小组”"),
        (["仨组"], "小组“仨组”还没有，和“三组”只差一个字。"),
        (["1l组", "11组"], "小组“1l组”还没有，和“11组”只差一个字。"),
        (["廿一组", "21组"], "小组“廿一组”还没有，和“21组”只差一个字。"),
    ],
)
def test_a_slip_of_the_pen_is_asked_about(village: Chayuan, groups: list[str], likely: str):
    [question] = asked(village, *groups)

    assert question.startswith(likely)


@pytest.mark.parametrize(
    "groups",
    [
        ["十二组", "十二组", "十三组"],
        ["上湾组", "上湾组", "下湾组"],
        ["桥东组", "桥东组", "桥西组"],
        ["第1网格", "第1网格", "1队"],
        ["王组", "王组", "李组"],
        ["石桥组"] * 3 + ["木桥组"] * 3,
        ["四组", "五组", "二十组", "第12组", "12组", "叁组"],
    ],
)
def test_what_tells_hamlets_apart_is_no_slip(village: Chayuan, groups: list[str]):
    assert asked(village, *groups) == []


def test_hundreds_of_new_groups_are_asked_about_once():
    trees = "松柏竹梅兰菊桃李杏梨槐榆杨柳桐枫樟楠椿桂棠枣栗杉莲荷苇蒲蒿艾葵"
    names = [f"{first}{second}组" for first in "赵钱孙李周吴郑王冯陈" for second in trees]
    rows = [{"group": name, "row": row} for row, name in enumerate(names, start=2)]

    [question] = slips(rows, ["一组"])

    assert question.sentence.startswith("有310个新的小组") and question.row == 2


def test_a_new_group_that_was_looked_at_is_made(village: Chayuan):
    rows = [
        [code, "周丽", group, "3"]
        for code, group in (("0901", "上湾组"), ("0902", "上湾组"), ("0903", "上弯组"))
    ]
    village.write(roster.import_roster, table=Table.of(HEADS, rows), confirmed=True)

    assert "上弯组" in [group.name for group in village.read(villages.groups)]
