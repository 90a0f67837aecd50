"""Entering scores: every shape, every cap, all or nothing."""

import random
from datetime import date
from decimal import Decimal

import pytest

from pointsbank import households, ledger, roster, scoring, villages
from pointsbank.errors import Problem
from pointsbank.points import Points, show, whole
from pointsbank.prepared import compiling
from pointsbank.scoring import ScoreRow
from pointsbank.scoring.values import Judge
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.scoring.panel import AUGUST, Panel

REQUEST = "enter-0001"


def refusals(panel: Panel, *rows: ScoreRow) -> list[str]:
    """What is said against rows."""
    with pytest.raises(BadRows) as refused:
        panel.enter(*rows)
    return [str(problem) for problem in refused.value.problems]


def counted(scores: list[scoring.Score]) -> list[str]:
    """What counts of some scores."""
    return [show(score.counted_points) for score in scores]


def test_a_score_says_who_for_what_when_and_how_much(panel):
    score = panel.score(panel.village.maimaiti, "庭院", points=whole(8), note="院子整洁")

    assert (score.name, score.title, score.category) == ("买买提·艾力", "庭院美化", "环境卫生")
    assert (score.points, score.counted_points, score.status) == (whole(8), whole(8), "entered")
    assert (score.counted_in, score.late, score.number, score.note) == ("2026-08", False, 1, "院子整洁")
    assert score.entered_at == NOW


def test_nothing_reaches_the_ledger_at_entry(panel):
    panel.score(panel.village.wang, "助邻")

    assert panel.balance(panel.village.wang) == (0, 0)


def test_every_shape_is_entered(sqlite_panel):
    code = sqlite_panel.village.wang.code
    scores = sqlite_panel.enter(
        ScoreRow(code, "助邻", AUGUST),
        ScoreRow(code, "庭院", AUGUST, points=whole(5)),
        ScoreRow(code, "志愿", AUGUST, quantity=Decimal("1.5")),
        ScoreRow(code, "宅旁", AUGUST, quantity=2),
        ScoreRow(code, "时长", AUGUST, quantity=25),
        ScoreRow(code, "捐助", AUGUST, quantity=1400),
        ScoreRow(code, "搬迁", AUGUST),
        ScoreRow(code, "乱堆", AUGUST),
    )

    assert counted(scores) == ["10", "5", "3", "15", "2", "11", "20", "-10"]
    assert scores[2].quantity == 150


def test_an_item_may_be_called_by_its_title(sqlite_panel):
    assert sqlite_panel.score(sqlite_panel.village.wang, "邻里帮扶").item_code == "助邻"


def test_a_month_has_a_cap_by_points(panel):
    code = panel.village.wang.code
    august = panel.enter(*[ScoreRow(code, "清扫", date(2026, 8, day)) for day in (3, 10, 17, 24)])
    july = panel.score(panel.village.wang, "清扫", date(2026, 7, 31))

    assert counted([*august, july]) == ["5", "5", "2", "0", "5"]
    assert [score.remark for score in august[2:]] == [
        "超出每月上限，原5分，计2分",
        "超出每月上限，原5分，计0分",
    ]


def test_a_cap_takes_what_happened_first_whatever_the_order_of_the_rows(sqlite_panel):
    code = sqlite_panel.village.wang.code
    scores = sqlite_panel.enter(*[ScoreRow(code, "清扫", date(2026, 8, day)) for day in (24, 3, 17, 10)])

    assert counted(scores) == ["0", "5", "2", "5"]
    assert [score.number for score in scores] == [1, 2, 3, 4]


def test_a_year_has_a_cap_by_times_over_all_meetings(panel):
    wang = panel.village.wang
    first = panel.score(wang, "志愿", date(2026, 2, 1), quantity=1)
    other = panel.next_meeting()

    later = [other.score(wang, "志愿", date(2026, month, 1), quantity=1) for month in (3, 4)]

    assert counted([first, *later]) == ["2", "2", "0"]


