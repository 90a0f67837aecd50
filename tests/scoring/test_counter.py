"""Entry at the counter: posted at once or not at all, by the rule, never by one of that household."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pointsbank import panels, proof, scoring
from pointsbank.database import Database
from pointsbank.points import whole
from pointsbank.scoring import Decision, ScoreRow, as_it_stands, counter
from tests.builders import CLERK, NOW, VILLAGE
from tests.scoring.counter import FIRST, Counter, later, limited, open_counter, with_rows
from tests.staff.people import hire

Raised = type[Exception]


@pytest.fixture
def desk(sqlite_database: Database) -> Counter:
    return open_counter(sqlite_database)


def test_what_is_brought_is_in_the_account_at_once(database: Database):
    desk = open_counter(database)

    done = desk.enter()

    assert (done.points, done.balance, desk.points()) == (200, 200, 200)
    score = desk.village.read(scoring.score, score_id=done.score)
    assert (score.status, score.occurred_on, score.meeting_id) == ("posted", FIRST, desk.book().id)
    assert proof.verify(database, village=VILLAGE).holds


def test_the_entries_of_a_day_stand_in_one_book_and_those_of_the_next_in_another(desk: Counter):
    desk.enter()
    desk.enter("0102")
    desk.enter(at=later(1))

    assert (desk.book().scores, desk.book(1).scores, desk.book().title) == (2, 1, "柜台登记 2026年9月1日")


def test_a_day_gives_no_more_than_the_ceiling(desk: Counter):
    counted = [desk.enter(quantity=Decimal(kilos)).points for kilos in (12, 12)]

    with pytest.raises(scoring.problems.NothingCounts, match="超出每日上限"):
        desk.enter()

    assert (counted, desk.points(), desk.book().scores) == ([whole(6), whole(4)], whole(10), 2)
    assert desk.enter(at=later(1)).points == whole(2)


def test_the_items_own_cap_holds_besides_the_ceiling(desk: Counter):
    counted = [desk.enter(item="旧衣", quantity=None, at=later(days)).points for days in (0, 1)]

    assert counted == [whole(2), whole(1)]


def test_a_meeting_is_not_bound_by_the_ceiling_of_the_counter(desk: Counter):
    held = {"held_on": FIRST, "title": "九月评议会", "judges": ["李会计"]}
    meeting = desk.village.write(scoring.open_meeting, **held)
    row = ScoreRow("0101", "回收", FIRST, 40)

    [score] = desk.village.write(scoring.enter_scores, meeting=meeting.id, rows=[row])

    assert score.counted_points == whole(20)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"item": "清扫", "quantity": None}, scoring.problems.NotAtCounter),
        ({"item": "没有"}, scoring.problems.ItemUnknown),
        ({"quantity": None}, scoring.problems.CounterEntryInvalid),
        ({"quantity": Decimal(0)}, scoring.problems.CounterEntryInvalid),
        ({"who": "D01", "item": "旧衣", "quantity": None}, scoring.problems.CounterEntryInvalid),
    ],
)
def test_what_cannot_be_entered_opens_no_day_book(desk: Counter, asked: dict[str, Any], refusal: Raised):
    with pytest.raises(refusal):
        desk.enter(**asked)

    assert desk.village.read(scoring.day_book_on, day=FIRST) is None


def test_the_same_request_twice_is_one_entry(desk: Counter):
    answers = [desk.enter(quantity=Decimal(kilos), request_id="counter-twice") for kilos in ("4", "4.00")]

    assert [one.status for one in answers] == ["completed", "replayed"]
    assert (answers[0].score, desk.points()) == (answers[1].score, whole(2))


def related(desk: Counter, relation: str) -> Callable[[], Any]:
    """Let 王建国's household be close to 陈, and return what 陈 does then."""
    chen = hire(desk.village.database, "chen", "clerk")
    noting = {"login": "chen", "household": "0101", "relation": relation}
    desk.village.write(panels.note_kin, **noting)
    return lambda: desk.enter(by=chen.id)


@pytest.mark.parametrize("relation", ["own", "sibling"])
def test_nobody_enters_for_the_own_household_or_a_near_relatives(desk: Counter, relation: str):
    enter = related(desk, relation)

    with pytest.raises(scoring.problems.OwnHousehold, match=r"王建国.*请由另一位店员登记"):
        enter()

    assert desk.points() == 0
    assert desk.enter(by=CLERK).points == whole(2)


def test_whoever_is_no_relative_any_more_enters(desk: Counter):
    enter = related(desk, "sibling")
    desk.village.write(panels.drop_kin, login="chen", household="0101")

    assert enter().points == whole(2)


def test_a_member_of_a_panel_is_known_by_the_panel(desk: Counter):
    li = hire(desk.village.database, "li", "committee")
    made = {"kind": "village", "name": "村评议小组", "rule": "mean"}
    panel = desk.village.write(panels.make_panel, **made)
    sits = {"name": "李", "seat": "cadre", "household": "0101", "login": "li"}
    desk.village.write(panels.add_member, panel_id=panel.id, **sits)

    with pytest.raises(scoring.problems.OwnHousehold):
        desk.enter(by=li.id)


def test_what_relatives_got_before_they_were_known_is_shown_to_oversight(desk: Counter):
    chen = hire(desk.village.database, "chen", "clerk")
    desk.enter(by=chen.id)
    desk.enter("0102", by=chen.id)
    desk.village.write(panels.note_kin, login="chen", household="0101", relation="sibling")

    [acts] = desk.village.read(scoring.counter_acts, period=scoring.Period("2026-09", "2026-09"))

    assert (acts.entered_by, acts.entries, acts.households) == (chen.id, 2, 2)
    assert (acts.kin, acts.kin_counted) == (1, whole(2))


