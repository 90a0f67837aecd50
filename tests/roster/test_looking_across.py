"""A roster's file is held against the roster: what can hardly be meant is asked about or refused."""

import pytest

from pointsbank import roster
from pointsbank.database import Database
from pointsbank.spreadsheets import Imported, Table, read_table
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt
from tests.builders import HOUSEHOLDS, Chayuan, chayuan

HEADS = ["户号", "户主", "小组", "人口"]


@pytest.fixture
def village(sqlite_database: Database) -> Chayuan:
    return chayuan(sqlite_database)


def bring_in(village: Chayuan, *rows: str, **more: object) -> Imported:
    """Import rows whose cells are parted by blanks."""
    table = Table.of(HEADS, [row.split(" ") for row in rows])
    done = village.write(roster.import_roster, table=table, **more)
    assert isinstance(done, Imported)
    return done


def everybody(**changed: str) -> list[str]:
    """The households as the roster has them, with other codes for some."""
    rows = [
        (changed.get(part, code), name, group, people)
        for part, (code, name, group, people) in HOUSEHOLDS.items()
        if part != "tag"
    ]
    return [f"{code} {name} {group} {people}" for code, name, group, people in rows]


def complaints(refusal: type[BadRows], village: Chayuan, *rows: str) -> list[str]:
    """What is said against these rows; nothing was written."""
    before = village.read(roster.everyone)
    with pytest.raises(refusal) as refused:
        bring_in(village, *rows)
    assert type(refused.value) is refusal and village.read(roster.everyone) == before
    return [str(problem) for problem in refused.value.problems]


def test_codes_without_their_noughts_double_nobody(village: Chayuan):
    [told] = complaints(BadRows, village, "101 王建国 一组 4", "0102 王建国 一组 3")

    assert told.startswith("第2行“户号”：101和0101只差前面的0，已有0101王建国。Excel 会去掉数字前面的0")


def test_two_codes_of_one_file_may_not_differ_by_noughts_alone(village: Chayuan):
    [told] = complaints(BadRows, village, "0401 周丽 四组 2", "401 周明 四组 2")

    assert told.startswith("第3行“户号”：401和第2行的0401只差前面的0")


def test_a_letter_in_the_place_of_a_nought_makes_nobody_new(village: Chayuan):
    [told] = complaints(BadRows, village, "O101 新来户 一组 3")
    assert told == "第2行“户号”：户号“O101”里有字母O，像是数字0，请核对改正。"


def test_a_code_that_ended_in_a_nought_before_excel_took_it_for_a_number(village: Chayuan):
    [told] = complaints(BadRows, village, "1.1 赵大 一组 3", "1.1 钱二 一组 3")
    assert "原来如果是1.10，是 Excel 去掉了末尾的0" in told


def test_a_remark_is_no_part_of_a_name(village: Chayuan):
    [told, second, third] = complaints(
        BadRows,
        village,
        "0401 王建国（已故） 四组 2",
        "0402 王建国、李秀英 四组 2",
        "0403 王建国13800000000 四组 2",
    )

    assert "“、李秀英”" in second and "“13800000000”" in third
    assert told == "第2行“户主”：姓名后面有“已故”。户主这一列只写姓名，说明请另写一列。"


def test_somebody_known_by_another_code_is_asked_about(village: Chayuan):
    others = [row for row in everybody() if "欧阳犇" not in row]
    [told] = complaints(RowsInDoubt, village, *others, "0399 欧阳犇 三组 6")

    assert told.startswith("第8行“户号”：三组欧阳犇在花名册里是户号0302，这里是新户号0399")
    assert bring_in(village, *others, "0399 欧阳犇 三组 6", confirmed=True).added == 1


def test_names_that_changed_places_are_asked_about(village: Chayuan):
    names = {"maimaiti": "曾䶮", "zeng": "单雪梅", "shan": "买买提·艾力"}
    rows = [
        f"{code} {names.get(part, name)} {group} {people}"
        for part, (code, name, group, people) in HOUSEHOLDS.items()
        if part != "tag"
    ]
    [told] = complaints(RowsInDoubt, village, *rows)

    assert told.startswith(
        "第4行“户主”：有3行的户主是花名册里另一户的，例如曾䶮原是户号0202：像是只给一列排了序。"
    )


def test_a_number_shorter_than_those_that_begin_with_a_nought_is_asked_about(village: Chayuan):
    [told] = complaints(RowsInDoubt, village, "951 周丽 九组 2", "1051 周明 十组 2")

    assert told.startswith("第2行“户号”：951比别的户号（如0101）短：像是 Excel 去掉了前面的0")


def test_numbers_of_several_lengths_are_pointed_out(village: Chayuan):
    done = bring_in(village, "9511 周丽 九组 2", "10511 周明 十组 2")

    assert done.warnings[-1].startswith("户号有4位、5位的：如果原来前面有0")