def test_a_cap_is_each_participants_own(sqlite_panel):
    wang, namesake = sqlite_panel.village.wang, sqlite_panel.village.namesake
    days = [date(2026, 8, day) for day in (3, 4, 5)]
    scores = sqlite_panel.enter(
        *[ScoreRow(who.code, "清扫", day) for day in days for who in (wang, namesake)]
    )

    assert counted(scores) == ["5", "5", "5", "5", "2", "2"]


def test_a_score_struck_out_leaves_its_room(panel):
    wang = panel.village.wang
    scores = panel.enter(*[ScoreRow(wang.code, "清扫", date(2026, 8, day)) for day in (3, 4, 5)])
    struck = panel.write(scoring.withdraw_score, score=scores[0].id, reason="记错户")

    assert (struck.status, struck.remark) == ("withdrawn", "撤回：记错户")
    assert counted([panel.score(wang, "清扫", date(2026, 8, 6))]) == ["5"]


def test_a_cap_is_kept_over_a_change_of_the_scheme(sqlite_panel):
    wang = sqlite_panel.village.wang
    sqlite_panel.enter(*[ScoreRow(wang.code, "清扫", date(2026, 8, day)) for day in (3, 4)])
    table = Table.of(
        ["编号", "条目", "方向", "分值", "周期", "上限"], [["清扫", "参加清扫", "加分", "8", "月", "12"]]
    )
    sqlite_panel.write(
        scoring.import_scheme, table=table, resolution="第2号决议", from_date=date(2026, 8, 15)
    )

    assert counted([sqlite_panel.score(wang, "清扫")]) == ["2"]


def test_the_same_bad_deed_again_counts_double(sqlite_panel):
    wang = sqlite_panel.village.wang
    days = (date(2026, 1, 31), date(2026, 7, 30), date(2026, 7, 31))
    scores = [sqlite_panel.score(wang, "乱堆", day) for day in days]

    assert counted(scores) == ["-10", "-20", "-20"]
    assert scores[1].remark == "6个月内再次发生加倍"
    assert counted([sqlite_panel.score(sqlite_panel.village.li, "乱堆", days[1])]) == ["-10"]


def test_a_ladders_thresholds_are_not_summed_over_the_year(sqlite_panel):
    wang = sqlite_panel.village.wang

    reached = [sqlite_panel.score(wang, "时长", quantity=hours) for hours in (12, 25, 60)]

    assert counted(reached) == ["1", "1", "3"]


def test_an_item_counts_once_where_it_is_once(sqlite_panel):
    wang = sqlite_panel.village.wang

    assert counted(
        [sqlite_panel.score(wang, "搬迁"), sqlite_panel.score(wang, "搬迁", date(2026, 1, 1))]
    ) == ["20", "0"]


def test_an_item_is_scored_once_in_each_of_its_periods(sqlite_panel):
    wang = sqlite_panel.village.wang
    days = (date(2026, 6, 30), date(2026, 1, 1), date(2026, 7, 1))

    assert counted([sqlite_panel.score(wang, "孝老", day) for day in days]) == ["3", "0", "3"]


def test_a_deed_of_a_closed_month_joins_the_next_open_one(panel):
    with panel.village.database.writing() as session:
        villages.mark_closed(session, village=VILLAGE, month="2026-07", at=NOW)

    score = panel.score(panel.village.wang, "助邻", date(2026, 7, 9))

    assert (score.counted_in, score.late) == ("2026-08", True)


def test_every_bad_row_is_named_and_none_is_entered(panel):
    told = refusals(
        panel,
        ScoreRow("0101", "助邻", AUGUST),
        ScoreRow("9999", "助邻", AUGUST),
        ScoreRow("0101", "没有", AUGUST),
        ScoreRow("0101", "助邻", date(2026, 9, 2)),
        ScoreRow("0101", "助邻", date(2025, 12, 31)),
        ScoreRow("0101", "志愿", AUGUST),
        ScoreRow("0101", "志愿", AUGUST, quantity=-1),
        ScoreRow("0101", "庭院", AUGUST, points=whole(11)),
        ScoreRow("0101", "否决", AUGUST),
        ScoreRow("0101", "助邻", AUGUST, note="好\u202e人"),
    )

    places = ["户号", "条目", "日期", "日期", "数量", "数量", "分值", "条目", "说明"]
    assert [sentence.split("：")[0] for sentence in told] == [
        f"第{row}行“{column}”" for row, column in enumerate(places, start=2)
    ]
    assert panel.read(scoring.scores, meeting=panel.meeting) == []


