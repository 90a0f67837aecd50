"""A posted score is put right: the old entry back, the new one posted, by two people."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pointsbank import boards, governing, ledger, publicity, scoring
from pointsbank.points import whole
from tests.builders import COMMITTEE
from tests.publicity.desk import LATER, Desk, august, desk
from tests.scoring.panel import sit

VOLUNTEERED = august("0101", "志愿", quantity=Decimal(1))


def test_three_times_instead_of_once_counts_at_once(database):
    at = desk(database, VOLUNTEERED)
    [old] = at.scores

    done = at.correct(old, quantity=300)

    new = at.version(done)
    assert (done.status, done.version, done.ends_on) == ("posted", 2, None)
    assert (new.counted_points, new.status, new.counted_in) == (whole(6), "posted", "2026-08")
    assert at.panel.balance(at.panel.village.wang) == (whole(6), whole(6))
    assert at.honour("wang") == whole(6)
    assert at.panel.now(old).status == "posted"
    assert at.findings() == []


def test_the_ledger_has_the_old_entry_back_and_the_new_one_with_its_reason(database):
    at = desk(database, VOLUNTEERED)
    done = at.correct(at.scores[0], quantity=300)

    page = at.panel.read(ledger.statement, participant=at.panel.village.wang.id)
    assert [(one.kind, one.amount) for one in page.lines] == [
        ("correction", whole(6)),
        ("reversal", whole(-2)),
        ("award", whole(2)),
    ]
    assert page.lines[0].words["why"] == page.lines[1].words["why"] == "数错了"
    assert page.lines[1].index == done.reversal_index
    assert page.lines[2].reversed_by == done.reversal_index


def test_what_takes_something_away_hangs_first_and_counts_when_its_days_are_over(database):
    at = desk(database, VOLUNTEERED)

    done = at.correct(at.scores[0], struck=True)

    assert (done.status, done.days, done.ends_on) == ("unhung", 3, None)
    with pytest.raises(publicity.problems.CorrectionNotHung):
        at.panel.write(publicity.settle_correction, score=done.score_id, at=LATER + timedelta(days=400))
    hung = at.hang(done)
    assert (hung.status, hung.hung_on, hung.ends_on) == ("hanging", date(2026, 9, 5), date(2026, 9, 8))
    assert at.panel.balance(at.panel.village.wang) == (whole(2), whole(2))
    with pytest.raises(publicity.problems.CorrectionStillOpen, match="2026年9月8日"):
        at.settle(hung, days=3)
    assert at.settle(hung).status == "posted"
    assert at.panel.balance(at.panel.village.wang) == (0, 0)
    assert at.honour("wang") == 0
    assert at.findings() == []


def test_the_wrong_household_is_put_right_once_it_has_hung(database):
    at = desk(database, VOLUNTEERED)
    done = at.correct(at.scores[0], participant_code="0303")

    assert done.status == "unhung"
    at.settle(done)
    assert (at.honour("wang"), at.honour("li")) == (0, whole(2))
    assert at.panel.balance(at.panel.village.li) == (whole(2), whole(2))


def test_points_that_were_spent_are_owed(database):
    at = desk(database, VOLUNTEERED)
    wang = at.panel.village.wang
    spent = ledger.Posting(f"{wang.id}.points", "market.points", "points", whole(2))
    sale = ledger.NewTransaction(
        "redemption", date(2026, 9, 2), (spent,), {"participant": wang.id, "item": "盐"}
    )
    at.panel.write(ledger.post, entries=[sale])

    at.settle(at.correct(at.scores[0], struck=True))

    assert at.panel.balance(wang) == (whole(-2), 0)


def test_a_closed_month_stays_what_it_was_and_the_difference_counts_in_the_open_one(database):
    at = desk(database, VOLUNTEERED)
    at.close()
    before = at.panel.read(boards.standing, month="2026-08")

    done = at.correct(at.scores[0], quantity=300)

    new = at.version(done)
    assert (new.counted_in, new.late, done.taken_back_in) == ("2026-09", True, "2026-09")
    assert at.panel.read(boards.standing, month="2026-08") == before
    assert (at.honour("wang"), at.honour("wang", "2026-09")) == (whole(2), whole(4))
    [line] = [
        one
        for one in at.panel.read(boards.standing, month="2026-09")
        if one.participant == at.panel.village.wang.id
    ]
    assert (line.plus, line.minus, line.late, line.place) == (whole(6), whole(2), whole(4), 1)
    assert at.findings() == []


def test_a_correction_is_judged_without_the_old_entry(database):
    rows = [august("0101", "清扫", day) for day in (1, 2)]
    at = desk(database, *rows)

    done = at.correct(at.scores[1], occurred_on=date(2026, 8, 3))

    assert at.version(done).counted_points == whole(5)


def test_a_correction_keeps_within_the_caps_of_its_new_day(database):
    rows = [*(august("0101", "清扫", day) for day in (1, 2)), august("0101", "助邻")]
    at = desk(database, *rows)

    plan = at.plan(at.scores[2], item="清扫")

    assert (plan.new.points, plan.new.counted) == (whole(5), whole(2))


def test_what_was_struck_makes_no_later_deed_a_repeated_one(database):
    at = desk(database, august("0101", "乱堆", 1), august("0303", "乱堆", 2))
    at.correct(at.scores[0], struck=True)

    new = at.correct(at.scores[1], participant_code="0101", occurred_on=date(2026, 8, 5))

    assert at.version(new).points == whole(-10)


def test_a_version_is_corrected_once_and_the_next_one_again(database):
    at = desk(database, VOLUNTEERED)
    first = at.correct(at.scores[0], quantity=300)

    with pytest.raises(scoring.problems.AlreadyCorrected):
        at.correct(at.scores[0], quantity=200)
    again = at.correct(at.version(first), quantity=400)

    assert again.version == 3
    assert at.honour("wang") == whole(8)
    chain = at.panel.read(scoring.versions, score=at.scores[0].id)
    assert [one.score.counted_points for one in chain] == [whole(2), whole(6), whole(8)]


def test_what_was_struck_in_error_is_put_back(database):
    at = desk(database, august("0101", "乱堆"))
    struck = at.correct(at.scores[0], struck=True)
    assert struck.status == "posted"

    back = at.correct(at.version(struck), quantity=None)

    assert back.status == "unhung"
    at.settle(back)
    assert at.honour("wang") == whole(-10)


def test_the_same_again_is_no_correction(sqlite_database):
    at = desk(sqlite_database, VOLUNTEERED)

    with pytest.raises(scoring.problems.NothingToCorrect):
        at.plan(at.scores[0])


def test_one_person_alone_corrects_nothing(sqlite_database):
    at = desk(sqlite_database, VOLUNTEERED)
    asked = at.asked(at.scores[0], quantity=300)

    with pytest.raises(Exception, match="two_people"):
        at.panel.write(
            publicity.correct_score,
            score=at.scores[0].id,
            should_be=asked,
            reason="数错了",
            second=COMMITTEE,
            at=LATER,
        )
    assert at.honour("wang") == whole(2)


def test_what_was_cut_because_of_it_is_offered_and_keeps_its_count(database):
    rows = [august("0101", "清扫", day) for day in (1, 2, 3, 4)]
    at = desk(database, *rows)
    first, _, third, fourth = at.scores
    assert [one.counted_points for one in at.scores] == [whole(5), whole(5), whole(2), 0]

    at.settle(at.correct(first, struck=True))

    assert at.honour("wang") == whole(7)
    offered = at.panel.read(scoring.recounts, old=at.panel.now(first), at=LATER)
    assert [(one.score.id, one.counts) for one in offered] == [(third.id, whole(5)), (fourth.id, whole(5))]
    at.correct(third)
    assert at.honour("wang") == whole(10)
    again = at.panel.read(scoring.recounts, old=at.panel.now(first), at=LATER)
    assert [(one.score.id, one.counts) for one in again] == [(fourth.id, whole(2))]


def test_what_counted_double_because_of_it_is_offered_too(sqlite_database):
    at = desk(sqlite_database, august("0101", "乱堆", 1), august("0101", "乱堆", 5))
    assert at.scores[1].points == whole(-20)

    plan = at.plan(at.scores[0], struck=True)
    offered = at.panel.read(scoring.recounts, old=plan.old, new=plan.new, at=LATER)

    assert [(one.score.id, one.counts) for one in offered] == [(at.scores[1].id, whole(-10))]


def test_what_another_deed_cut_is_not_offered(sqlite_database):
    rows = [august("0101", "清扫", day) for day in (1, 2, 3)]
    at = desk(sqlite_database, *rows, august("0101", "助邻"))

    plan = at.plan(at.scores[3], struck=True)

    assert at.panel.read(scoring.recounts, old=plan.old, new=plan.new, at=LATER) == []


def test_what_has_hung_its_days_is_posted_by_itself_but_not_what_is_contested(database):
    at = desk(database, VOLUNTEERED, august("0303", "志愿", quantity=Decimal(1)))
    first, second = (at.hang(at.correct(one, struck=True)) for one in at.scores)
    raised = {"raised_by": "本户", "reason": "去过", "by": "chen", "at": LATER}
    at.panel.write(publicity.raise_objection, score=second.score_id, **raised)
    where = at.panel.village.database

    assert not publicity.any_correction_due(where, at=LATER + timedelta(days=3))
    assert publicity.settle_due_corrections(where, by="system", at=LATER + timedelta(days=4)) == 1

    assert at.panel.read(scoring.correction, score=first.score_id).status == "posted"
    assert (at.honour("wang"), at.honour("li")) == (0, whole(2))
    assert not publicity.any_correction_due(where, at=LATER + timedelta(days=4))


def test_where_the_village_chose_so_a_person_posts_what_has_hung_its_days(sqlite_database):
    at = desk(sqlite_database, VOLUNTEERED)
    made = at.hang(at.correct(at.scores[0], struck=True))
    at.panel.write(governing.change_settings, settling="by_hand")
    over, where = LATER + timedelta(days=4), at.panel.village.database

    assert not publicity.any_correction_due(where, at=over)
    assert publicity.settle_due_corrections(where, by="system", at=over) == 0
    assert at.panel.read(publicity.over_corrections, day=over.date()) == [made.score_id]
    at.settle(made)
    assert at.panel.read(publicity.over_corrections, day=over.date()) == []


@pytest.mark.parametrize(
    ("status", "instead"),
    [
        ("entered", "请在“评议会”里撤回，再重录"),
        ("published", "还没有入账，请登记异议"),
        ("contested", "还没有入账，请等异议书面答复"),
        ("withdrawn", "它已经不算了"),
    ],
)
def test_what_is_not_posted_is_put_right_otherwise(sqlite_database, status, instead):
    panel = sit(sqlite_database)
    [score] = panel.enter(VOLUNTEERED)
    if status == "withdrawn":
        panel.write(scoring.withdraw_score, score=score.id)
    elif status != "entered":
        panel.hang_out()
    if status == "contested":
        panel.write(publicity.raise_objection, score=score.id, raised_by="本户", reason="少记了", by="chen")

    with pytest.raises(scoring.problems.NotPostedYet, match=instead):
        Desk(panel, [score]).plan(score, quantity=300)


def test_a_correction_hangs_with_what_was_and_what_is_and_no_full_name(sqlite_database):
    at = desk(sqlite_database, VOLUNTEERED)
    done = at.hang(at.correct(at.scores[0], participant_code="0303"))

    wall = at.panel.read(publicity.public_correction, score=done.score_id)

    assert [(one.version, str(one.name), one.points) for one in wall.entries] == [
        ("was", "王*国", whole(2)),
        ("is", "李*英", whole(2)),
    ]
    assert (wall.title, wall.ends_on) == ("评分更正公示", done.ends_on)


def test_the_days_of_a_correction_begin_when_its_own_paper_hangs(database):
    at = desk(database, VOLUNTEERED)
    done = at.correct(at.scores[0], struck=True)
    where, name = at.panel.village.database, at.panel.village.wang.name
    assert [(one.name, one.days) for one in at.panel.read(publicity.unhung_corrections)] == [(name, 3)]
    assert not publicity.any_correction_due(where, at=LATER + timedelta(days=400))

    for day in (LATER - timedelta(days=1), LATER + timedelta(days=1)):
        with pytest.raises(publicity.problems.HangingDayInvalid):
            given = {"score": done.score_id, "place": "路口", "hung_on": day.date()}
            at.panel.write(publicity.hang_correction, **given, at=LATER)
    hung = at.hang(done, at=LATER + timedelta(days=9))

    assert (hung.place, hung.hung_by, hung.ends_on) == ("村务公开栏", COMMITTEE, date(2026, 9, 17))
    with pytest.raises(publicity.problems.CorrectionHung, match="公示到2026年9月17日"):
        at.hang(done, at=LATER + timedelta(days=10))
    assert at.panel.read(publicity.unhung_corrections) == []
    [entry] = at.panel.read(ledger.log_entries, kinds=("correction_hung",))
    words = ledger.describe(entry.kind, entry.words, lambda _: name)
    assert words == f"{name}的更正：村务公开栏，2026-09-14张贴，公示到2026-09-17"
    assert publicity.settle_due_corrections(where, by="system", at=LATER + timedelta(days=13)) == 1
    assert at.findings() == []


def test_what_leaves_nobody_worse_off_needs_no_paper(sqlite_database):
    at = desk(sqlite_database, VOLUNTEERED)
    done = at.correct(at.scores[0], quantity=300)

    with pytest.raises(scoring.problems.CorrectionEnded):
        at.hang(done)
