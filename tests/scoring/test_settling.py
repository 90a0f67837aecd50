"""From the minutes to the ledger, each score exactly once."""

import random
from datetime import date

import pytest
from sqlmodel import SQLModel

from pointsbank import governing, ledger, scoring, villages
from pointsbank.errors import Problem
from pointsbank.points import Points, whole
from pointsbank.scoring import ScoreRow
from tests.builders import NOW, VILLAGE
from tests.scoring.panel import AUGUST, Panel

LEDGER = ("log_head", "log_entry", "log_private", "transaction", "posting", "account", "score")


def step(panel: Panel, verb, score: scoring.Score, **given) -> scoring.Score:
    """Move a score on its way."""
    with panel.village.database.writing() as session:
        return verb(session, village=VILLAGE, score=score.id, **given)


def totals(panel: Panel, month: str = "2026-08") -> dict[str, scoring.MonthTotal]:
    """The month's totals."""
    return panel.read(scoring.month_totals, month=month)


def close_month(panel: Panel, month: str) -> None:
    """Close a month."""
    with panel.village.database.writing() as session:
        villages.mark_closed(session, village=VILLAGE, month=month, at=NOW)


def test_an_award_gives_points_and_honour(panel):
    score = panel.score(panel.village.wang, "助邻")
    panel.publish()

    settled = panel.settle(score)

    assert settled.posted == (score.id,)
    assert panel.balance(panel.village.wang) == (whole(10), whole(10))
    posted = panel.now(score)
    assert (posted.status, posted.counted_in) == ("posted", "2026-08")
    [award] = panel.read(ledger.log_entries, kinds=["award"])
    assert posted.log_index == award.index


def test_settling_again_posts_nothing_again(panel):
    score = panel.score(panel.village.wang, "助邻")
    panel.publish()
    panel.settle(score)

    again = panel.settle(score, score)

    assert (again.posted, again.already) == ((), (score.id,))
    assert panel.balance(panel.village.wang) == (whole(10), whole(10))


def test_a_deduction_takes_honour_in_full_and_points_until_nothing_is_left(panel):
    scores = panel.enter(ScoreRow("0101", "清扫", date(2026, 8, 1)), ScoreRow("0101", "乱堆", AUGUST))
    panel.publish()
    panel.settle(*scores)

    assert panel.balance(panel.village.wang) == (0, whole(-5))


def test_where_the_village_chose_so_a_deduction_goes_below_zero(panel):
    panel.write(governing.change_settings, deduction_floor="below_zero")
    score = panel.score(panel.village.wang, "乱堆")
    panel.publish()
    panel.settle(score)

    assert panel.balance(panel.village.wang) == (whole(-10), whole(-10))


def test_deeds_are_posted_in_the_order_of_their_days(panel):
    scores = panel.enter(ScoreRow("0101", "乱堆", AUGUST), ScoreRow("0101", "清扫", date(2026, 8, 1)))
    panel.publish()
    panel.settle(*scores)

    assert panel.balance(panel.village.wang) == (0, whole(-5))


def test_a_score_cut_to_nothing_is_settled_without_a_transaction(panel):
    scores = panel.enter(*[ScoreRow("0101", "清扫", date(2026, 8, day)) for day in (1, 2, 3, 4)])
    panel.publish()
    panel.settle(*scores)

    assert panel.balance(panel.village.wang) == (whole(12), whole(12))
    assert (panel.now(scores[3]).status, panel.now(scores[3]).log_index) == ("posted", None)


def test_a_contested_score_waits_and_the_others_are_posted(panel):
    contested, other = panel.enter(ScoreRow("0101", "助邻", AUGUST), ScoreRow("0303", "助邻", AUGUST))
    panel.publish()
    step(panel, scoring.contest, contested)

    settled = panel.settle(contested, other)

    assert (settled.posted, settled.contested) == ((other.id,), (contested.id,))
    step(panel, scoring.uncontest, contested)
    assert panel.settle(contested, other).posted == (contested.id,)


def test_a_withdrawn_score_never_reaches_the_ledger(panel):
    score = panel.score(panel.village.wang, "助邻")
    panel.publish()
    step(panel, scoring.withdraw, score, reason="异议成立")

    assert panel.settle(score).withdrawn == (score.id,)
    assert panel.balance(panel.village.wang) == (0, 0)
    assert panel.now(score).remark == "撤销：异议成立"


def test_a_score_that_never_hung_in_public_is_not_posted(sqlite_panel):
    score = sqlite_panel.score(sqlite_panel.village.wang, "助邻")

    with pytest.raises(scoring.problems.ScoreNotReady, match="要先公示"):
        sqlite_panel.settle(score)


def test_scores_of_an_open_meeting_do_not_hang_in_public(sqlite_panel):
    with pytest.raises(scoring.problems.MeetingOpen), sqlite_panel.village.database.writing() as session:
        scoring.publish(session, village=VILLAGE, meeting=sqlite_panel.meeting)


def test_a_score_is_struck_out_only_while_its_meeting_is_open(sqlite_panel):
    score = sqlite_panel.score(sqlite_panel.village.wang, "助邻")
    sqlite_panel.publish()

    with pytest.raises(scoring.problems.MeetingClosed):
        sqlite_panel.write(scoring.withdraw_score, score=score.id)