@pytest.mark.parametrize(
    "quantity", [Decimal("NaN"), Decimal("1e30"), Decimal("0.001"), 10**9, Decimal("-0.5")]
)
def test_a_quantity_that_is_none_is_refused(sqlite_panel, quantity):
    [told] = refusals(sqlite_panel, ScoreRow("0101", "志愿", AUGUST, quantity=quantity))

    assert told.startswith("第1行“数量”")


def test_a_closed_household_is_not_scored(sqlite_panel):
    sqlite_panel.write(roster.retire, participant=sqlite_panel.village.wang.id)

    assert refusals(sqlite_panel, ScoreRow("0101", "助邻", AUGUST)) == [
        "第1行“户号”：户号0101已经销户，不能再评分。"
    ]


def test_a_merged_household_s_deeds_go_where_it_went(panel):
    village = panel.village
    for ended, heir in (("0101", "0102"), ("0102", "0201")):
        given = {"participant": ended, "heir": heir, "decision": "村委会议", "request_id": f"merge-{ended}"}
        panel.write(households.close, **given)

    into = f"并入0201{village.maimaiti.name}，请记到这一户。"
    assert refusals(panel, ScoreRow("0101", "清扫", AUGUST), ScoreRow("0102", "清扫", AUGUST)) == [
        f"第1行“户号”：户号0101已经{into}",
        f"第2行“户号”：户号0102已经{into}",
    ]
    with village.database.reading() as session:
        row = ScoreRow("0101", "", AUGUST)
        seen = scoring.foresee_score(session, village=VILLAGE, meeting_id=panel.meeting, row=row, at=NOW)
    assert seen.wrong == f"户号0101已经{into}"


@pytest.mark.parametrize("code", ["", "\x00", "\ud800", "0" * 300])
def test_a_code_that_cannot_be_one_is_a_bad_row_not_a_crash(panel, code):
    assert len(refusals(panel, ScoreRow(code, "助邻", AUGUST))) == 1


def test_nothing_to_enter_is_refused(sqlite_panel):
    with pytest.raises(scoring.problems.NothingToEnter):
        sqlite_panel.enter()


def test_a_judge_stands_back_from_their_own_household(sqlite_panel):
    judges = [Judge("王建国", "0101"), Judge("李秀英", "0303")]
    bench = sqlite_panel.next_meeting(judges=judges)

    assert bench.score(bench.village.wang, "助邻").recused == "王建国"
    assert bench.score(bench.village.zeng, "助邻").recused == ""


def test_a_household_nobody_else_may_judge_is_not_scored(sqlite_panel):
    bench = sqlite_panel.next_meeting(judges=[Judge("王建国", "0101")])

    [told] = refusals(bench, ScoreRow("0101", "助邻", AUGUST))

    assert "都要回避这一户，请换人评议" in told


def test_the_same_request_twice_is_one_act(panel):
    row = ScoreRow(panel.village.wang.code, "助邻", AUGUST)
    first = panel.enter(row, request_id=REQUEST)
    again = panel.enter(row, request_id=REQUEST)

    assert first == again
    assert len(panel.read(scoring.scores, meeting=panel.meeting)) == 1


def test_the_same_request_is_answered_even_after_the_minutes_closed(sqlite_panel):
    row = ScoreRow("0101", "助邻", AUGUST)
    first = sqlite_panel.enter(row, request_id=REQUEST)
    sqlite_panel.publish()

    assert sqlite_panel.enter(row, request_id=REQUEST)[0].id == first[0].id


