"""The scheme: imported as a draft, adopted by a resolution, replaced and never edited."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import scoring
from pointsbank.points import whole
from pointsbank.scoring.adoption_day import check_adoption_day
from pointsbank.scoring.scheme import adopt_scheme, items_of, schemes
from pointsbank.spreadsheets import Table, read_table
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import NOW, chayuan
from tests.scoring.panel import SCHEME, Panel, scheme_table

SPRING = date(2026, 3, 1)
LUOYU = """item_id,kind,category,item,points,evidence,subject,cap_period,cap_points
LY07,加分,生态保护,参加环境清扫,5,管理员确认,村民个人,,
LY11,加分,公共参与,参加公共劳动,8,管理员确认,村民个人,,
LY20,扣分,扣分项目,乱堆垃圾不整治,-10,经教育不改,村民个人,,
"""


def problems(table: Table, panel: Panel) -> list[str]:
    """What an import says against a table, as people read it."""
    with pytest.raises(BadRows) as refused:
        panel.write(scoring.import_scheme, table=table)
    return [str(problem) for problem in refused.value.problems]


def one(**cells: str) -> Table:
    """A scheme of one item."""
    return scheme_table({"A": {"条目": "好事", "方向": "加分"} | cells})


def test_an_imported_scheme_is_a_draft_until_a_resolution_adopts_it(database):
    village = chayuan(database)

    imported = village.write(scoring.import_scheme, table=scheme_table())

    assert (imported.scheme.status, imported.added) == ("draft", len(SCHEME))
    with pytest.raises(scoring.problems.SchemeUnknown):
        village.read(scoring.items, day=SPRING)


def test_adopting_is_recorded_in_the_log_with_its_resolution(panel):
    scheme = panel.read(scoring.scheme_on, day=SPRING)

    assert (scheme.version, scheme.resolution, scheme.adopted_by) == (1, "村民会议第1号决议", "li")
    assert scheme.index is not None


def test_the_same_file_again_changes_nothing(panel):
    again = panel.write(
        scoring.import_scheme,
        table=scheme_table(),
        resolution="村民会议第1号决议",
        from_date=date(2026, 1, 1),
    )

    assert (again.added, again.changed, again.removed, again.unchanged) == (0, 0, 0, len(SCHEME))
    assert len(panel.read(schemes)) == 1


def test_a_new_version_holds_from_its_day_on_and_old_scores_keep_theirs(panel):
    before = panel.score(panel.village.wang, "助邻", SPRING)
    richer = SCHEME | {"助邻": SCHEME["助邻"] | {"分值": "15"}}
    imported = panel.write(
        scoring.import_scheme, table=scheme_table(richer), resolution="第2号决议", from_date=date(2026, 8, 1)
    )

    after = panel.score(panel.village.wang, "助邻")
    late = panel.score(panel.village.li, "助邻", date(2026, 7, 31))

    assert (imported.changed, imported.scheme.version) == (1, 2)
    assert [score.points for score in (panel.now(before), after, late)] == [whole(10), whole(15), whole(10)]


def test_a_new_version_cannot_begin_before_the_one_it_replaces(sqlite_panel):
    with pytest.raises(scoring.problems.AdoptionTooEarly, match="2026年1月1日"):
        sqlite_panel.write(
            scoring.import_scheme, table=one(分值="5"), resolution="第2号", from_date=date(2025, 12, 31)
        )


@pytest.mark.parametrize(
    ("day", "may"), [(date(2027, 9, 2), True), (date(2027, 9, 3), False), (date(2062, 9, 1), False)]
)
def test_a_version_begins_within_a_year(day: date, may: bool) -> None:
    if may:
        check_adoption_day(day, today=NOW.date(), latest=None)
    else:
        with pytest.raises(scoring.problems.AdoptionTooFar, match="2027年9月2日"):
            check_adoption_day(day, today=NOW.date(), latest=None)


def test_a_slip_of_the_pen_adopts_nothing(sqlite_panel):
    with pytest.raises(scoring.problems.AdoptionTooFar):
        sqlite_panel.write(
            scoring.import_scheme, table=one(分值="5"), resolution="第2号", from_date=date(2062, 8, 1)
        )


def test_a_draft_is_overwritten_by_the_next_draft(sqlite_panel):
    first = sqlite_panel.write(scoring.import_scheme, table=one(分值="5")).scheme
    second = sqlite_panel.write(scoring.import_scheme, table=one(分值="6")).scheme

    assert first.id == second.id
    assert [item.points for item in sqlite_panel.read(items_of, scheme=second.id)] == [whole(6)]


def test_a_scheme_is_adopted_only_once(sqlite_panel):
    scheme = sqlite_panel.read(scoring.scheme_on, day=SPRING)

    with pytest.raises(scoring.problems.SchemeAdopted):
        sqlite_panel.write(adopt_scheme, scheme=scheme.id, resolution="再来", from_date=SPRING)


@pytest.mark.parametrize(("resolution", "from_date"), [("决议", None), (None, SPRING)])
def test_adopting_needs_both_the_resolution_and_the_day(sqlite_panel, resolution, from_date):
    with pytest.raises(scoring.problems.AdoptionIncomplete):
        sqlite_panel.write(
            scoring.import_scheme, table=one(分值="5"), resolution=resolution, from_date=from_date
        )


SLIPPED_IN = (
    "INSERT INTO scheme_item SELECT village_id, 'x', scheme_id, 99, 'x', category, title, direction, shape,"
    " points, unit, cap_period, cap_points, cap_times, evidence, applies_to, legal_basis, scored_in,"
    " double_months, terms FROM scheme_item WHERE code = '助邻'"
)
EDITS = (
    "UPDATE scheme_item SET points = 9900",
    "DELETE FROM scheme_item",
    "UPDATE scheme SET from_date = '2020-01-01'",
    "DELETE FROM scheme",
    SLIPPED_IN,
)


def test_the_database_itself_refuses_to_edit_an_adopted_scheme(panel):
    for statement in EDITS:
        with pytest.raises(DatabaseError), panel.village.database.writing() as session:
            session.connection().execute(text(statement))


def test_a_published_table_is_imported_under_its_own_headers(sqlite_panel):
    imported = sqlite_panel.write(scoring.import_scheme, table=read_table("luoyu.csv", LUOYU.encode()))

    litter = sqlite_panel.read(items_of, scheme=imported.scheme.id)[2]
    assert (litter.title, litter.direction, litter.points) == ("乱堆垃圾不整治", "minus", whole(10))
    assert (litter.evidence, litter.applies_to) == ("经教育不改", "村民个人")


def test_a_missing_column_is_named_with_what_to_write(sqlite_panel):
    told = problems(Table.of(["编号", "分值"], [["A", "5"]]), sqlite_panel)

    assert told == [
        "第1行“条目”：缺少这一列。表头读到的是：编号、分值。请加上这一列，或把它的表头改为“条目”。",
    ]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({}, "“分值”：请填写分值"),
        ({"分值": "-5"}, "“分值”：加分条目不能填负数"),
        ({"分值": "0"}, "“分值”：请填写分值，应大于0"),
        ({"最低": "8", "最高": "5"}, "“最低”：最低不能大于最高"),
        ({"最低": "8", "形状": "区间"}, "“最低”：区间条目要同时填最低和最高"),
        ({"分值": "5", "上限": "20"}, "“周期”：填了上限就要写明周期"),
        ({"分值": "5", "周期": "旬", "上限": "20"}, "“周期”：“旬”不在可选范围内"),
        ({"分值": "25", "形状": "满分扣减"}, "“每处扣”"),
        ({"形状": "阶梯"}, "“档位”：看不懂档位"),
        ({"分值": "1", "形状": "比例", "档位": "10=1"}, "“档位”：阶梯用等号"),
        ({"分值": "5", "评分期": "农闲"}, "“评分期”：看不懂评分期“农闲”"),
        ({"分值": "5", "重复加倍": "6"}, "“重复加倍”：只有扣分条目"),
        ({"分值": "五"}, "“分值”：“五”不是有效的积分"),
        ({"方向": "好"}, "“方向”：“好”不在可选范围内"),
    ],
)
def test_a_bad_cell_is_named_with_row_column_and_what_to_do(sqlite_panel, cells, sentence):
    told = problems(one(**cells), sqlite_panel)

    assert any(problem.startswith("第2行" + sentence) for problem in told), told


def test_a_code_that_stands_twice_is_refused(sqlite_panel):
    table = Table.of(["编号", "条目", "方向", "分值"], [["A", "甲", "加分", "5"], ["A", "乙", "加分", "6"]])

    assert problems(table, sqlite_panel) == [
        "第3行“编号”：编号A在第2行已经有了，请删除重复的一行或改正编号。"
    ]


def test_a_refused_table_leaves_no_draft(sqlite_panel):
    problems(one(), sqlite_panel)

    assert len(sqlite_panel.read(schemes)) == 1


def test_a_period_without_a_cap_is_warned_of(sqlite_panel):
    imported = sqlite_panel.write(scoring.import_scheme, table=one(分值="5", 周期="月"))

    assert imported.warnings == ["第2行填了周期，没有填上限，按不限次数处理。"]


def test_a_deduction_range_may_be_written_with_or_without_signs(sqlite_panel):
    imported = sqlite_panel.write(scoring.import_scheme, table=one(方向="扣分", 最低="-10", 最高="-5"))

    [item] = sqlite_panel.read(items_of, scheme=imported.scheme.id)
    assert item.terms == {"least": whole(5), "most": whole(10)}


def test_the_log_holds_the_rules_themselves(sqlite_panel):
    with sqlite_panel.village.database.reading() as session:
        kept = session.connection().execute(text("SELECT private FROM log_private")).scalars().all()

    assert any("邻里帮扶" in bytes(private).decode() for private in kept)