@pytest.mark.parametrize("verb", [scoring.contest, scoring.uncontest])
def test_a_posted_score_is_at_the_end_of_its_way(sqlite_panel, verb):
    score = sqlite_panel.score(sqlite_panel.village.wang, "助邻")
    sqlite_panel.publish()
    sqlite_panel.settle(score)

    with pytest.raises(scoring.problems.ScoreNotReady, match="已入账"):
        step(sqlite_panel, verb, score)


@pytest.mark.parametrize("score", ["", "x", "a" * 16, "\x00"])
def test_a_score_nobody_made_is_not_found(panel, score):
    with pytest.raises(scoring.problems.ScoreUnknown):
        panel.write(scoring.settle_scores, scores=[score])
    with pytest.raises(scoring.problems.ScoreUnknown):
        panel.read(scoring.score, score_id=score)


def test_the_ledger_says_which_score_an_entry_came_from(panel):
    score = panel.score(panel.village.wang, "助邻", note="扶老人过河")
    panel.publish()
    panel.settle(score)

    with pytest.raises(ledger.problems.AlreadyPosted), panel.village.database.writing() as session:
        line = ledger.Posting("issuance.points", f"{score.participant_id}.points", "points", Points(100))
        entry = ledger.NewTransaction("award", AUGUST, (line,), source=("score", score.id))
        ledger.post(session, [entry], village=VILLAGE, by="li", at=NOW)


def test_a_months_totals_tell_awards_from_deductions(panel):
    scores = panel.enter(
        ScoreRow("0101", "助邻", AUGUST),
        ScoreRow("0101", "乱堆", AUGUST),
        ScoreRow("0101", "清扫", AUGUST),
        ScoreRow("0303", "助邻", date(2026, 7, 2)),
    )
    panel.publish()
    panel.settle(*scores)

    wang, li = panel.village.wang.id, panel.village.li.id
    assert totals(panel) == {wang: scoring.MonthTotal(whole(5), whole(15), whole(-10), Points(0))}
    assert totals(panel, "2026-07")[li].honour == whole(10)


def test_what_comes_late_is_told_apart(panel):
    close_month(panel, "2026-07")
    score = panel.score(panel.village.wang, "助邻", date(2026, 7, 2))
    panel.publish()
    panel.settle(score)

    assert totals(panel)[panel.village.wang.id].late == whole(10)
    assert totals(panel, "2026-07") == {}


def test_the_month_that_counts_is_settled_when_the_score_is(panel):
    score = panel.score(panel.village.wang, "助邻", date(2026, 7, 2))
    assert score.counted_in == "2026-07"
    panel.publish()
    close_month(panel, "2026-07")
    panel.settle(score)

    assert (panel.now(score).counted_in, panel.now(score).late) == ("2026-08", True)


def test_a_month_with_open_minutes_is_not_finished(panel):
    panel.score(panel.village.wang, "助邻", date(2026, 7, 2))

    [august] = panel.read(scoring.pending_items, month="2026-08")
    [july] = panel.read(scoring.pending_items, month="2026-07")

    assert august == july
    assert august.sentence == "2026年8月25日的评议会“八月评议会”还没有结束，请先点“结束并公示”。"
    assert (august.code, august.meeting) == ("open_meeting", panel.meeting)
    assert panel.read(scoring.pending_items, month="2026-06") == []


def test_a_month_whose_scores_hang_in_public_is_not_finished(panel):
    score = panel.score(panel.village.wang, "助邻")
    panel.publish()
    [hanging] = panel.read(scoring.pending_items, month="2026-08")
    assert hanging.sentence == "有1条评分还没有入账：没有登记张贴的公示请先登记，正在公示的等期满后入账。"

    panel.settle(score)

    assert panel.read(scoring.pending_items, month="2026-08") == []


def test_an_objection_holds_up_its_entry_and_not_the_month(panel):
    score = panel.score(panel.village.wang, "助邻")
    panel.publish()
    step(panel, scoring.contest, score)

    assert panel.read(scoring.pending_items, month="2026-08") == []
    assert panel.read(scoring.contested_in, month="2026-08") == 1


def test_a_meeting_settled_at_once_is_one_settled_score_by_score(panel):
    deeds = [(date(2026, 8, day), item) for day in (3, 4, 20) for item in ("助邻", "乱堆", "宅旁", "清扫")]
    codes = ("0101", "0102", "0201", "0202", "0303")
    scores = panel.enter(*(ScoreRow(code, item, day) for day, item in deeds for code in codes))
    step(panel, scoring.withdraw_score, scores[7], by="li", at=NOW)
    panel.publish()
    step(panel, scoring.contest, scores[3])
    left = [score for score in scores if score not in (scores[3], scores[7])]

    def settled(calls: list[list[str]]) -> dict[str, object]:
        """The ledger and the scores after these calls; then all is undone."""
        panel.village.database.entropy = random.Random("salts").randbytes
        tables = [table for table in SQLModel.metadata.sorted_tables if table.name in LEDGER]
        with pytest.raises(Problem), panel.village.database.writing() as session:
            for ids in calls:
                scoring.settle_scores(session, village=VILLAGE, scores=ids, by="li", at=NOW)
            seen = {table.name: sorted(map(repr, session.execute(table.select()))) for table in tables}
            raise Problem()
        return seen

    ordered = sorted(left, key=lambda score: (score.occurred_on, score.number))
    at_once = settled([[score.id for score in scores]])

    assert at_once == settled([[score.id] for score in ordered])
    assert sum("posted" in row for row in at_once["score"]) == len(left)