def test_a_request_id_with_other_rows_is_refused(sqlite_panel):
    sqlite_panel.enter(ScoreRow("0101", "助邻", AUGUST), request_id=REQUEST)

    with pytest.raises(ledger.problems.RequestReused):
        sqlite_panel.enter(ScoreRow("0102", "助邻", AUGUST), request_id=REQUEST)


def test_a_refused_request_may_be_tried_again(sqlite_panel):
    row = ScoreRow("0401", "助邻", AUGUST)
    with pytest.raises(BadRows):
        sqlite_panel.enter(row, request_id=REQUEST)
    sqlite_panel.write(roster.add, code="0401", name="刘新")

    assert len(sqlite_panel.enter(row, request_id=REQUEST)) == 1


def test_a_whole_list_is_imported_and_the_same_file_again_changes_nothing(panel):
    table = Table.of(
        ["户号", "条目", "日期", "数量", "分值", "说明", "经办"],
        [
            ["0101", "助邻", "2026-08-03", "", "", "", "老李"],
            ["0101", "助邻", "2026-08-03", "", "", "", "老李"],
            ["0102", "庭院美化", "2026/8/4", "", "7", "整洁", "老李"],
            ["0303", "乱堆", "2026年8月5日", "", "-10", "", "老李"],
            ["0303", "乱堆", "2026年8月6日", "", "10", "", "老李"],
            ["0203", "志愿", "20260806", "1.5", "", "", "老李"],
        ],
    )

    with pytest.raises(RowsInDoubt, match="第3行“条目”：0101王建国的“邻里帮扶”2026年8月3日在第2行已经有了"):
        panel.write(scoring.import_scores, meeting=panel.meeting, table=table)
    first = panel.write(scoring.import_scores, meeting=panel.meeting, table=table, confirmed=True)
    again = panel.write(scoring.import_scores, meeting=panel.meeting, table=table)

    assert counted(first.scores) == ["10", "10", "7", "-10", "-20", "3"]
    assert (first.added, first.unchanged, first.ignored_columns) == (6, 0, ["经办"])
    assert (again.added, again.unchanged) == (0, 6)


def test_a_bad_row_of_a_file_is_named_by_its_row_in_the_file(sqlite_panel):
    table = Table.of(
        ["户号", "条目", "日期"], [["0101", "助邻", "2026-08-03"], ["9999", "助邻", "2026-08-03"]]
    )

    with pytest.raises(BadRows, match="第3行“户号”：花名册里没有户号9999"):
        sqlite_panel.write(scoring.import_scores, meeting=sqlite_panel.meeting, table=table)


def test_a_list_longer_than_a_statement_may_be_is_entered(panel):
    with panel.village.database.writing() as session:
        table = Table.of(
            ["户号", "户主", "小组", "人口"],
            [[f"9{number:04d}", "王建国", "一组", "3"] for number in range(1200)],
        )
        roster.import_roster(session, table=table, village=VILLAGE, by=COMMITTEE, at=NOW)

    scores = panel.enter(*[ScoreRow(f"9{number:04d}", "清扫", AUGUST) for number in range(1200)])

    assert sum(score.counted_points for score in scores) == Points(1200 * 500)


def test_a_long_list_is_written_in_handfuls_and_reads_like_one(panel, monkeypatch):
    monkeypatch.setattr(compiling, "CHUNK", 3)
    codes = ("0101", "0102", "0201", "0202", "0303")
    rows = [ScoreRow(code, "助邻", date(2026, 8, day), note=f"第{day}天") for day in (3, 4) for code in codes]

    def entered(calls):
        """What entering in these calls answers and leaves; then all is undone."""
        panel.village.database.entropy = random.Random("ids").randbytes
        answers = []
        with pytest.raises(Problem), panel.village.database.writing() as session:
            for call in calls:
                answers += scoring.enter_scores(
                    session, village=VILLAGE, meeting=panel.meeting, rows=call, by="li", at=NOW
                )
            stored = scoring.scores(session, village=VILLAGE, meeting=panel.meeting)
            raise Problem()
        assert answers == stored
        return stored

    assert entered([rows]) == entered([[row] for row in rows])
    assert [score.number for score in entered([rows])] == list(range(1, 11))