def test_a_namesake_beside_the_one_who_is_known_is_no_question(village: Chayuan):
    assert bring_in(village, *everybody(), "0399 欧阳犇 三组 6").added == 1


def test_nearly_everybody_new_and_nearly_everybody_missing_is_another_way_to_write_codes(village: Chayuan):
    codes = {part: f"CY{code}" for part, (code, *_) in HOUSEHOLDS.items()}
    [told] = complaints(RowsInDoubt, village, *everybody(**codes))

    assert told.startswith("第2行“户号”：文件里7户中有7户的户号是新的，花名册里12户中有12户不在文件里")


def test_the_file_of_another_group_is_no_question(village: Chayuan):
    assert bring_in(village, *(f"04{number:02d} 周丽{number} 四组 2" for number in range(12))).added == 12


def test_a_group_is_one_however_it_is_written(village: Chayuan):
    done = bring_in(
        village, "0401 周丽 1组 2", "0402 周明 第１村民小组 2", "0403 周青 1 2", "0404 周红 河东组 1"
    )

    assert done.found[-3:] == [f"小组“{name}”读作“一组”。" for name in ("1组", "第１村民小组", "1")]
    assert [village.read(roster.by_code, code=code).group for code in ("0401", "0402", "0403", "0404")] == [
        *["一组"] * 3,
        "河东组",
    ]


def balances(village: Chayuan, rows: str, head: str = "户号,姓名,积分") -> Imported:
    """Import balances."""
    table = read_table("余额.csv", f"{head}\n{rows}".encode())
    done = village.write(roster.import_balances, table=table)
    assert isinstance(done, Imported)
    return done


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "0101,欧阳犇,5",
            "第2行“户主”：户号0101在花名册里是王建国，这里写的是欧阳犇。欧阳犇在花名册里是0302。",
        ),
        ("101,王建国,5", "第2行“户号”：没有户号101，花名册里有0101王建国：像是 Excel 去掉了前面的0。"),
        ("0999,欧阳犇,5", "第2行“户号”：花名册里没有户号0999，欧阳犇在花名册里是0302。"),
        ("1月1日,王建国,5", "第2行“户号”：“1月1日”看来是 Excel 把编号变成了日期"),
    ],
)
def test_the_name_beside_a_code_is_compared(village: Chayuan, row: str, said: str):
    with pytest.raises(BadRows) as refused:
        balances(village, f"{row}\n")

    assert str(refused.value.problems[0]).startswith(said)


@pytest.mark.parametrize("name", ["买买提·艾力", "买买提.艾力", "买买提 艾力", "买买提·艾力（户主）", ""])
def test_a_name_may_be_written_with_another_mark(village: Chayuan, name: str):
    assert balances(village, f"0201,{name},5\n").added == 1


def test_a_blank_balance_is_said_to_be_nothing(village: Chayuan):
    done = balances(village, "0101,王建国,\n0201,,5\n")

    assert done.found[1:] == [
        "表头“姓名”读作“户主”。",
        "“积分”有1行空着，按0算。",
        "没有“荣誉”这一列，都按0算。",
    ]


def test_a_group_with_a_word_before_it_is_asked_about(village: Chayuan):
    [told] = complaints(RowsInDoubt, village, "0901 周丽 茶源村一组 2", "0902 周明 茶源村一组 2")

    assert told.startswith("第2行“小组”：小组“茶源村一组”还没有，像是“一组”。")
    assert bring_in(village, "0911 周丽 十一组 2", "0912 周明 第21组 2", "0913 周亮 东组 1").added == 3


@pytest.mark.parametrize("written", ["一组（东）", "一组(东)", "1组-2", "一组东边", "茶源村一组（东）"])
def test_a_group_with_words_behind_it_is_asked_about(village: Chayuan, written: str):
    [told] = complaints(RowsInDoubt, village, f"0901 周丽 {written} 2", f"0902 周明 {written} 2")

    assert told.startswith("第2行“小组”：小组“") and told.split("像是")[1].startswith("“一组”。")


def test_a_group_of_which_only_a_part_is_known_is_asked_about(village: Chayuan):
    assert bring_in(village, "0901 周丽 五组（东） 2", "0902 周明 五组（西） 2").added == 2
    [told] = complaints(RowsInDoubt, village, "0903 周亮 五组 2")

    assert "小组“五组”还没有，像是“五组（东）”" in told


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("0901 王*国 一组 2", "“王*国”是遮住了字的姓名"),
        ("0901 *周丽 一组 2", "“*周丽”不像姓名"),
        ("0901 周丽△ 一组 2", "“周丽△”不像姓名"),
        ("0901 13812345678 一组 2", "不是姓名或名称，请核对是否错了列"),
        ("0901 待定 一组 2", "“待定”不是姓名或名称"),
        ("0901 7户 一组 2", "如果是合计一类的行，请删去"),
        ("0901 周丽\n周明丽 一组 2", "像是两个人"),
        ("0901 周丽和周明丽 一组 2", "像是两个人"),
        ("0901 周丽 同上 2", "“同上”请写全"),
        ("无 周丽 一组 2", "“无”不是编号"),
    ],
)
def test_what_stands_in_the_place_of_a_name_is_none(village: Chayuan, row: str, why: str):
    [told] = complaints(BadRows, village, row)

    assert why in told


