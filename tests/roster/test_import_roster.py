"""Bringing in a roster: all or nothing, twice is once, and every bad row is named."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import xlsxwriter

from pointsbank import ledger, roster, villages
from pointsbank.spreadsheets import Imported, read_table
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import NOW, Chayuan

HEADER = "户号,户主,小组,人口,类别,地址\n"


def bring_in(village: Chayuan, rows: str, *, header: str = HEADER, **more: object) -> Imported:
    """Import these rows as a CSV file."""
    table = read_table("花名册.csv", (header + rows).encode("gb18030"))
    result = village.write(roster.import_roster, table=table, **more)
    assert isinstance(result, Imported)
    return result


def complaints(village: Chayuan, rows: str, *, header: str = HEADER) -> list[str]:
    """What an import of these rows complains of; nothing may have been written."""
    before = village.read(roster.everyone)
    with pytest.raises(BadRows) as refused:
        bring_in(village, rows, header=header)

    assert village.read(roster.everyone) == before
    return [str(problem) for problem in refused.value.problems]


def test_new_households_come_with_groups_and_accounts(village: Chayuan):
    result = bring_in(village, "0401,周䶮,四组,4,,坡上3号\n0402,周丽,四组,2,户,\nY02,护林队,,,志愿队,\n")
    zhou, team = (village.read(roster.by_code, code=code) for code in ("0401", "Y02"))

    assert (result.added, result.changed, result.unchanged) == (3, 0, 0)
    assert (zhou.name, zhou.group, zhou.people, zhou.address) == ("周䶮", "四组", 4, "坡上3号")
    assert (team.kind, team.group, team.people) == ("volunteer_team", "", 0)
    assert "四组" in [group.name for group in village.read(villages.groups)]
    assert village.balance(zhou).points == 0


def test_the_same_file_again_changes_nothing_and_says_so(village: Chayuan):
    rows = "0401,周䶮,四组,4,户,坡上3号\n0402,周丽,四组,2,,\n"
    bring_in(village, rows)
    before = village.read(roster.everyone)
    result = bring_in(village, rows, at=NOW + timedelta(days=1))

    assert (result.added, result.changed, result.unchanged) == (0, 0, 2)
    assert village.read(roster.everyone) == before


def test_what_changed_is_reported_old_and_new(village: Chayuan):
    village.give(village.wang, 30)
    result = bring_in(village, "0101,王建军,五组,5,,\n0102,王建国,一组,3,,\n")

    assert result.warnings[:3] == [
        "户号0101的户主：王建国 → 王建军。",
        "户号0101的小组：一组 → 五组。",
        "户号0101的人口：4 → 5。",
    ]
    assert (result.changed, result.unchanged) == (1, 1)
    changed = village.read(roster.listing, query="wjj").items
    assert [person.id for person in changed] == [village.wang.id]
    assert village.balance(changed[0]).points == 3000


def test_a_dry_run_says_the_same_and_writes_nothing(village: Chayuan):
    before = village.read(roster.everyone)
    result = bring_in(village, "0101,王建军,一组,4,,\n0401,周丽,四组,2,,\n", dry_run=True)

    assert (result.added, result.changed) == (1, 1)
    assert village.read(roster.everyone) == before
    assert len(village.read(villages.groups)) == 3


def test_columns_nobody_asked_for_are_named_and_left_alone(village: Chayuan):
    header = "户 号*,户主姓名,code,head,group,people,身份证号\n"
    result = bring_in(village, "x,x,0401,周丽,四组,2,4.30922E+17\n", header=header.replace("户 号*", "序号"))

    assert result.ignored_columns == ["序号", "户主姓名", "身份证号"]


def test_namesakes_and_missing_households_are_pointed_out(village: Chayuan):
    result = bring_in(village, "0101,王建国,一组,4,,\n0102,王建国,一组,3,,\n")

    assert result.warnings == [
        "一组有2个“王建国”，请认准户号。",
        "花名册里还有10户不在这个文件里，保持不变；不再参加积分的请改为销户。",
    ]


def test_every_bad_row_is_named_with_row_column_and_what_to_do(village: Chayuan):
    rows = ",周丽,四组,2,,\n0402,,四组,2,,\n0403,周丽,,两,猫,\n0404,王\u202e明,四组,,,\n0405,周丽,四组,2,,\n"

    assert complaints(village, rows) == [
        "第2行“户号”：不能为空，请填写。",
        "第3行“户主”：不能为空，请填写。",
        "第4行“人口”：“两”不是有效的数，请填0至100之间的整数。",
        "第4行“类别”：“猫”不在可选范围内，请填：户、党员、党支部、志愿队、组织、小组、村、街路、管护员。",
        "第5行“户主”：第2个字是看不见或无法识别的字符（U+202E），请删除后重新输入。",
    ]


def test_a_household_needs_group_and_people(village: Chayuan):
    assert complaints(village, "0401,周丽,,,,\n") == [
        "第2行“小组”：不能为空，请填写。",
        "第2行“人口”：不能为空，请填写。",
    ]


def test_a_code_stands_only_once_in_a_file(village: Chayuan):
    assert complaints(village, "0401,周丽,四组,2,,\n\n０４０１,周明,四组,2,,\n") == [
        "第4行“户号”：户号0401在第2行已经有了，请删除重复的一行或改正户号。"
    ]


def test_headers_missing_or_twice_are_named(village: Chayuan):
    assert complaints(village, "1,2,3,4\n", header="户号,code,户主,人口\n") == [
        "第1行“小组”：缺少这一列。表头读到的是：户号、code、户主、人口。请加上这一列，或把它的表头改为“小组”。",
    ]
    assert complaints(village, "1,2,3,4,5\n", header="户号,code,户主,人口,小组\n") == [
        "第1行“户号”：A列“户号”、B列“code”都像是户号。请把要用的一列写作“户号”，另一列换个名字，不必删除。"
    ]


def test_a_table_without_rows_is_refused(village: Chayuan):
    assert complaints(village, "") == ["第2行：表头下面没有数据，请填写后重新上传。"]


def test_names_that_look_like_code_are_only_names(village: Chayuan):
    bring_in(village, '0401,"=HYPERLINK(""http://x"")",四组,1,,\n')
    [odd] = complaints(village, "0402,{{7*7}},四组,1,,\n")

    assert village.read(roster.by_code, code="0401").name == '=HYPERLINK("http://x")'
    assert "“{{7*7}}”不像姓名" in odd


def test_excel_may_hold_codes_and_people_as_numbers(village: Chayuan):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(
        [["茶源村花名册"], ["户号", "户主", "小组", "人口"], [4401, "周丽", "四组", 2.0]]
    ):
        sheet.write_row(number, 0, row)
    book.close()
    table = read_table("花名册.xlsx", file.getvalue())
    village.write(roster.import_roster, table=table)

    assert village.read(roster.by_code, code="4401").people == 2


def test_a_whole_village_comes_in_at_once(village: Chayuan):
    rows = "".join(
        f"{n % 20 + 1}-{n:04d},周丽{chr(0x4E00 + n)},{n % 20 + 1}组,{n % 8},,\n" for n in range(1149)
    )
    first = bring_in(village, rows)
    again = bring_in(village, rows)

    assert (first.added, again.unchanged) == (1149, 1149)


def test_opening_an_account_moves_no_points(village: Chayuan):
    bring_in(village, "0401,周丽,四组,2,,\n")

    assert village.read(ledger.transactions) == []


def test_the_same_file_sent_twice_at_the_same_time_counts_once(village: Chayuan):
    rows = "".join(f"9-{number},周丽,九组,2,,\n" for number in range(40))
    with ThreadPoolExecutor(4) as senders:
        results = list(senders.map(lambda _: bring_in(village, rows), range(4)))

    assert sorted(result.added for result in results) == [0, 0, 0, 40]


def test_a_village_that_is_not_there_is_told(village: Chayuan):
    table = read_table("花名册.csv", (HEADER + "0401,周丽,四组,2,,\n").encode())

    with pytest.raises(villages.problems.VillageUnknown):
        village.write(roster.import_roster, table=table, village="nowhere")