def test_what_is_posted_the_same_moment_does_not_make_a_month_look_quick(desk: Counter):
    desk.enter()

    assert desk.village.read(scoring.month_paces, period=scoring.Period("2026-09", "2026-09")) == []


def test_a_failure_before_the_posting_leaves_nothing(desk: Counter, monkeypatch: pytest.MonkeyPatch):
    desk.enter("0102")
    monkeypatch.setattr(counter, "settle_scores", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        desk.enter(request_id="counter-broken")
    monkeypatch.undo()

    assert (desk.points(), desk.book().scores) == (0, 1)
    assert desk.enter(request_id="counter-broken").status == "completed"


def correct(desk: Counter, score: str, kilos: int) -> Any:
    """Put the quantity of an entry right, by two people."""
    found = desk.village.read(scoring.score, score_id=score)
    item = desk.village.read(scoring.items_by_id)[found.item_id]
    should_be = as_it_stands(found, item)
    plan = desk.village.read(
        scoring.plan_correction,
        score=score,
        should_be=type(should_be)(should_be.participant_code, "回收", FIRST, kilos * 100),
        at=NOW,
    )
    why = Decision("看错了秤", by="li", second="zhao")

    def both(session: Any, **who: Any) -> Any:
        scoring.lock_for_correcting(session, found, [], village=VILLAGE)
        return scoring.correct_score(session, plan, why, village=VILLAGE, at=NOW)

    return desk.village.write(both)


def test_a_wrong_entry_is_put_right_while_the_book_is_open_and_others_are_entered_after_it(
    database: Database,
):
    desk = open_counter(database)
    wrong = desk.enter()

    correct(desk, wrong.score, 6)
    desk.enter("0102")
    closed = desk.close()

    assert (desk.points(), closed.scores, closed.status) == (whole(3), 2, "closed")
    assert proof.verify(database, village=VILLAGE).holds


def test_the_ceiling_holds_for_what_is_put_right(desk: Counter):
    wrong = desk.enter()

    correct(desk, wrong.score, 100)

    assert desk.points() == whole(10)


def test_a_day_book_is_closed_once_its_day_is_over_and_holds_then(desk: Counter):
    desk.enter()

    with pytest.raises(scoring.problems.DayNotOver):
        desk.close(at=NOW)
    closed = desk.close()

    assert (closed.status, closed.judges) == ("closed", ())
    with pytest.raises(scoring.problems.DayBookClosed):
        desk.enter()
    with pytest.raises(scoring.problems.MeetingClosed):
        desk.close()


def test_no_verb_of_meetings_serves_a_day_book(desk: Counter):
    desk.enter()
    book, row = desk.book().id, ScoreRow("0101", "清扫", FIRST)
    verbs = [
        (scoring.enter_scores, {"rows": [row]}),
        (scoring.write_minutes, {"minutes": "改"}),
        (scoring.close_meeting, {}),
        (scoring.set_presence, {"position": 1, "present": True}),
    ]

    for verb, given in verbs:
        with pytest.raises(scoring.problems.IsDayBook):
            desk.village.write(verb, meeting=book, **given)

    assert desk.village.read(scoring.meetings) == desk.village.read(scoring.open_meetings) == []


def test_a_month_waits_for_its_open_day_books_and_counts_what_they_hold(desk: Counter):
    desk.enter()

    [waits] = desk.village.read(scoring.pending_items, month="2026-09")
    assert (waits.code, waits.meeting) == ("open_day_book", desk.book().id)
    desk.close()

    assert desk.village.read(scoring.pending_items, month="2026-09") == []
    totals = desk.village.read(scoring.month_totals, month="2026-09")
    assert totals[desk.village.wang.id].honour == whole(2)


def test_the_counter_shows_what_today_leaves_a_household(desk: Counter):
    desk.enter()

    found = desk.village.read(scoring.at_counter, participant="0101", by=CLERK, at=NOW)

    recyclables, clothes = found.offers
    assert [one.label for one in recyclables.left] == ["每日最多10分，还有8分"]
    assert [one.label for one in clothes.left] == ["每月最多3分，还有3分", "每日最多2分，还有2分"]
    assert ([one.counted_points for one in found.entered], found.is_own) == ([whole(2)], False)


BATTERIES = {
    "编号": "电池",
    "类别": "安全",
    "条目": "旧电池交到柜台",
    "方向": "加分",
    "分值": "1",
    "柜台登记": "是",
    "每日上限": "5",
    "评分期": "第1季度",
}


def test_a_limit_over_several_items_holds_at_the_counter_and_is_shown_there(desk: Counter):
    limited(desk)

    assert desk.enter(item="旧衣", quantity=None).points == whole(2)
    offers = desk.village.read(scoring.at_counter, participant="0101", by=CLERK, at=NOW).offers
    assert offers[0].left[-1].label == "环境卫生类加分每月最多3分，还有1分"
    assert desk.enter().points == whole(1)

    offers = desk.village.read(scoring.at_counter, participant="0101", by=CLERK, at=NOW).offers
    assert [one.is_full for one in offers] == [True, True]
    with pytest.raises(scoring.problems.NothingCounts, match="超出环境卫生类加分每月上限"):
        desk.enter()


def test_an_item_is_offered_in_its_scoring_period_alone(desk: Counter):
    with_rows(desk, BATTERIES)

    found = desk.village.read(scoring.at_counter, participant="0101", by=CLERK, at=NOW)

    assert [one.item.code for one in found.offers] == ["回收", "旧衣"]
    with pytest.raises(scoring.problems.CounterEntryInvalid, match="第一季度"):
        desk.enter(item="电池", quantity=None)