def test_nobody_is_called_by_a_number_a_mark_or_a_group(village: Chayuan):
    said = complaints(
        BadRows,
        village,
        "430822198001011234 王明 一组 4",
        "13874400001 李明 一组 4",
        "0403 一组 王明 4",
        "0404 ★周明 四组 2",
        "0405 周？明 四组 2",
        "0406 周明+李明 四组 2",
        "0407 周某某 四组 2",
    )

    assert [one.split("：")[0] for one in said] == [
        "第2行“户号”",
        "第3行“户号”",
        *(f"第{row}行“户主”" for row in range(4, 9)),
    ]
    assert "这是身份证号，户号会印在卡上" in said[0] and "不像姓名" in said[2]


def test_a_household_that_moved_to_another_group_is_asked_about(village: Chayuan):
    others = [row for row in everybody() if "欧阳犇" not in row]
    [said] = complaints(RowsInDoubt, village, *others, "0299 欧阳犇 二组 6")

    assert said.startswith("第8行“户号”：三组欧阳犇在花名册里是户号0302，这里是新户号0299")


@pytest.mark.parametrize(("part", "said"), [(1, "有7户的户主不一样"), (2, "有7户的小组不一样")])
def test_a_file_that_renames_or_moves_nearly_everybody_is_asked_about(village: Chayuan, part: int, said: str):
    rows = [row.split(" ") for row in everybody()]
    for number, row in enumerate(rows):
        row[part] = f"周{'甲乙丙丁戊己庚辛'[number]}" if part == 1 else "五组"
    [asked] = complaints(RowsInDoubt, village, *map(" ".join, rows))

    assert said in asked and "请先核对" in asked


@pytest.mark.parametrize(
    ("refusal", "name"),
    [
        (BadRows, "（王建国）"),
        (BadRows, "王建国2人"),
        (BadRows, "已故"),
        (RowsInDoubt, "王建国家"),
        (RowsInDoubt, "王建国之妻"),
        (RowsInDoubt, "王建国等"),
    ],
)
def test_more_than_a_name_is_not_printed_on_a_card(village: Chayuan, refusal: type[BadRows], name: str):
    [said] = complaints(refusal, village, f"0901 {name} 一组 2")

    assert said.startswith("第2行“户主”") and f"“{name}”" in said


def test_names_that_only_look_like_more_come_in(village: Chayuan):
    new = ["0901 陈发家 一组 2", "0902 王建国1 一组 3", "0903 欧阳家 二组 1"]
    assert bring_in(village, *everybody(), *new).added == 3


def test_a_new_household_that_is_closed_in_the_file_is_asked_about(village: Chayuan):
    rows = [["0901", "周丽", "一组", "2", "销户"], ["0101", "王建国", "一组", "4", "销户"]]
    with pytest.raises(BadRows) as refused:
        village.write(roster.import_roster, table=Table.of([*HEADS, "状态"], rows))

    [said] = map(str, refused.value.problems)
    assert said.startswith("第2行“状态”：状态写着“销户”，这里还没有它。")


def test_a_group_is_not_called_with_its_leader(village: Chayuan):
    [said] = complaints(BadRows, village, "0901 周丽 九组（组长：李四） 2", "0902 周明 九组（组长：李四） 3")

    assert said == "第2行“小组”：“九组（组长：李四）”不只是小组的名称：这一列只写小组，组长和电话请另写一列。"


def test_households_of_another_village_in_a_column_of_its_own_are_asked_about(village: Chayuan):
    rows = [["0901", "周丽", "一组", "2", "茶源村"], ["0902", "周明", "一组", "3", "桃花村"]]
    with pytest.raises(RowsInDoubt, match="有的行写的是桃花村，这里是茶源村"):
        village.write(roster.import_roster, table=Table.of([*HEADS, "行政村"], rows))


def test_the_size_of_most_households_does_not_change_at_once(village: Chayuan):
    rows = [
        f"{code} {name} {group} {int(people) + 1}"
        for code, name, group, people in map(str.split, everybody())
    ]
    [said] = complaints(RowsInDoubt, village, *rows)

    assert "户的人口不一样" in said and "像是人口错了行" in said
