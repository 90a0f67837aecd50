"""One deed counts once: a person says that entries are the same deed, and only the highest of them counts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from pointsbank import proof, scoring
from pointsbank.points import show, whole
from pointsbank.scoring import ScoreRow
from pointsbank.scoring.deeds_on_record import cut_by_deed
from pointsbank.scoring.same_deed import number_in
from pointsbank.spreadsheets import Table
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import NOW, VILLAGE
from tests.scoring.panel import AUGUST, Panel

HEADERS = ["户号", "条目", "日期", "分值", "同一件事"]


def on(item: str, same_deed: str = "", code: str = "0101", **given: Any) -> ScoreRow:
    """A row of one day of August."""
    return ScoreRow(code, item, given.pop("day", AUGUST), same_deed=same_deed, **given)


def counted(scores: list[scoring.Score]) -> list[str]:
    """What counts of some scores."""
    return [show(score.counted_points) for score in scores]


def refused(panel: Panel, *rows: ScoreRow) -> str:
    """What is said against rows."""
    with pytest.raises(BadRows) as bad:
        panel.enter(*rows)
    return "；".join(map(str, bad.value.problems))


@pytest.mark.parametrize(
    ("written", "number"),
    [("12", 12), ("第12条", 12), ("＃12", 12), ("第 12 条", 12), ("甲", None), ("a1", None), ("", None)],
)
def test_a_number_of_a_score_is_read_as_people_write_it(written: str, number: int | None) -> None:
    assert number_in(written) == number


@pytest.mark.both
def test_the_deed_comes_to_its_highest_item_whatever_came_first(panel: Panel) -> None:
    low = panel.enter(on("清扫"))
    more = panel.enter(on("助邻", "第1条"), on("庭院", "1", points=whole(7)))
    other = panel.next_meeting().enter(on("搬迁", low[0].id))

    assert counted([*low, *more, *other]) == ["5", "5", "0", "10"]
    assert [one.remark for one in more] == [
        "同一件事，按最高的一项计（第1条已计5分），再计5分",
        "同一件事，按最高的一项计（第1条、第2条已计10分），不再计分",
    ]
    assert "（8月25日评议会第1条、8月25日评议会第2条已计10分）" in other[0].remark
    assert [one.same_deed for one in (*low, *more, *other)] == [None, *[low[0].id] * 3]
    # Another household, and another day, are other deeds.
    assert counted(panel.enter(on("助邻", code="0102"), on("助邻", day=date(2026, 8, 19)))) == ["10", "10"]


def test_rows_of_a_list_share_a_mark(panel: Panel) -> None:
    rows = [
        *(["0101", "清扫", "2026-08-20", "", "甲"], ["0102", "清扫", "2026-08-20", "", "甲"]),
        *(["0101", "助邻", "2026-08-20", "", "甲"], ["0101", "搬迁", "2026-08-20", "", ""]),
        *(["0102", "庭院", "2026-08-20", "8", "甲"], ["0102", "孝老", "2026-08-20", "", ""]),
    ]
    table = Table.of(HEADERS, rows)

    done = panel.write(scoring.import_scores, meeting=panel.meeting, table=table)
    more = Table.of(HEADERS, [*rows, ["0101", "时长", "2026-08-20", "", "甲"]])
    again = panel.write(scoring.import_scores, meeting=panel.meeting, table=table)

    assert counted(done.scores) == ["5", "5", "5", "20", "3", "3"]
    assert done.scores[2].remark == "同一件事，按最高的一项计（第1条已计5分），再计5分"
    assert (again.added, again.unchanged) == (0, 6)
    with pytest.raises(BadRows, match="数量"):
        panel.write(scoring.import_scores, meeting=panel.meeting, table=more)


def test_a_row_added_to_a_list_joins_the_deed_that_stands_in_the_minutes(sqlite_panel: Panel) -> None:
    first = [["0101", "清扫", "2026-08-20", "", "甲"], ["0101", "庭院", "2026-08-20", "6", "甲"]]
    sqlite_panel.write(scoring.import_scores, meeting=sqlite_panel.meeting, table=Table.of(HEADERS, first))

    more = Table.of(HEADERS, [*first, ["0101", "助邻", "2026-08-20", "", "甲"]])
    done = sqlite_panel.write(scoring.import_scores, meeting=sqlite_panel.meeting, table=more)

    assert counted(done.scores) == ["4"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (on("助邻", "甲"), "“甲”找不到"),
        (on("助邻", "第7条"), "“第7条”找不到"),
        (on("助邻", "第1条", code="0102"), "第1条不是这一户这一天的"),
        (on("助邻", "第1条", day=date(2026, 8, 19)), "第1条不是这一户这一天的"),
        (on("乱堆", "第1条"), "第1条记的是加分，同一件事不能又加分又扣分：请先撤回那一条"),
        (on("拒清", "第1条"), "一票否决不计分"),
        (on("助邻", "第2条"), "第2条已经撤回"),
        (on("助邻", "a" * 16), "找不到"),
        (on("助邻", "\x00"), "找不到"),
    ],
)
def test_what_cannot_be_the_same_deed_is_refused(sqlite_panel: Panel, row: ScoreRow, said: str) -> None:
    _, gone = sqlite_panel.enter(on("清扫"), on("孝老"))
    sqlite_panel.write(scoring.withdraw_score, score=gone.id)

    assert said in refused(sqlite_panel, row)


def test_one_deed_is_not_given_as_plus_and_minus_in_one_list(sqlite_panel: Panel) -> None:
    assert "另一行记的是加分" in refused(sqlite_panel, on("清扫", "甲"), on("乱堆", "甲"))


def test_of_a_bad_deed_the_largest_deduction_counts(sqlite_panel: Panel) -> None:
    sqlite_panel.score(sqlite_panel.village.wang, "乱堆", date(2026, 8, 1))
    found = sqlite_panel.enter(on("乱堆", "甲"), on("乱堆", "甲"))

    # The second is no repetition of the very same deed; the first is one of the deed of the 1st.
    assert counted(found) == ["-20", "0"]
    assert found[1].remark.endswith("同一件事，按最重的一项计（第2条已计20分），不再计分")


def test_before_saving_what_may_be_the_same_deed_is_offered(sqlite_panel: Panel) -> None:
    first = sqlite_panel.enter(on("清扫"), on("乱堆"), on("助邻", day=date(2026, 8, 19)))

    def foresee(row: ScoreRow) -> scoring.Foreseen:
        found: scoring.Foreseen = sqlite_panel.read(
            scoring.foresee_score, meeting_id=sqlite_panel.meeting, row=row, at=NOW
        )
        return found

    offered = foresee(on("助邻")).same_day
    assert [(one.called, one.title, one.counted) for one in offered] == [("第1条", "参加环境清扫", whole(5))]
    chosen = foresee(on("清扫", offered[0].id))
    assert chosen.judged is not None and (chosen.judged.counted, chosen.doubt) == (0, "")
    assert [one.id for one in foresee(on("乱堆")).same_day] == [first[1].id]
    assert foresee(on("乱堆", first[0].id)).wrong.startswith("第1条记的是加分")


@pytest.mark.both
def test_where_the_counted_one_is_struck_the_others_are_offered_for_correction(panel: Panel) -> None:
    high, low = panel.enter(on("助邻", "甲"), on("清扫", "甲"))
    panel.publish()
    panel.settle(high, low)
    old = panel.now(high)
    stands = scoring.as_it_stands(old, panel.read(scoring.items_by_id)[old.item_id])

    def others(should_be: Any) -> list[tuple[str, str]]:
        plan = panel.read(scoring.plan_correction, score=old.id, should_be=should_be, at=NOW)
        found = panel.read(scoring.recounts, old=old, new=plan.new, at=NOW)
        return [(one.score.id, show(one.counts)) for one in found]

    assert others(replace(stands, struck=True)) == [(low.id, "5")]
    assert others(replace(stands, participant_code="0102")) == [(low.id, "5")]
    # What is put in its place counts 3: the deed comes to 5 with 2 more.
    assert others(replace(stands, item="孝老")) == [(low.id, "2")]
    # The lower one put right changes nothing for the higher one.
    assert panel.read(scoring.recounts, old=panel.now(low), at=NOW) == []


def test_a_higher_new_version_takes_nothing_from_the_other_score_of_its_deed(sqlite_panel: Panel) -> None:
    low, high = sqlite_panel.enter(on("庭院", "甲", points=whole(5)), on("庭院", "甲", points=whole(8)))
    sqlite_panel.publish()
    sqlite_panel.settle(low, high)
    old = sqlite_panel.now(low)
    stands = scoring.as_it_stands(old, sqlite_panel.read(scoring.items_by_id)[old.item_id])

    plan = sqlite_panel.read(
        scoring.plan_correction, score=old.id, should_be=replace(stands, points=whole(10)), at=NOW
    )

    # 7 beside the 3 of the other: the deed comes to 10.
    assert plan.new.counted == whole(7)
    assert sqlite_panel.read(scoring.recounts, old=old, new=plan.new, at=NOW) == []


def test_a_new_version_stays_of_its_deed(panel: Panel) -> None:
    low, high = panel.enter(on("清扫", "甲"), on("助邻", "甲"))
    panel.publish()
    panel.settle(low, high)
    old = panel.now(low)
    stands = scoring.as_it_stands(old, panel.read(scoring.items_by_id)[old.item_id])
    why = scoring.Decision("记错条目", by="li", second="zhao")

    plan = panel.read(scoring.plan_correction, score=old.id, should_be=replace(stands, item="孝老"), at=NOW)
    assert (plan.new.points, plan.new.counted) == (whole(3), 0)
    with panel.village.database.writing() as session:
        done = scoring.correct_score(session, plan, why, village=VILLAGE, at=NOW)
    new = panel.read(scoring.score, score_id=done.score_id)

    assert new.same_deed == old.id
    assert proof.verify(panel.village.database, village=VILLAGE).holds


def test_what_was_entered_as_the_wrong_kind_is_put_right_without_its_deed(sqlite_panel: Panel) -> None:
    low, high = sqlite_panel.enter(on("清扫", "甲"), on("助邻", "甲"))
    sqlite_panel.publish()
    sqlite_panel.settle(low, high)
    old = sqlite_panel.now(high)
    stands = scoring.as_it_stands(old, sqlite_panel.read(scoring.items_by_id)[old.item_id])

    def new(item: str) -> Any:
        should_be = replace(stands, item=item)
        return sqlite_panel.read(scoring.plan_correction, score=old.id, should_be=should_be, at=NOW).new

    assert (new("乱堆").counted, new("乱堆").is_same_deed) == (whole(-10), False)
    assert new("孝老").is_same_deed


def test_a_score_taken_back_says_which_of_its_deed_counted_less(sqlite_panel: Panel) -> None:
    high, low = sqlite_panel.enter(on("助邻", "甲"), on("清扫", "甲"))
    gone = sqlite_panel.write(scoring.withdraw_score, score=high.id)

    assert [one.called for one in sqlite_panel.read(cut_by_deed, score=gone)] == ["第2条"]
    assert sqlite_panel.read(cut_by_deed, score=low) == []


def test_the_database_keeps_one_deed_to_one_household_and_day(panel: Panel) -> None:
    first, other, before = panel.enter(
        on("清扫"), on("助邻", code="0102"), on("助邻", code="0102", day=date(2026, 8, 19))
    )
    same = (
        "participant_id, occurred_on, status, entered_by, entered_at, meeting_id, item_id, item_code, points"
    )
    same += ", counted_points, counted_in, late, note, remark, recused"
    sql = (
        f"INSERT INTO score (village_id, id, number, same_deed, {same})"
        f" SELECT village_id, '{{id}}', 99, '{{first}}', {same} FROM score WHERE id = '{other.id}'"
    )
    for elsewhere in (first, before):
        with pytest.raises(DBAPIError), panel.village.database.writing() as session:
            session.connection().exec_driver_sql(sql.format(id="b" * 16, first=elsewhere.id))
    with pytest.raises(DBAPIError), panel.village.database.writing() as session:
        session.connection().exec_driver_sql(
            f"UPDATE score SET same_deed = '{first.id}' WHERE id = '{other.id}'"
        )
    with panel.village.database.writing() as session:
        session.connection().exec_driver_sql(sql.format(id="b" * 16, first=other.id))
